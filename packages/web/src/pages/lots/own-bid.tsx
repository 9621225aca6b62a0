import { codesText } from "@offtake/core/explanation";
import type { Schemas } from "@offtake/client";
import { countText } from "../../amounts/counts.ts";
import { moneyText, rateText } from "../../amounts/money.ts";
import { useActing } from "../../app/acting.ts";
import { useBroker, useSeat } from "../../app/broker.ts";
import { Instant } from "../../clock/instant.tsx";
import { Badge } from "../../states/badge.tsx";
import { stateOf } from "../../states/state-of.ts";
import { Button } from "../../surface/button.tsx";

type BidTold = Schemas["Bid"]["view"]["bid"];

/** "512 to 1,024 at $2.31/accelerator-h": what one offered of a line, for one's own eyes. */
function lineText({ countMin, countMax, tiers }: BidTold["lines"][number]): string {
  const count = countMin === countMax ? countText(countMax) : `${countText(countMin)} to ${countText(countMax)}`;
  const prices = tiers.map(
    ({ from, rate }) => `${tiers.length > 1 ? `from ${countText(from)} ` : ""}${rateText(rate)}`,
  );
  return prices.length === 0 ? count : `${count} at ${prices.join(", ")}`;
}

/** A bid of one's own, as only its bidder and after the close the buyer can read it; while it is sealed it can be taken back. */
export function OwnBid({ bid: { id, status, view } }: { readonly bid: Schemas["Bid"] }) {
  const { client } = useBroker();
  const { book } = useSeat();
  const { isBusy, act } = useActing();
  const { bid, why } = view;
  const withdraw = (): Promise<boolean> =>
    act(() => client.call("bidWithdraw", { params: { book, bid: id } }), "Your bid is withdrawn");
  return (
    <li className="space-y-1 px-4 py-2.5">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
        <span className="min-w-0 flex-1 truncate font-mono text-xs">{id}</span>
        <Badge {...stateOf("bids", status)} />
        {status === "sealed" ? (
          <Button
            writes
            operation="bidWithdraw"
            look="quiet"
            onPress={() => void withdraw()}
            disabledReason={isBusy ? "It is being sent" : undefined}
          >
            Withdraw
          </Button>
        ) : undefined}
      </div>
      <ul>
        {bid.lines.map((line) => (
          <li key={line.line}>
            {bid.lines.length === 1 ? undefined : <span className="text-ink-soft">Line {line.line}: </span>}
            {lineText(line)}
          </li>
        ))}
      </ul>
      <p className="text-xs text-ink-soft">
        {bid.package === undefined
          ? ""
          : bid.package.price === undefined
            ? "All lines or none · "
            : `All lines or none, for ${moneyText(bid.package.price)} · `}
        Received <Instant at={bid.receivedAt} />, stands until <Instant at={bid.validUntil} />
      </p>
      {why.length === 0 ? undefined : <p className="text-xs text-breach">{codesText(why)}</p>}
    </li>
  );
}
