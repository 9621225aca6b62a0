import { codesText } from "@offtake/core/explanation";
import type { Schemas } from "@offtake/client";
import { hasEffect } from "@offtake/core/notices";
import { countText, percentText } from "../../amounts/counts.ts";
import { moneyText } from "../../amounts/money.ts";
import { clockText } from "../../clock/zoned.ts";
import { ReceiptCard } from "../../receipts/receipt.tsx";
import { Button } from "../../surface/button.tsx";
import { ChangedSince } from "../../surface/changed-since.tsx";
import { Waits } from "../approvals/waits.tsx";
import { Choice, CountField, WordsField } from "../fields.tsx";
import { SendForm } from "../send-form.tsx";
import { type AnswerFields, type AnswerProblem, type AnswerRules, totalOf, valueOf } from "./answer.ts";
import type { Answering } from "./answering.ts";
import { answerText } from "./notice-changes.ts";

interface AnswerFormProps {
  readonly notice: Schemas["Notice"];
  readonly rules: AnswerRules;
  readonly answering: Answering;
  /** More is promised with it than there is on record. */
  readonly isOversold: boolean;
}

/** The answer to a notice, with what came of it. */
export function AnswerForm({ notice, rules, answering, isOversold }: AnswerFormProps) {
  const { fields, set, problems, closed, sending, changes } = answering;
  const isBlocked = problems.some(({ field, text }) => field !== "price" || !text.startsWith("Above"));
  const mustKnow = isOversold && fields.way !== "refuse" && !fields.knowsOversold;
  const reason =
    closed ??
    (sending.isSending ? "It is being sent" : undefined) ??
    (changes.length > 0 ? "Something has changed: look at it first" : undefined) ??
    (isBlocked ? "Something above is not right yet" : undefined) ??
    (mustKnow ? "Say that you know of the oversale" : undefined);
  return (
    <>
      <ChangedSince
        changes={changes}
        kept="What you filled in is kept, and nothing of it is sent."
        onSeen={answering.acknowledge}
      />
      {sending.sent === undefined ? undefined : (
        <ReceiptCard receipt={sending.sent.receipt} title="Your answer is recorded" />
      )}
      <Waits approvals={sending.approvals} />
      {sending.recorded === undefined ? undefined : <WithoutEffect receipt={sending.recorded} notice={notice} />}
      <SendForm
        title={notice.view.answers.length === 0 ? "Your answer" : "Change your answer"}
        foot={<Kept at={answering.draft.keptAt} />}
        label={fields.way === "refuse" ? "Refuse" : `Accept ${countText(totalOf(fields, rules))}`}
        operation="noticeAnswer"
        look={fields.way === "refuse" ? "severe" : "main"}
        reason={reason}
        failure={sending.recorded === undefined ? sending.failure : undefined}
        onSend={() => void answering.send()}
      >
        <Choice
          label="Answer"
          value={fields.way}
          values={[
            ["part", "Accept part"],
            ["all", "Accept all"],
            ["refuse", "Refuse"],
          ]}
          onChange={(way) => set({ way })}
          isDisabled={closed !== undefined}
        />
        <Fields fields={fields} rules={rules} problems={problems} set={set} isDisabled={closed !== undefined} />
        {isOversold && fields.way !== "refuse" ? (
          <label className="flex items-start gap-2 rounded-md border border-attention bg-attention-ground px-3 py-2">
            <input
              type="checkbox"
              checked={fields.knowsOversold}
              disabled={closed !== undefined}
              onChange={(event) => set({ knowsOversold: event.target.checked })}
              className="mt-0.5 size-4 shrink-0"
            />
            <span>
              <span aria-hidden="true" className="text-attention">
                ▲{" "}
              </span>
              More is promised with it than you have on record. I know, and answer all the same.
            </span>
          </label>
        ) : undefined}
      </SendForm>
    </>
  );
}

interface WithoutEffectProps {
  readonly receipt: Schemas["Receipt"];
  readonly notice: Schemas["Notice"];
}

