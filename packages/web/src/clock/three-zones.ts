import { deadlineText, momentText } from "./zoned.ts";

/** On whose clock instants are shown: that of the contract, of whoever looks, or UTC. */
export type ZoneChoice = "contract" | "local" | "utc";

export interface Zones {
  /** The zone of the contract, or of the book where no contract has a say. */
  readonly contract: string;
  readonly local: string;
}

export interface InThreeZones {
  readonly text: string;
  /** All three, for whoever points at it. */
  readonly all: readonly { readonly label: string; readonly text: string }[];
  /** RFC 3339, for machines and for copying. */
  readonly utc: string;
}

export function zoneOf(choice: ZoneChoice, zones: Zones): string {
  return { contract: zones.contract, local: zones.local, utc: "UTC" }[choice];
}

/** An instant on the clock that was chosen, and on all three. A deadline keeps the "24:00" of the last millisecond of a day. */
export function inThreeZones(at: number, choice: ZoneChoice, zones: Zones, isDeadline = false): InThreeZones {
  const write = isDeadline ? deadlineText : momentText;
  return {
    text: write(zoneOf(choice, zones), at),
    all: [
      { label: `contract, ${zones.contract}`, text: write(zones.contract, at) },
      { label: `here, ${zones.local}`, text: write(zones.local, at) },
      { label: "UTC", text: write("UTC", at) },
    ],
    utc: new Date(at).toISOString().replace(".000Z", "Z"),
  };
}
