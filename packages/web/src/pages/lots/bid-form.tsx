import type { Operations } from "@offtake/client";
import { moneyText } from "../../amounts/money.ts";
import { useBook, useBroker, useSeat } from "../../app/broker.ts";
import { useDraft } from "../../app/drafts.ts";
import { useSending } from "../../app/sending.ts";
import { nextTick } from "../../clock/countdown.ts";
import { useNow } from "../../clock/viewing.ts";
import { ReceiptCard } from "../../receipts/receipt.tsx";
import { Waits } from "../approvals/waits.tsx";
import { Choice, CountField, WordsField } from "../fields.tsx";
import { SendForm } from "../send-form.tsx";
import { BidLine, OfferedLine } from "./bid-line.tsx";
import {
  bidBody,
  type BidFields,
  bidProblems,
  type BidRules,
  lineOf,
  type LineFields,
  offeredOf,
  valueOfBid,
} from "./bid.ts";
import type { InvitationTold } from "./lot-page.tsx";

const WAYS = [
  ["each", "Each by itself"],
  ["together", "All or none"],
  ["one-price", "At one price"],
] as const;

const WAY_NOTES = {
  each: "Each line may be taken without the others.",
  together: "All lines are taken or none: where one falls, all fall.",
  "one-price": "All lines are taken or none, at one price for all of it.",
} as const;

function rulesOf({ view }: InvitationTold, currency: string): BidRules {
  return {
    lines: view.lines.map(({ line, countUpTo, blockSize, window, alternatives }) => ({
      line,
      upTo: countUpTo,
      block: blockSize,
      span: window,
      accelerators: [...new Set(alternatives.map(({ acceleratorType }) => acceleratorType))],
    })),
    currency: view.lines.find(({ cap }) => cap !== undefined)?.cap?.currency ?? currency,
    closesAt: view.closesAt,
  };
}

const START: BidFields = { lines: {}, way: "each", packagePrice: "", validDays: 30 };

/** A sealed bid: kept as a draft until it is sent, shut at the close. A second one takes the place of the first. */
export function BidForm({ invitation }: { readonly invitation: InvitationTold }) {
  const { client } = useBroker();
  const { book } = useSeat();
  const { currency } = useBook();
  const { closesAt, rules: published } = invitation.view;
  const [draft, change, drop] = useDraft<BidFields>(`bid ${invitation.id}`, START);
  const sending = useSending<Operations["bidPlace"]["answer"]>();
  const deadline = Date.parse(closesAt);
  const now = useNow((shown) => (shown > deadline ? undefined : nextTick(deadline, shown)));
  const isClosed = invitation.status !== "open" || now > deadline;
  const rules = rulesOf(invitation, currency);
  const isSeveral = rules.lines.length > 1;
  const { fields } = draft;
  const offered = offeredOf(fields, rules);
  const way = offered.length > 1 ? fields.way : "each";
  const bid: BidFields = { ...fields, way };
  const problems = bidProblems(bid, rules);
  const value = valueOfBid(bid, rules);
  const set = (part: Partial<BidFields>): void => {
    sending.clear();
    change({ ...fields, ...part });
  };
  const setLine = (line: number, next: LineFields): void => set({ lines: { ...fields.lines, [line]: next } });
  const samePrice = (from: LineFields): void =>
    set({
      lines: {
        ...fields.lines,
        ...Object.fromEntries(
          rules.lines.map((one) => {
            const own = lineOf(fields, one);
            // Steps go by counts: another line may not have as many.
            const tiers =
              from.tiers.length === 1
                ? own.tiers.map((tier) => ({ ...tier, price: from.tiers[0]?.price ?? "" }))
                : from.tiers;
            return [one.line, { ...own, tiers }];
          }),
        ),
      },
    });
  const send = async (): Promise<void> => {
    const sent = await sending.send(() =>
      client.call("bidPlace", {
        params: { book, invitation: invitation.id },
        body: bidBody(bid, rules),
        key: draft.key,
      }),
    );
    if (sent !== undefined) drop();
  };
  const isUnpriced =
    way !== "one-price" && offered.some((one) => one.fields.tiers.some(({ price }) => price.trim() === ""));
  const reason = isClosed
    ? "Bids are closed"
    : sending.isSending
      ? "It is being sent"
      : isUnpriced || (way === "one-price" && fields.packagePrice.trim() === "")
        ? "Say your price"
        : (problems.get("lines") ?? (problems.size > 0 ? "Something above is not right yet" : undefined));
  return (
    <>
      {sending.sent === undefined ? undefined : (
        <ReceiptCard receipt={sending.sent.receipt} title="Your sealed bid is recorded" />
      )}
      <Waits approvals={sending.approvals} />
      <SendForm
        title="Your sealed bid"
        foot="Kept as a draft in this browser until you place it. A new bid takes the place of the one before."
        label="Place sealed bid"
        operation="bidPlace"
        reason={reason}
        failure={sending.failure}
        onSend={() => void send()}
      >
        {rules.lines.map((one, index) => {
          const line = {
            rules: one,
            fields: lineOf(fields, one),
            currency: rules.currency,
            problemAt: (place: string) => problems.get(`${one.line} ${place}`),
            onChange: (next: LineFields) => setLine(one.line, next),
            isClosed,
            hasOnePrice: way === "one-price",
            mayDivide: published.inseparable === "allocate",
          };
          return isSeveral ? (
            <OfferedLine
              key={one.line}
              {...line}
              onSameForAll={index === 0 ? () => samePrice(line.fields) : undefined}
            />
          ) : (
            <BidLine key={one.line} {...line} />
          );
        })}
        {offered.length > 1 ? (
          <div className="space-y-2">
            <Choice
              label="How the lines hang together"
              value={way}
              values={WAYS}
              onChange={(next) => set({ way: next })}
              isDisabled={isClosed}
            />
            <p className="text-xs text-ink-soft">{WAY_NOTES[way]}</p>
          </div>
        ) : undefined}
        {way === "one-price" ? (
          <WordsField
            label="Price of all of it"
            value={fields.packagePrice}
            onChange={(packagePrice) => set({ packagePrice })}
            unit={rules.currency}
            problem={fields.packagePrice === "" ? undefined : problems.get("packagePrice")}
            isDisabled={isClosed}
          />
        ) : undefined}
        <CountField
          label="Stands for days after the close"
          value={fields.validDays}
          onChange={(validDays) => set({ validDays })}
          problem={problems.get("validDays")}
          isDisabled={isClosed}
        />
        <p className="flex justify-between gap-4 rounded-md border border-line bg-sunken px-3 py-2">
          <span className="text-ink-soft">Value at most</span>
          <span className="font-medium">{value === undefined ? "–" : moneyText(value)}</span>
        </p>
      </SendForm>
    </>
  );
}
