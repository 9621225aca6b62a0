import type { Schemas } from "@offtake/client";
import { codesText, codeText, countText, statusText } from "@offtake/core/explanation";
import type { Instant } from "@offtake/core/kernel";
import type { BrokerOptions } from "../../broker/connect.ts";
import { atBroker } from "../../broker/run.ts";
import { clauseText, leftText, rateText, supplyText, whenText, windowText } from "../../broker/texts.ts";
import type { ExitCode } from "../../terminal/exit-codes.ts";
import type { Io } from "../../terminal/io.ts";

export function showNotice(io: Io, notice: string, options: BrokerOptions): Promise<ExitCode> {
  return atBroker(
    io,
    options,
    async ({ client, book }) => (await client.call("noticeRead", { params: { book, notice } })).value,
    ({ data }) => noticeText(data, Date.now() as Instant),
  );
}

/** What is asked, until when and how that was counted, and what was answered. */
export function noticeText({ id, status, deadline, view }: Schemas["Notice"], now: Instant): string {
  const { notice, clock } = view;
  const under = view.as === "keeper" ? view.notice.right : view.notice;
  const { terms } = notice;
  const from = view.as === "keeper" ? `to ${notice.holder}` : `from ${view.notice.fromName}`;
  const asked = [
    `${supplyText({ ...terms, count: notice.count })}, ${windowText(terms.window, clock?.zone)}`,
    [terms.regions.join(", "), terms.purpose ?? "", terms.price === undefined ? "" : `at ${rateText(terms.price)}`]
      .filter((text) => text !== "")
      .join(", "),
    ...Object.entries(terms.stated).map(([name, value]) => `${name}: ${value}`),
    ...(notice.missing.length === 0 ? [] : [`does not say: ${notice.missing.join(", ")}`]),
  ];
  return [
    `Notice ${id} ${from}: ${statusText(status)}`,
    `  ${notice.kind}, ${clauseText(under)}, round ${notice.round}${notice.finalRound ? ", the last" : ""}`,
    ...asked.map((line) => `  ${line}`),
    ...(clock === undefined
      ? [`  sent ${whenText(notice.sentAt)}, not known to be received: no clock runs yet`]
      : [
          `  received ${whenText(clock.deemedReceivedAt, clock.zone)}`,
          `  answer by ${whenText(clock.respondBy, clock.zone)}${deadline === undefined ? "" : `, ${leftText(deadline, now)} left`}`,
          ...clock.trail.map((line) => `    ${line}`),
        ]),
    ...view.answers.map(
      ({ answer, by, receivedAt, verdict, defects }) =>
        `  ${by} ${ANSWERED[answer.type]}${answer.count === undefined ? "" : ` ${countText(answer.count)}`} ${whenText(receivedAt, clock?.zone)}: ${codeText(verdict)}${defects.length === 0 ? "" : ` (${codesText(defects)})`}`,
    ),
    ...(view.taken === undefined ? [] : [`  taken: ${countText(view.taken)}`]),
  ]
    .map((line) => `${line}\n`)
    .join("");
}

const ANSWERED = { accept: "accepted", refuse: "refused", object: "objected" } as const;
