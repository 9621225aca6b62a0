import { codesText } from "@offtake/core/explanation";
import type { Schemas } from "@offtake/client";
import { Instant } from "../../clock/instant.tsx";
import { Panel } from "../../surface/panel.tsx";
import { answerText } from "./notice-changes.ts";

/** What was answered so far, and what became of it. */
export function AnswersGiven({ answers }: { readonly answers: Schemas["Notice"]["view"]["answers"] }) {
  return (
    <Panel title="Your answers" padded={false}>
      <ul className="divide-y divide-line">
        {answers.map(({ id, answer, receivedAt, verdict, defects }) => (
          <li key={id} className="px-4 py-3">
            <p className="flex flex-wrap items-baseline justify-between gap-x-4">
              <span className="font-medium">{answerText(answer)}</span>
              <Instant at={receivedAt} className="text-xs text-ink-soft" />
            </p>
            <p className="text-ink-soft">
              {VERDICT[verdict]}
              {defects.length === 0 ? "" : `: ${codesText(defects)}`}
            </p>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

const VERDICT: Readonly<Record<Schemas["Notice"]["view"]["answers"][number]["verdict"], string>> = {
  binding: "Binding",
  refusal: "What you refused may go to others",
  counter_offer: "Taken as a counter-offer",
  curable: "Can still be put right",
  non_conforming: "Does not conform to the notice",
  late: "Recorded as late: not an acceptance",
  ignored: "Without effect",
  objection: "Recorded as an objection",
};
