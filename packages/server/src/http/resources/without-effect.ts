import type { BookEvent } from "@offtake/core/book";
import { codesText, countText } from "@offtake/core/explanation";
import { formatInstant, formatMicros } from "@offtake/core/kernel";
import { hasEffect, type RecordedAnswer } from "@offtake/core/notices";
import type { ProblemCode } from "@offtake/wire/problems";
import type { Accepted } from "../call.ts";
import type { Shown } from "../shown.ts";
import { type HttpProblem, problem } from "../problems.ts";

/**
 * An answer that came too late, or after another one of the same party that stands, is on record with its receipt and changes nothing:
 * whoever sent it is told so by a problem, and of what stands. Sent again under its key it is told the same.
 *
 * @param now the notice as the caller sees it; undefined where it does not
 */
export function withoutEffect({ events }: Accepted, now: Shown<"notices"> | undefined): HttpProblem | undefined {
  // One call may answer several notices: it is asked of one of them.
  const given = events.filter(isAnswer).find(({ notice }) => now === undefined || now.object.id === notice);
  if (given === undefined || hasEffect(given.answer.verdict)) return undefined;
  const { answer } = given;
  const { code, detail } = toldOf(answer, now?.view);
  return problem(code, { detail: `${detail} This answer is on record, and changes nothing.` });
}

type Given = Extract<BookEvent, { readonly type: "answerReceived" }>;

const isAnswer = (event: BookEvent): event is Given => event.type === "answerReceived";

interface Told {
  readonly code: ProblemCode;
  readonly detail: string;
}

function toldOf(
  { id, verdict, receivedAt, defects }: RecordedAnswer,
  view: Shown<"notices">["view"] | undefined,
): Told {
  if (verdict === "late") {
    const until =
      view?.clock === undefined ? "" : `, the last instant in time was ${formatInstant(view.clock.respondBy)}`;
    return { code: "response_late", detail: `Received ${formatInstant(receivedAt)}${until}: no acceptance.` };
  }
  const standing = view?.answers.find(
    (one) => one.id !== id && (one.verdict === "binding" || one.verdict === "refusal"),
  );
  const said = standing === undefined ? "" : ` ${standingText(standing)}`;
  if (defects.includes("already_binding"))
    return { code: "answer_already_binding", detail: `Somebody of your party has answered already.${said}` };
  if (defects.includes("refusal_is_final"))
    return { code: "refusal_is_final", detail: `Somebody of your party has refused already, for good.${said}` };
  return { code: "answer_without_effect", detail: `${codesText(defects)}.` };
}

/** "Accepted 2,500 at 2.550000 USD/h, received 2026-03-03T00:20:07Z." */
function standingText({ answer: { type, count, price, host, hostCount }, receivedAt }: RecordedAnswer): string {
  const received = `received ${formatInstant(receivedAt)}.`;
  if (type === "refuse") return `Refused, ${received}`;
  const many = count === undefined ? "all" : countText(count);
  const at = price === undefined ? "" : ` at ${formatMicros(price.microsPerHour)} ${price.currency}/h`;
  const through =
    host === undefined ? "" : `, ${hostCount === undefined ? "all" : countText(hostCount)} of it run by ${host}`;
  return `Accepted ${many}${at}${through}, ${received}`;
}
