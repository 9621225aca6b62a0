import { useId, useState } from "react";
import type { Approval } from "../../app/approvals.ts";
import { useSeat } from "../../app/broker.ts";
import { useNames } from "../../app/names.ts";
import { countOf } from "../../amounts/counts.ts";
import { moneyText } from "../../amounts/money.ts";
import { agoText } from "../../clock/countdown.ts";
import { Instant } from "../../clock/instant.tsx";
import { useNow } from "../../clock/viewing.ts";
import { Window } from "../../clock/window.tsx";
import { Badge, Sign } from "../../states/badge.tsx";
import { Button } from "../../surface/button.tsx";
import { AskSomebody } from "./ask-somebody.tsx";
import { useColleagues } from "./colleagues.ts";
import { Decide, TakeBack } from "./decide.tsx";
import { SubjectLink } from "./subject-link.tsx";
import { actWord, bindingOf, ruleText, standingFor } from "./told.ts";

const MINUTE_MS = 60_000;

/** One approval: who asks for what since when, what it would bind the party to, who has said what, and what one can do about it. */
export function ApprovalCard({ approval }: { readonly approval: Approval }) {
  const { kind, subject, rule, proposer, proposedAt, decisions, approvers, standing, outcome } = approval;
  const { person, roles } = useSeat();
  const { nameOf } = useColleagues();
  const id = useId();
  const now = useNow((shown) => MINUTE_MS - (shown % MINUTE_MS));
  const [choosing, setChoosing] = useState<"give" | "deny">();
  const { shown, reason } = standingFor(approval, person);
  const isWaiting = standing === "waits";
  return (
    <article aria-labelledby={id} className="rounded-lg border border-line bg-panel">
      <header className="flex flex-wrap items-start justify-between gap-x-4 gap-y-1 border-b border-line px-4 py-2.5">
        <div className="min-w-0">
          <h2 id={id} className="font-medium">
            {actWord(approval)} <SubjectLink kind={kind} subject={subject} act={approval.act} />
          </h2>
          <p className="text-xs text-ink-soft">
            {proposer === null
              ? "Nobody knows who asked"
              : `Asked by ${proposer === person ? "you" : nameOf(proposer)}`}
            , <Instant at={proposedAt} /> · {agoText(Date.parse(proposedAt), now)}
          </p>
        </div>
        <Badge {...shown} />
      </header>
      <div className="space-y-3 px-4 py-3">
        <Bound approval={approval} />
        <dl className="grid gap-x-4 gap-y-1.5 sm:grid-cols-[auto_minmax(0,1fr)]">
          <dt className="text-ink-soft">Rule</dt>
          <dd>
            <span className="font-mono text-xs">{rule.id}</span> · {ruleText(rule, nameOf)}
          </dd>
          <dt className="text-ink-soft">Agreed</dt>
          <dd>
            {decisions.filter(({ approves }) => approves).length} of {rule.people}
            {isWaiting && approvers.length > 0
              ? ` · can decide: ${approvers.map((one) => (one === person ? "you" : nameOf(one))).join(", ")}`
              : ""}
          </dd>
        </dl>
        <Said approval={approval} />
        {outcome === null || outcome === "accepted" ? undefined : (
          <p className="text-breach">
            It was approved, and the broker then rejected it: {outcome.replaceAll("_", " ")}.
          </p>
        )}
      </div>
      {isWaiting ? (
        <footer className="border-t border-line px-4 py-2.5">
          {choosing === undefined ? (
            <div className="flex flex-wrap items-center gap-2">
              <Button writes look="main" onPress={() => setChoosing("give")} disabledReason={reason}>
                Approve
              </Button>
              <Button writes onPress={() => setChoosing("deny")} disabledReason={reason}>
                Refuse
              </Button>
              {proposer === person && kind !== "request" ? <TakeBack approval={approval} /> : undefined}
              {reason === undefined ? undefined : <span className="text-xs text-ink-soft">{reason}</span>}
            </div>
          ) : (
            <Decide approval={approval} word={choosing} onDone={() => setChoosing(undefined)} />
          )}
          {approvers.length === 0 && roles.includes("admin") ? <AskSomebody approval={approval} /> : undefined}
        </footer>
      ) : undefined}
    </article>
  );
}

/** What it would bind the party to, the amount first. */
function Bound({ approval }: { readonly approval: Approval }) {
  const nameOf = useNames();
  const { amount, window, others } = bindingOf(approval, nameOf);
  const { kind } = approval;
  const figures = [
    {
      label: kind === "request" ? "At most" : "Amount",
      value: amount === undefined ? <span className="text-ink-soft">not known</span> : moneyText(amount),
    },
    ...(window === undefined ? [] : [{ label: "When", value: <Window span={window} /> }]),
    ...others,
  ];
  return (
    <dl className="flex flex-wrap gap-x-8 gap-y-2">
      {figures.map(({ label, value }, index) => (
        <div key={label} className="min-w-0">
          <dt className="text-xs text-ink-soft">{label}</dt>
          <dd className={`break-words ${index === 0 ? "text-lg font-semibold tracking-tight" : "leading-7"}`}>
            {value}
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** Who said what, in whose place, when and why. */
function Said({ approval: { decisions, proposer, settledAt, standing, kind } }: { readonly approval: Approval }) {
  const { nameOf } = useColleagues();
  if (decisions.length === 0)
    return standing === "withdrawn" && settledAt !== null ? (
      <p className="text-ink-soft">
        {kind === "request" || proposer === null
          ? "It is over, or asks for something else now"
          : `${nameOf(proposer)} took it back`}
        , <Instant at={settledAt} />.
      </p>
    ) : undefined;
  return (
    <ul aria-label={countOf(decisions.length, "decision")} className="space-y-1">
      {decisions.map(({ person, seat, approves, at, note }) => (
        <li key={person}>
          <Sign family={approves ? "secured" : "breach"} /> {nameOf(person)} {approves ? "agreed" : "did not agree"}
          {seat === person ? "" : ` in the place of ${nameOf(seat)}`}, <Instant at={at} />
          {note === null ? undefined : (
            <q className="mt-0.5 block border-l-2 border-line-strong pl-2 text-ink-soft">{note}</q>
          )}
        </li>
      ))}
    </ul>
  );
}
