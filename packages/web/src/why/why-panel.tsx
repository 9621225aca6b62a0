import type { Schemas } from "@offtake/client";
import type { ReactNode } from "react";
import { Instant } from "../clock/instant.tsx";
import { countOf } from "../amounts/counts.ts";
import { TEXT_OF } from "../states/badge.tsx";
import type { Family } from "../states/families.ts";
import { factsOf } from "./facts.ts";
import { type ClauseRow, clausesOf, isUnconfirmed, linked, restsOnClause } from "./outline.ts";
import { reasonOf, type StepTold, type Verdict, VERDICT_SIGN } from "./verdicts.ts";

type ExplanationTold = Schemas["Explanation"];

export interface WhyFoot {
  readonly coreVersion: string;
  readonly events: number;
  /** Hash of the last event that it was made of. */
  readonly hash: string;
}

interface WhyPanelProps {
  readonly explanation: Omit<ExplanationTold, "text">;
  /** Where the text of a clause stands. */
  readonly clauseHref?: (agreement: string, clause: string) => string;
  /** Where an object that a step names stands; nothing where its reader has no page for it. */
  readonly objectHref?: (id: string) => string | undefined;
  readonly foot?: WhyFoot;
  /** Only the clauses, where the whole of it stands on a page of its own. */
  readonly isBrief?: boolean;
}

/** Why something came out as it did: every clause that was looked at, also those that did not apply, then step by step what followed. */
export function WhyPanel({ explanation, clauseHref, objectHref, foot, isBrief = false }: WhyPanelProps) {
  const clauses = clausesOf(explanation.steps);
  /** Nothing stands above what followed. */
  const isBare = clauses.length === 0 && restsOnClause(explanation.steps) && explanation.caveats.length === 0;
  return (
    <div className="space-y-4">
      {clauses.length === 0 && restsOnClause(explanation.steps) ? undefined : clauses.length === 0 ? (
        <p className="text-ink-soft">No clause was looked at: no agreement in force has a right over this.</p>
      ) : (
        <ol className="space-y-3">
          {clauses.map((row, index) => (
            <li key={row.step.id} className="grid grid-cols-[1.25rem_1fr] gap-x-2">
              <span className="text-ink-faint">{index + 1}</span>
              <Clause
                row={row}
                isOpen={isUnconfirmed(row, explanation.caveats)}
                {...(clauseHref === undefined ? {} : { clauseHref })}
              />
            </li>
          ))}
        </ol>
      )}
      {explanation.caveats.length === 0 ? undefined : <Caveats caveats={explanation.caveats} />}
      {isBrief ? undefined : (
        <div className={isBare ? "" : "border-t border-line pt-3"}>
          <Outline
            steps={explanation.steps.filter(({ code }) => code !== "rights_looked_at")}
            {...(objectHref === undefined ? {} : { objectHref })}
          />
        </div>
      )}
      {foot === undefined ? undefined : <Foot foot={foot} />}
    </div>
  );
}

const FAMILY: Readonly<Record<Verdict, Family>> = {
  applies: "secured",
  "does not apply": "neutral",
  deferred: "waiting",
  overridden: "attention",
};

interface ClauseProps {
  readonly row: ClauseRow;
  /** Nobody has confirmed its reading. */
  readonly isOpen: boolean;
  readonly clauseHref?: (agreement: string, clause: string) => string;
}

