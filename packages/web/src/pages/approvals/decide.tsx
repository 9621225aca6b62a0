import { useState } from "react";
import { useActing } from "../../app/acting.ts";
import type { Approval } from "../../app/approvals.ts";
import { useBroker, useSeat } from "../../app/broker.ts";
import { moneyText } from "../../amounts/money.ts";
import { Button } from "../../surface/button.tsx";
import { LongTextField } from "../fields.tsx";
import { actWord, moneyOf } from "./told.ts";

interface DecideProps {
  readonly approval: Approval;
  readonly word: "give" | "deny";
  readonly onDone: () => void;
}

/** Agrees, or does not: why is asked of whoever does not. What is decided stays so. */
export function Decide({ approval, word, onDone }: DecideProps) {
  const { client } = useBroker();
  const { book } = useSeat();
  const { isBusy, act } = useActing();
  const [note, setNote] = useState("");
  const gives = word === "give";
  const { decisions, rule, act: asked, subject } = approval;
  const amount = moneyOf(asked["amount"]);
  const isLast = decisions.length + 1 >= rule.people;
  const send = async (): Promise<void> => {
    const given = {
      params: { book, approval: approval.approval },
      body: note.trim() === "" ? {} : { note: note.trim() },
    };
    const worked = await act(
      () => client.call(gives ? "approvalGive" : "approvalDeny", given),
      gives ? `You agreed to ${subject}` : `You refused ${subject}`,
    );
    if (worked) onDone();
  };
  const reason = isBusy ? "It is being sent" : !gives && note.trim() === "" ? "Say why" : undefined;
  return (
    <form
      aria-label={gives ? "Approve" : "Refuse"}
      className="space-y-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (reason === undefined) void send();
      }}
    >
      <p>
        {gives
          ? isLast
            ? "It is done as it was proposed as soon as you agree"
            : "Others have to agree as well before it is done"
          : "One refusal is enough: it is not done"}
        {gives && amount !== undefined ? `, for ${moneyText(amount)} at most.` : "."} This cannot be taken back.
      </p>
      <LongTextField
        label={gives ? "Note (may be left out)" : "Why"}
        value={note}
        onChange={setNote}
        note="For your own party; it stays on record."
      />
      <div className="flex flex-wrap gap-2">
        <Button writes type="submit" look={gives ? "main" : "severe"} disabledReason={reason}>
          {gives ? `Approve ${actWord(approval).toLowerCase()}` : `Refuse ${actWord(approval).toLowerCase()}`}
        </Button>
        <Button onPress={onDone}>Cancel</Button>
      </div>
    </form>
  );
}

/** Whoever proposed it takes it back, with all that went together. */
export function TakeBack({ approval }: { readonly approval: Approval }) {
  const { client } = useBroker();
  const { book } = useSeat();
  const { isBusy, act } = useActing();
  const params = { book, approval: approval.approval };
  return (
    <Button
      writes
      look="quiet"
      onPress={() => void act(() => client.call("approvalWithdraw", { params }), "Your proposal is taken back")}
      disabledReason={isBusy ? "It is being sent" : undefined}
    >
      Take back
    </Button>
  );
}
