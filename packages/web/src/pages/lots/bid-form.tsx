import type { Operations } from "@offtake/client";
import { useBook, useBroker, useSeat } from "../../app/broker.ts";
import { useDraft } from "../../app/drafts.ts";
import { useSending } from "../../app/sending.ts";
import { nextTick } from "../../clock/countdown.ts";
import { useNow } from "../../clock/viewing.ts";
import { ReceiptCard } from "../../receipts/receipt.tsx";
import { Button } from "../../surface/button.tsx";
import { CountField, WordsField } from "../fields.tsx";
import { SendForm } from "../send-form.tsx";
import { bidBody, type BidFields, bidProblems, type TierFields } from "./bid.ts";
import type { InvitationTold } from "./lot-page.tsx";

interface BidFormProps {
  readonly invitation: InvitationTold;
  readonly line: InvitationTold["view"]["lines"][number];
}

/** A sealed bid: kept as a draft until it is sent, shut at the close. A second one takes the place of the first. */
export function BidForm({ invitation, line }: BidFormProps) {
  const { client } = useBroker();
  const { book } = useSeat();
  const { currency } = useBook();
  const { closesAt } = invitation.view;
  const [draft, change, drop] = useDraft<BidFields>(`bid ${invitation.id}`, {
    count: line.countUpTo,
    min: line.blockSize,
    tiers: [{ from: line.blockSize, price: "" }],
    validDays: 30,
  });
  const sending = useSending<Operations["bidPlace"]["answer"]>();
  const deadline = Date.parse(closesAt);
  const now = useNow((shown) => (shown > deadline ? undefined : nextTick(deadline, shown)));
  const isClosed = invitation.status !== "open" || now > deadline;
  const { fields } = draft;
  const rules = { upTo: line.countUpTo, block: line.blockSize, currency: line.cap?.currency ?? currency, closesAt };
  const problems = bidProblems(fields, rules);
  const set = (part: Partial<BidFields>): void => {
    sending.clear();
    change({ ...fields, ...part });
  };
  const setTier = (index: number, part: Partial<TierFields>): void =>
    set({ tiers: fields.tiers.map((tier, at) => (at === index ? { ...tier, ...part } : tier)) });
  const send = async (): Promise<void> => {
    const sent = await sending.send(() =>
      client.call("bidPlace", {
        params: { book, invitation: invitation.id },
        body: bidBody(fields, rules, line.line),
        key: draft.key,
      }),
    );
    if (sent !== undefined) drop();
  };
  const reason = isClosed
    ? "Bids are closed"
    : sending.isSending
      ? "It is being sent"
      : fields.tiers.some(({ price }) => price.trim() === "")
        ? "Say your price"
        : problems.size > 0
          ? "Something above is not right yet"
          : undefined;
  return (
    <>
      {sending.sent === undefined ? undefined : (
        <ReceiptCard receipt={sending.sent.receipt} title="Your sealed bid is recorded" />
      )}
      <SendForm
        title="Your sealed bid"
        foot="Kept as a draft in this browser until you place it. A new bid takes the place of the one before."
        label="Place sealed bid"
        reason={reason}
        failure={sending.failure}
        onSend={() => void send()}
      >
        <div className="grid grid-cols-2 gap-3">
          <CountField
            label="At most"
            value={fields.count}
            onChange={(count) => set({ count })}
            problem={problems.get("count")}
            isDisabled={isClosed}
          />
          <CountField
            label="At least"
            value={fields.min}
            onChange={(min) => set({ min })}
            problem={problems.get("min")}
            isDisabled={isClosed}
          />
        </div>
        {fields.tiers.map((tier, index) => (
          <div
            // oxlint-disable-next-line react/no-array-index-key -- steps have no name but their place
            key={index}
            className={fields.tiers.length > 1 ? "grid grid-cols-[6rem_minmax(0,1fr)] gap-3" : ""}
          >
            {fields.tiers.length > 1 ? (
              <CountField
                label={`From, step ${index + 1}`}
                value={tier.from}
                onChange={(from) => setTier(index, { from })}
                problem={problems.get(`from ${index}`)}
                isDisabled={isClosed}
              />
            ) : undefined}
            <WordsField
              label={fields.tiers.length > 1 ? `Price, step ${index + 1}` : "Price"}
              value={tier.price}
              onChange={(price) => setTier(index, { price })}
              unit={`${rules.currency} per accelerator-hour`}
              problem={tier.price === "" ? undefined : problems.get(`price ${index}`)}
              isDisabled={isClosed}
            />
          </div>
        ))}
        <div className="flex gap-2">
          <Button
            look="quiet"
            onPress={() =>
              set({
                tiers: [...fields.tiers, { from: (fields.tiers.at(-1)?.from ?? 0) + line.blockSize, price: "" }],
              })
            }
            disabledReason={isClosed ? "Bids are closed" : undefined}
          >
            Add a step
          </Button>
          {fields.tiers.length > 1 ? (
            <Button look="quiet" onPress={() => set({ tiers: fields.tiers.slice(0, -1) })}>
              Take the last step away
            </Button>
          ) : undefined}
        </div>
        <CountField
          label="Stands for days after the close"
          value={fields.validDays}
          onChange={(validDays) => set({ validDays })}
          problem={problems.get("validDays")}
          isDisabled={isClosed}
        />
      </SendForm>
    </>
  );
}