function Clause({ row: { step, verdict, agreement, clause }, isOpen, clauseHref }: ClauseProps) {
  const reason = reasonOf(step);
  return (
    <div className="min-w-0">
      <p className="flex flex-wrap items-baseline gap-x-2">
        <ClauseName
          agreement={agreement}
          clause={clause}
          {...(clauseHref === undefined ? {} : { href: clauseHref(agreement, clause) })}
        />
        <span className={`font-medium ${TEXT_OF[FAMILY[verdict]]}`}>
          <span aria-hidden="true">{VERDICT_SIGN[verdict]}</span> {verdict}
        </span>
        {isOpen ? (
          <span className="text-xs text-attention">
            <span aria-hidden="true">▲</span> reading not confirmed
          </span>
        ) : undefined}
      </p>
      {reason === undefined ? undefined : <p className="text-ink-soft first-letter:uppercase">{reason}</p>}
      <ul className="mt-0.5 flex flex-wrap gap-x-3 text-xs text-ink-soft">
        {factsOf(step).map(({ name, value, holds }) => (
          <li key={`${name} ${value}`}>
            {holds === undefined ? undefined : (
              <>
                <span aria-hidden="true">{holds ? "✓" : "✕"} </span>
                <span className="sr-only">{holds ? "in: " : "out: "}</span>
              </>
            )}
            {name} <span className="text-ink">{value}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

function ClauseName({
  agreement,
  clause,
  href,
}: {
  readonly agreement: string;
  readonly clause: string;
  readonly href?: string;
}) {
  const name = (
    <>
      <span className="text-ink-soft">{agreement}</span> <span className="font-medium">{clause}</span>
    </>
  );
  return href === undefined ? (
    <span>{name}</span>
  ) : (
    <a href={href} className="underline decoration-line-strong underline-offset-3 hover:decoration-current">
      {name}
    </a>
  );
}

function Caveats({ caveats }: Pick<ExplanationTold, "caveats">) {
  return (
    <div className="rounded-md border border-line bg-sunken px-3 py-2 text-xs">
      <p className="font-medium">
        <span aria-hidden="true" className="text-attention">
          ▲{" "}
        </span>
        Rests on what nobody has confirmed
      </p>
      <ul className="mt-1 space-y-1 text-ink-soft">
        {caveats.map(({ text }) => (
          <li key={text} className="first-letter:uppercase">
            {text}
          </li>
        ))}
      </ul>
    </div>
  );
}

interface OutlineProps {
  readonly steps: readonly StepTold[];
  readonly objectHref?: (id: string) => string | undefined;
}

function Outline({ steps, objectHref }: OutlineProps) {
  return (
    <ul className="space-y-1.5">
      {steps.map((step) => (
        <li key={step.id}>
          <p className="first-letter:uppercase">
            {withLinks(step.text, objectHref)}
            {step.deadline === undefined ? undefined : (
              <span className="text-ink-soft">
                {" "}
                · {step.deadline.label} <Instant at={instantOf(step.deadline)} zone={step.deadline.zone} isDeadline />
              </span>
            )}
          </p>
          {step.children.length === 0 ? undefined : (
            <div className="mt-1.5 border-l border-line pl-3 text-ink-soft">
              <Outline steps={step.children} {...(objectHref === undefined ? {} : { objectHref })} />
            </div>
          )}
        </li>
      ))}
    </ul>
  );
}

/** The core counts in milliseconds, the API tells RFC 3339. */
const instantOf = ({ at }: NonNullable<StepTold["deadline"]>): string => new Date(at).toISOString();

function withLinks(text: string, objectHref: OutlineProps["objectHref"]): ReactNode {
  return linked(text).map(({ text: part, id }, index) => {
    const href = id === undefined ? undefined : objectHref?.(id);
    const key = `${index} ${part}`;
    if (id === undefined) return <span key={key}>{part}</span>;
    if (href === undefined)
      return (
        <span key={key} className="font-mono text-[0.95em]">
          {part}
        </span>
      );
    return (
      <a key={key} href={href} className="font-mono text-[0.95em] underline decoration-line-strong underline-offset-3">
        {part}
      </a>
    );
  });
}

function Foot({ foot: { coreVersion, events, hash } }: { readonly foot: WhyFoot }) {
  return (
    <p className="border-t border-line pt-2 text-xs text-ink-soft">
      Decided by core {coreVersion} from {countOf(events, "event")}, hash{" "}
      <span className="font-mono" title={hash}>
        {hash.slice(0, 8)}…
      </span>
    </p>
  );
}
