import { createContext, use, useEffect, useState } from "react";
import { type ZoneChoice, type Zones, zoneOf } from "./three-zones.ts";
import { localZone } from "./zoned.ts";

/** How whoever looks wants to see times, and what time it is for the broker. */
export interface Viewing {
  readonly choice: ZoneChoice;
  readonly zones: Zones;
  /** Milliseconds since 1970, as the broker counts them. */
  readonly now: () => number;
  /** Calls `heard` whenever that clock was set: what waited for it looks again. Returns the way to stop. Absent where it only runs. */
  readonly onSet?: (heard: () => void) => () => void;
}

export const ViewingContext = createContext<Viewing>({
  choice: "contract",
  zones: { contract: "UTC", local: localZone() },
  now: () => Date.now(),
});

export const useViewing = (): Viewing => use(ViewingContext);

/** On which clock times are shown. */
export function useZone(): string {
  const { choice, zones } = useViewing();
  return zoneOf(choice, zones);
}

/**
 * The broker's time, asked for again whenever what is shown of it changes.
 *
 * @param next how long until it does, in ms; nothing where it never will
 */
export function useNow(next: (now: number) => number | undefined): number {
  const { now, onSet } = useViewing();
  const [shown, setShown] = useState(now);
  const wait = next(shown);
  useEffect(() => {
    if (wait === undefined) return undefined;
    // A timer may come a little early; asking again then costs one more turn.
    const timer = setTimeout(() => setShown(now()), Math.min(wait + 10, 60_000));
    return () => clearTimeout(timer);
  }, [now, wait, shown]);
  useEffect(() => onSet?.(() => setShown(now())), [now, onSet]);
  return shown;
}
