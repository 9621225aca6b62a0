import { useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { PartyStrip } from "../parties/party-strip.tsx";
import { Button } from "../surface/button.tsx";
import { useBroker, useSeat } from "./broker.ts";

const HOUR_MS = 3_600_000;

/** In a story: with whose eyes one looks, and the clock that can be set forward. */
export function DemoStrip() {
  const { transport } = useBroker();
  const seat = useSeat();
  const { demo } = useSearch({ from: "__root__" });
  const [isMoving, setIsMoving] = useState(false);
  const { clock } = transport;
  if (clock === undefined) return undefined;
  const move = (to: () => number | undefined): void => {
    const at = to();
    if (at === undefined) return;
    setIsMoving(true);
    void clock.moveTo(at).finally(() => setIsMoving(false));
  };
  const busy = isMoving ? { disabledReason: "The clock is moving" } : {};
  const next = clock.nextDue();
  return (
    <PartyStrip name={seat.name ?? seat.party} why="demo">
      <span className="text-xs text-ink-soft max-sm:sr-only">{demo}: move its clock</span>
      <Button onPress={() => move(() => transport.now() + HOUR_MS)} {...busy}>
        +1 h
      </Button>
      <Button onPress={() => move(() => transport.now() + 24 * HOUR_MS)} {...busy}>
        +1 d
      </Button>
      <Button
        onPress={() => move(() => clock.nextDue())}
        {...(next === undefined ? { disabledReason: "Nothing falls due" } : busy)}
      >
        To the deadline
      </Button>
    </PartyStrip>
  );
}
