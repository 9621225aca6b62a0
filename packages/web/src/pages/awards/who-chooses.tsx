import { useBroker, useSeat } from "../../app/broker.ts";
import { useActing } from "../../app/acting.ts";
import { Button } from "../../surface/button.tsx";
import { Panel } from "../../surface/panel.tsx";
import { type PolicyTold, policyBody } from "./policy.ts";

/** Who chooses once bids are opened: the broker by the buyer's own rules, or somebody between the ways that there are. */
export function WhoChooses({ policy }: { readonly policy: PolicyTold }) {
  const { client } = useBroker();
  const { book, roles } = useSeat();
  const { isBusy, act } = useActing();
  const { autoAward } = policy;
  const change = (): void => {
    void act(
      () => client.call("policyRecord", { params: { book }, body: policyBody(policy, !autoAward) }),
      autoAward ? "Somebody chooses once bids are open" : "The broker awards by itself",
    );
  };
  const reason = roles.includes("procurement") ? (isBusy ? "It is being sent" : undefined) : "This is for procurement";
  return (
    <Panel title="Who chooses">
      <p>
        {autoAward
          ? "The broker awards the least incremental effective cost by itself as soon as bids are open, as your rules say."
          : "Nothing is awarded by itself: once bids are open, somebody chooses here between the ways that there are."}
      </p>
      <p className="mt-3">
        <Button writes operation="policyRecord" onPress={change} disabledReason={reason}>
          {autoAward ? "Let somebody choose" : "Let the broker award by itself"}
        </Button>
      </p>
      <p className="mt-2 text-xs text-ink-soft">
        This is a rule of the whole book, on record as the next version of it.
      </p>
    </Panel>
  );
}
