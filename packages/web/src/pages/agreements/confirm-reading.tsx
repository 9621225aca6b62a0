import type { Schemas } from "@offtake/client";
import { useState } from "react";
import { useActing } from "../../app/acting.ts";
import { useBroker, useSeat } from "../../app/broker.ts";
import { tell } from "../../toasts/toasts.tsx";
import { Button } from "../../surface/button.tsx";
import { WordsField } from "../fields.tsx";
import type { ClauseTold } from "./clauses.ts";

interface ConfirmReadingProps {
  readonly agreement: Schemas["Agreement"];
  readonly clause: ClauseTold;
}

/**
 * Somebody who may says that the fields of a clause say what the contract says. It becomes the next version of the agreement, in which nothing
 * else differs; where the agreement has become another one since it was looked at, nothing is confirmed.
 */
export function ConfirmReading({ agreement, clause }: ConfirmReadingProps) {
  const { client } = useBroker();
  const { book, roles } = useSeat();
  const { isBusy, act } = useActing();
  const [isOpen, setOpen] = useState(false);
  const [by, setBy] = useState("");
  const confirm = async (): Promise<void> => {
    const params = { book, agreement: agreement.id };
    const worked = await act(async () => {
      const now = await client.call("agreementRead", { params });
      if (now.value.data.updatedAt !== agreement.updatedAt) {
        tell({ family: "attention", title: "The agreement has changed since you looked at it: look again first" });
        return;
      }
      const body = { clause: clause.id, ...(by.trim() === "" ? {} : { by: by.trim() }) };
      await client.call("agreementConfirm", { params, body, ifMatch: now.etag ?? "" });
      tell({ family: "secured", title: `The reading of ${clause.id} is confirmed` });
    });
    if (worked) setOpen(false);
  };
  if (!isOpen)
    return (
      <div className="mt-2">
        <Button
          writes
          onPress={() => setOpen(true)}
          disabledReason={roles.includes("legal") ? undefined : "Whoever has the role legal confirms a reading"}
        >
          Confirm the reading
        </Button>
      </div>
    );
  return (
    <form
      aria-label={`Confirm the reading of ${clause.id}`}
      className="mt-2 space-y-3"
      onSubmit={(event) => {
        event.preventDefault();
        void confirm();
      }}
    >
      <p className="text-ink">
        You say that the fields above say what{" "}
        {clause.text === undefined ? "the contract says" : "the words of the contract above say"}. It is recorded with a
        name and today's date, as the next version of the agreement, in which nothing else differs.
      </p>
      <WordsField label="Who compared them (you, when left empty)" value={by} onChange={setBy} />
      <div className="flex flex-wrap gap-2">
        <Button writes type="submit" look="main" disabledReason={isBusy ? "It is being sent" : undefined}>
          I have compared them
        </Button>
        <Button onPress={() => setOpen(false)}>Cancel</Button>
      </div>
    </form>
  );
}
