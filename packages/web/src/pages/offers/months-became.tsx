import { codesText } from "@offtake/core/explanation";
import { countText } from "../../amounts/counts.ts";
import { hasEffect } from "@offtake/core/notices";
import { ReceiptCard } from "../../receipts/receipt.tsx";
import { Badge } from "../../states/badge.tsx";
import { stateOf } from "../../states/state-of.ts";
import { Panel } from "../../surface/panel.tsx";
import { Window } from "../../clock/window.tsx";
import type { MonthsAnswering } from "./months-answering.ts";

/** What became of each month that was answered, and the proof of it: the last receipt stands for all before it. */
export function MonthsBecame({ answered }: Pick<MonthsAnswering, "answered">) {
  const last = answered.at(-1);
  return (
    <>
      {last === undefined ? undefined : <ReceiptCard receipt={last.receipt} title="Your answers are recorded" />}
      <Panel title="What became of each" padded={false}>
        <ul className="divide-y divide-line">
          {answered.map(({ data, problem }) => {
            const answer = data.view.answers.at(-1);
            const isGood = answer !== undefined && hasEffect(answer.verdict);
            return (
              <li key={data.id} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 px-4 py-2.5">
                <Window span={data.view.notice.terms.window} />
                <span className="flex flex-wrap items-center gap-3">
                  {answer?.answer.type === "accept"
                    ? `${countText(answer.answer.count ?? data.view.notice.count)} accepted`
                    : "refused"}
                  {problem === undefined && isGood ? (
                    <Badge {...stateOf("notices", data.status)} />
                  ) : (
                    <span className="text-breach">
                      {problem?.detail ?? codesText(answer === undefined ? [] : [answer.verdict, ...answer.defects])}
                    </span>
                  )}
                </span>
              </li>
            );
          })}
        </ul>
      </Panel>
    </>
  );
}
