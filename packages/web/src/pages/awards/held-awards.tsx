import type { Schemas } from "@offtake/client";
import { useState } from "react";
import { useActing } from "../../app/acting.ts";
import { useBroker, useSeat } from "../../app/broker.ts";
import { useNames } from "../../app/names.ts";
import { countText } from "../../amounts/counts.ts";
import { moneyText } from "../../amounts/money.ts";
import { Badge } from "../../states/badge.tsx";
import { stateOf } from "../../states/state-of.ts";
import { Button } from "../../surface/button.tsx";
import { Confirm } from "../../surface/confirm.tsx";
import { Panel } from "../../surface/panel.tsx";
import { awardTotals } from "../requests/totals.ts";

const WAITING: ReadonlySet<string> = new Set(["issued", "held"]);

/** Awards that wait for somebody's word: confirmed they bind, declined they go. */
export function HeldAwards({ awards }: { readonly awards: readonly Schemas["Award"][] }) {
  return awards.filter(({ status }) => WAITING.has(status)).map((award) => <Held key={award.id} award={award} />);
}

function Held({ award: { id, status, view } }: { readonly award: Schemas["Award"] }) {
  const { client } = useBroker();
  const { book } = useSeat();
  const nameOf = useNames();
  const { isBusy, act } = useActing();
  const [asks, setAsks] = useState<"confirm" | "decline">();
  if (view.as !== "keeper") return undefined;
  const totals = awardTotals(view.award.lines);
  const decide = (confirm: boolean): void => {
    setAsks(undefined);
    void act(
      async () => {
        // Of the state that stands: who is second is told so, and nothing is decided twice.
        const { etag = "*" } = await client.call("awardRead", { params: { book, award: id } });
        await client.call("awardApprove", { params: { book, award: id }, body: { confirm }, ifMatch: etag });
      },
      confirm ? "The award is confirmed" : "The award is declined",
    );
  };
  const reason = isBusy ? "It is being sent" : undefined;
  return (
    <Panel title="Waits for your word" actions={<Badge {...stateOf("awards", status)} />}>
      <ul className="space-y-1">
        {view.award.lines.map(({ provider, host, count, cost, lot, bid, notice }) => (
          <li key={`${lot} ${bid ?? notice ?? ""} ${host ?? ""}`} className="flex flex-wrap justify-between gap-x-4">
            <span>
              <span className="font-medium">{nameOf(provider)}</span> {countText(count)}
              {host === undefined ? "" : `, run by ${nameOf(host)}`}
            </span>
            <span>{cost === undefined ? "–" : moneyText(cost)}</span>
          </li>
        ))}
      </ul>
      {view.why === undefined ? undefined : <p className="mt-2 text-ink-soft">{view.why}</p>}
      <p className="mt-3 flex flex-wrap items-center gap-2">
        <Button writes operation="awardApprove" look="main" onPress={() => setAsks("confirm")} disabledReason={reason}>
          Confirm {countText(totals.count)}
          {totals.cost === undefined ? "" : ` for ${moneyText(totals.cost)}`}
        </Button>
        <Button writes operation="awardApprove" onPress={() => setAsks("decline")} disabledReason={reason}>
          Decline
        </Button>
      </p>
      <Confirm
        isOpen={asks !== undefined}
        onClose={() => setAsks(undefined)}
        onConfirm={() => decide(asks === "confirm")}
        title={asks === "confirm" ? "Confirm the award?" : "Decline the award?"}
        typed={view.award.request}
        label={asks === "confirm" ? "Confirm it" : "Decline it"}
      >
        <p>
          {asks === "confirm"
            ? "It binds from then on."
            : "Nobody is bound by it; the request goes back to where it was."}
        </p>
      </Confirm>
    </Panel>
  );
}
