import { statusText } from "@offtake/core/explanation";
import type { Schemas } from "@offtake/client";
import { countText } from "../../amounts/counts.ts";
import { useNames } from "../../app/names.ts";
import { Instant } from "../../clock/instant.tsx";
import { clausesGone } from "./changes.ts";
import { Differences } from "./version-diff.tsx";

type PlanTold = Schemas["AgreementPlan"];

const SIGN = { add: "+", change: "~", none: " " } as const;
const LOOK = { add: "text-secured", change: "text-attention", none: "text-ink-faint" } as const;

/** A plan in the signs that people know from plans: what is new, what changes, and what follows from it for what is open. */
export function Planned({ plan }: { readonly plan: PlanTold }) {
  const { agreements, add, change, consequences } = plan;
  return (
    <div role="status" className="space-y-4">
      <ul className="space-y-1.5 font-mono text-xs">
        {agreements.map(({ file, agreement, change: kind, from, to, differs, unconfirmed, before, after }) => (
          <li key={`${file} ${agreement}`} className="grid grid-cols-[1rem_1fr]">
            <span aria-hidden="true" className={LOOK[kind]}>
              {SIGN[kind]}
            </span>
            <span>
              {agreement} {versionText(kind, from, to)}
              {differs.length === 0 ? undefined : <span className="block text-ink-soft">{differs.join(", ")}</span>}
              {kind === "none" || unconfirmed.length === 0 ? undefined : (
                <span className="block text-attention">
                  <span aria-hidden="true">▲ </span>nobody has confirmed: {unconfirmed.join(", ")}
                </span>
              )}
              {before === undefined || after === undefined ? undefined : (
                <details className="mt-1 font-sans" open={change === 1}>
                  <summary className="cursor-pointer text-ink-soft">
                    What changes{goneText(clausesGone(before, after))}
                  </summary>
                  <div className="mt-1 rounded-md border border-line">
                    <Differences before={before} after={after} />
                  </div>
                </details>
              )}
            </span>
          </li>
        ))}
      </ul>
      <p className="font-medium">
        Plan: {add} to add, {change} to change.
      </p>
      {consequences === undefined ? undefined : <Follows consequences={consequences} />}
    </div>
  );
}

const goneText = (gone: readonly string[]): string => (gone.length === 0 ? "" : `: ${gone.join(", ")} would be gone`);

function versionText(kind: PlanTold["agreements"][number]["change"], from: number | undefined, to: number): string {
  if (kind === "none") return `version ${to}, as it is`;
  return from === undefined ? `new, version ${to}` : `version ${from} → ${to}`;
}

function Follows({ consequences }: { readonly consequences: Schemas["Consequences"] }) {
  const nameOf = useNames();
  const { summary, changed, notices } = consequences;
  return (
    <div className="space-y-2 border-t border-line pt-3">
      <p className="first-letter:uppercase">{summary}</p>
      <ul className="space-y-2">
        {changed.map(({ request, asked, awarded }) => (
          <li key={request}>
            <span className="font-medium">{request}</span>
            <ul className="text-ink-soft">
              {asked.map(({ holder, agreement, clause, count, respondBy }) => (
                <li key={`${agreement} ${clause}`}>
                  {nameOf(holder)} is asked for {countText(count)} by {agreement} {clause}
                  {respondBy === undefined ? "" : ", until "}
                  {respondBy === undefined ? undefined : <Instant at={respondBy} isDeadline />}
                </li>
              ))}
              {awarded === undefined ? undefined : (
                <li>
                  awarded: {countText(awarded.before ?? 0)} → {countText(awarded.after ?? 0)}
                </li>
              )}
            </ul>
          </li>
        ))}
        {notices.map(({ notice, holder, before, after }) => (
          <li key={notice}>
            <span className="font-mono text-xs">{notice}</span> to {nameOf(holder)}: {statusText(before)} →{" "}
            {statusText(after)}
          </li>
        ))}
      </ul>
    </div>
  );
}
