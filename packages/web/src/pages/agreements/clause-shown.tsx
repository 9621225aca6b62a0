import type { Schemas } from "@offtake/client";
import { useNames } from "../../app/names.ts";
import { countOf } from "../../amounts/counts.ts";
import { Instant } from "../../clock/instant.tsx";
import { useZone } from "../../clock/viewing.ts";
import { Sign } from "../../states/badge.tsx";
import { Panel } from "../../surface/panel.tsx";
import { TermsList } from "../desk.tsx";
import { type ClauseTold, clauseRows, kindText, readingOf, unconfirmedOf } from "./clauses.ts";
import { ConfirmReading } from "./confirm-reading.tsx";

type AgreementTold = Schemas["Agreement"];

/** How much of an agreement nobody has compared with the contract, with the way to each of it. */
export function Unconfirmed({ agreement }: { readonly agreement: AgreementTold["view"]["agreement"] }) {
  const open = unconfirmedOf(agreement.clauses);
  if (open.length === 0) return undefined;
  return (
    <div role="note" className="rounded-lg border border-attention bg-attention-ground px-4 py-2.5">
      <p>
        <Sign family="attention" />{" "}
        <strong className="font-medium">
          {countOf(open.length, "reading")} of {agreement.clauses.length} nobody has confirmed.
        </strong>{" "}
        Every answer that rests on {open.length === 1 ? "it" : "them"} says so.
      </p>
      <ul className="mt-1 flex flex-wrap gap-x-4">
        {open.map(({ id }) => (
          <li key={id}>
            <a href={`#${id}`} className="underline underline-offset-2">
              {id}
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

interface ClauseShownProps {
  readonly clause: ClauseTold;
  /** The agreement of which it is, where its reading may be confirmed here: what is looked at is what stands. */
  readonly confirms: AgreementTold | undefined;
  /** False for who is not told who confirmed what: that is the keeper's house. */
  readonly isTold: boolean;
}

/** A clause in the words of the contract and as the broker reads it, and who has compared the two. */
export function ClauseShown({ clause, confirms, isTold }: ClauseShownProps) {
  const nameOf = useNames();
  const rows = clauseRows(clause, nameOf, useZone());
  const reading = readingOf(clause);
  return (
    <div id={clause.id} className="scroll-mt-16">
      <Panel
        title={
          <span className="flex flex-wrap items-baseline gap-x-2">
            <span>{clause.id}</span>
            <span className="text-xs font-normal text-ink-soft">{kindText(clause.kind)}</span>
          </span>
        }
        foot={
          !isTold ? undefined : reading === undefined ? (
            <>
              <Sign family="attention" /> Nobody has confirmed this reading of the contract.
              {confirms === undefined ? undefined : <ConfirmReading agreement={confirms} clause={clause} />}
            </>
          ) : (
            <>
              <Sign family="secured" /> Reading confirmed by {reading.by},{" "}
              {/* A day is a day, in whatever zone it is read. */}
              {DAY.test(reading.at) ? reading.at : <Instant at={reading.at} />}
            </>
          )
        }
      >
        {clause.text === undefined ? undefined : (
          <blockquote className="mb-4 border-l-2 border-line-strong pl-3 text-ink-soft">{clause.text}</blockquote>
        )}
        {rows.length === 0 && clause.text === undefined ? (
          <p className="text-ink-soft">It is on record by its name, and nothing is computed from it.</p>
        ) : (
          <TermsList rows={rows} />
        )}
      </Panel>
    </div>
  );
}