/** It is on record and changes nothing: it came too late, or another answer of one's party stands already, and what that one says. */
function WithoutEffect({ receipt, notice }: WithoutEffectProps) {
  const { answers, clock } = notice.view;
  const own = answers.findLast(({ verdict }) => !hasEffect(verdict));
  const standing = answers.find(({ verdict }) => verdict === "binding" || verdict === "refusal");
  const at = (instant: string): string => secondText(clock?.zone ?? "UTC", instant);
  const why =
    own?.verdict === "late"
      ? `${clock === undefined ? "" : `Received ${at(own.receivedAt)}, deadline ${at(clock.respondBy)}. `}Recorded as late; not an acceptance.`
      : standing === undefined
        ? `Recorded, without effect: ${codesText(own?.defects ?? [])}.`
        : `Somebody of your party has answered already: ${answerText(standing.answer)}, received ${at(standing.receivedAt)}. It stands; yours is recorded, without effect.`;
  return (
    <>
      <p role="alert" className="rounded-md border border-breach bg-breach-ground px-3 py-2 text-breach">
        {why} What you filled in is kept.
      </p>
      <ReceiptCard receipt={receipt} title="That it came, and when, is recorded" />
    </>
  );
}

const secondText = (zone: string, at: string): string => clockText(zone, Date.parse(at));

interface FieldsProps {
  readonly fields: AnswerFields;
  readonly rules: AnswerRules;
  readonly problems: readonly AnswerProblem[];
  readonly set: (part: Partial<AnswerFields>) => void;
  readonly isDisabled: boolean;
}

function Fields({ fields, rules, problems, set, isDisabled }: FieldsProps) {
  const textAt = (field: AnswerProblem["field"]): string | undefined =>
    problems.find((one) => one.field === field)?.text;
  const instead = problems.find((one) => one.instead !== undefined)?.instead ?? [];
  if (fields.way === "refuse")
    return (
      <>
        <WordsField
          label="Why (the buyer reads it)"
          value={fields.reason}
          onChange={(reason) => set({ reason })}
          isDisabled={isDisabled}
        />
        <p className="text-ink-soft">What you refuse may go to others, on terms no better for them.</p>
      </>
    );
  const total = totalOf(fields, rules);
  const value = valueOf(fields, rules);
  return (
    <>
      {fields.way === "all" ? undefined : (
        <>
          <CountField
            label="On your own machines"
            value={fields.own}
            onChange={(own) => set({ own })}
            problem={textAt("own")}
            isDisabled={isDisabled}
          />
          {instead.length === 0 ? undefined : (
            <div className="flex flex-wrap gap-2">
              {instead.map((own) => (
                <Button key={own} onPress={() => set({ own })}>
                  Use {countText(own + fields.through)}
                </Button>
              ))}
            </div>
          )}
          {rules.passThrough?.allowed === false ? undefined : (
            <div className="grid grid-cols-2 gap-3">
              <CountField
                label="Run by another"
                value={fields.through}
                onChange={(through) => set({ through })}
                problem={textAt("through")}
                isDisabled={isDisabled}
              />
              <WordsField
                label="Who runs them"
                value={fields.host}
                onChange={(host) => set({ host })}
                problem={fields.through > 0 ? textAt("host") : undefined}
                isDisabled={isDisabled}
              />
            </div>
          )}
        </>
      )}
      <WordsField
        label="Price"
        value={fields.price}
        onChange={(price) => set({ price })}
        unit={`${rules.currency} per accelerator-hour`}
        problem={textAt("price")}
        isDisabled={isDisabled}
      />
      <dl className="grid grid-cols-[1fr_auto] gap-x-4 gap-y-1 rounded-md border border-line bg-sunken px-3 py-2">
        <dt className="text-ink-soft">Total</dt>
        <dd className="text-right">
          <strong className="font-semibold">{countText(total)}</strong> of {countText(rules.asked)} (
          {percentText(total, rules.asked)})
        </dd>
        {fields.way === "part" && fields.through > 0 ? (
          <>
            <dt className="text-ink-soft">Passed through</dt>
            <dd className="text-right">{percentText(fields.through, total)}</dd>
          </>
        ) : undefined}
        <dt className="text-ink-soft">Value</dt>
        <dd className="text-right font-medium">{value === undefined ? "–" : moneyText(value)}</dd>
      </dl>
      {total < rules.asked ? (
        <p className="text-ink-soft">{countText(rules.asked - total)} are refused with it, and may go to others.</p>
      ) : undefined}
    </>
  );
}

function Kept({ at }: { readonly at: number | undefined }) {
  return at === undefined
    ? "Kept as a draft in this browser while you fill it in."
    : `Draft kept ${new Date(at).toLocaleTimeString()}`;
}
