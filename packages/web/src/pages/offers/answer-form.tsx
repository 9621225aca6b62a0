import { ApiProblem, type Schemas } from "@offtake/client";
import { useState } from "react";
import { countText, percentText } from "../../amounts/counts.ts";
import { moneyText } from "../../amounts/money.ts";
import { useBroker, useSeat } from "../../app/broker.ts";
import { useDraft } from "../../app/drafts.ts";
import { nextTick } from "../../clock/countdown.ts";
import { useNow } from "../../clock/viewing.ts";
import { ReceiptCard } from "../../receipts/receipt.tsx";
import { Button } from "../../surface/button.tsx";
import { Panel } from "../../surface/panel.tsx";
import { Choice, CountField, WordsField } from "../fields.tsx";
import {
  type AnswerFields,
  type AnswerProblem,
  type AnswerRules,
  bodyOf,
  problemsOf,
  totalOf,
  valueOf,
} from "./answer.ts";

interface AnswerFormProps {
  readonly notice: Schemas["Notice"];
  readonly rules: AnswerRules;
}

/** The answer to a notice: kept as a draft until it is sent, sent once however often it is pressed, shut at the deadline. */
export function AnswerForm({ notice, rules }: AnswerFormProps) {
  const { client } = useBroker();
  const { book } = useSeat();
  const start: AnswerFields = {
    way: "part",
    own: rules.asked,
    through: 0,
    host: "",
    price: rules.cap === undefined ? "" : trimmed(rules.cap.amount),
    reason: "",
  };
  const [draft, change, drop] = useDraft(`answer ${notice.id}`, start);
  const [isSending, setSending] = useState(false);
  const [failure, setFailure] = useState<string>();
  const [receipt, setReceipt] = useState<Schemas["Receipt"]>();
  const closed = useClosed(notice);
  // Whom the clause names is known once the agreement has been read.
  const named = rules.passThrough?.hosts?.[0] ?? "";
  const fields = draft.fields.host === "" ? { ...draft.fields, host: named } : draft.fields;
  const set = (part: Partial<AnswerFields>): void => {
    setFailure(undefined);
    change({ ...fields, ...part });
  };
  const problems = problemsOf(fields, rules);
  const isBlocked = problems.some(({ field, text }) => field !== "price" || !text.startsWith("Above"));
  const send = async (): Promise<void> => {
    setSending(true);
    setFailure(undefined);
    try {
      const { value } = await client.call("noticeAnswer", {
        params: { book, notice: notice.id },
        body: bodyOf(fields, rules),
        key: draft.key,
      });
      setReceipt(value.receipt);
      drop();
    } catch (error) {
      setFailure(
        error instanceof ApiProblem
          ? `${error.problem.title}. ${error.problem.detail}`
          : "The broker could not be reached. Your draft is kept.",
      );
    } finally {
      setSending(false);
    }
  };
  const reason =
    closed ?? (isSending ? "It is being sent" : isBlocked ? "Something above is not right yet" : undefined);
  return (
    <>
      {receipt === undefined ? undefined : <ReceiptCard receipt={receipt} title="Your answer is recorded" />}
      <Panel
        title={notice.view.answers.length === 0 ? "Your answer" : "Change your answer"}
        foot={<Kept at={draft.keptAt} />}
      >
        <form
          className="space-y-4"
          onSubmit={(event) => {
            event.preventDefault();
            if (reason === undefined) void send();
          }}
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
          {failure === undefined ? undefined : (
            <p role="alert" className="rounded-md border border-breach bg-breach-ground px-3 py-2 text-breach">
              {failure}
            </p>
          )}
          <div className="space-y-1">
            <Button
              type="submit"
              look={fields.way === "refuse" ? "severe" : "main"}
              disabledReason={reason}
              className="h-9 w-full justify-center"
            >
              {fields.way === "refuse" ? "Refuse" : `Accept ${countText(totalOf(fields, rules))}`}
            </Button>
            {reason === undefined ? undefined : <p className="text-xs text-ink-soft">{reason}</p>}
          </div>
        </form>
      </Panel>
    </>
  );
}

/** Why nothing can be answered any more; nothing while it can. Known without a reload: the clock of the broker is in the page. */
function useClosed({ status, view }: Schemas["Notice"]): string | undefined {
  const deadline = view.clock === undefined ? undefined : Date.parse(view.clock.respondBy);
  const now = useNow((shown) => (deadline === undefined || shown > deadline ? undefined : nextTick(deadline, shown)));
  if (status !== "open" && status !== "sent" && status !== "part_accepted" && status !== "accepted")
    return `The notice is ${status.replaceAll("_", " ")}`;
  return deadline !== undefined && now > deadline ? "The deadline has passed" : undefined;
}

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

/** "2.600000" as people write it: two digits at least. */
const trimmed = (amount: string): string => amount.replace(/(\.\d{2}\d*?)0+$/, "$1");
