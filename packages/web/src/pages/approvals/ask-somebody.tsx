import { useState } from "react";
import { useActing } from "../../app/acting.ts";
import type { Approval } from "../../app/approvals.ts";
import { useBroker, useSeat } from "../../app/broker.ts";
import { Button } from "../../surface/button.tsx";
import { OneOf } from "../fields.tsx";
import { useColleagues } from "./colleagues.ts";

/** Where nobody is left who could decide, an administrator asks somebody else as well; never who proposed it. */
export function AskSomebody({ approval: { approval, proposer } }: { readonly approval: Approval }) {
  const { client } = useBroker();
  const { book } = useSeat();
  const { isBusy, act } = useActing();
  const { members, nameOf } = useColleagues();
  const [person, setPerson] = useState("");
  const ask = (): Promise<boolean> =>
    act(
      () => client.call("approvalAssign", { params: { book, approval }, body: { person } }),
      `${nameOf(person)} is asked as well`,
    );
  return (
    <div className="mt-3 flex flex-wrap items-end gap-2 border-t border-line pt-3">
      <OneOf
        label="Ask somebody else"
        value={person}
        values={members.filter((one) => one.person !== proposer).map((one) => [one.person, nameOf(one.person)])}
        onChange={setPerson}
        none="Choose"
      />
      <Button
        writes
        onPress={() => void ask()}
        disabledReason={person === "" ? "Choose somebody" : isBusy ? "It is being sent" : undefined}
        className="h-8"
      >
        Ask
      </Button>
    </div>
  );
}
