import type { Schemas } from "@offtake/client";
import { Link } from "@tanstack/react-router";
import { countOf } from "../../amounts/counts.ts";
import { useReading } from "../../app/queries.ts";
import { Panel } from "../../surface/panel.tsx";
import { clausesOf } from "../../why/outline.ts";
import { kindText, rightsOf } from "../agreements/clauses.ts";

/** So many are looked through, and so many of them named. */
const READ = 1_000;
const NAMED = 20;

/** The agreements on record of which no clause was looked at, and why that is: nothing that could have mattered is left unsaid. */
export function AgreementsBeside({ steps }: Pick<Schemas["Explanation"], "steps">) {
  const query = useReading("agreementList", { query: { limit: READ, order: "id" } });
  const looked = new Set(clausesOf(steps).map(({ agreement }) => agreement));
  const others = (query.data?.data ?? []).filter(({ id }) => !looked.has(id));
  if (others.length === 0) return undefined;
  const more = others.length - NAMED;
  return (
    <Panel
      title="Other agreements on record"
      padded={false}
      foot="As they stand now. What they cost and commit to counts when the award is chosen."
    >
      <ul className="divide-y divide-line">
        {others.slice(0, NAMED).map(({ id, view }) => (
          <li key={id} className="px-4 py-2">
            <Link to="/agreements/$agreement" params={{ agreement: id }} className="font-medium hover:underline">
              {id}
            </Link>{" "}
            <span className="text-ink-soft">○ does not apply</span>
            <p className="text-xs text-ink-soft">{whyNot(view.agreement.clauses)}</p>
          </li>
        ))}
      </ul>
      {more > 0 ? (
        <p className="border-t border-line px-4 py-2 text-xs text-ink-soft">
          And {countOf(more, "agreement")} more, none of them looked at either.
        </p>
      ) : undefined}
    </Panel>
  );
}

function whyNot(clauses: Schemas["Agreement"]["view"]["agreement"]["clauses"]): string {
  const kinds = [...new Set(clauses.map(({ kind }) => kindText(kind)))];
  const has = kinds.length === 0 ? "It has no clauses of its own" : `It has: ${kinds.join(", ")}`;
  return rightsOf(clauses).length === 0
    ? `Nobody has a right in it to be asked about a request. ${has}.`
    : `Its rights were not in force then, or weigh on something else. ${has}.`;
}
