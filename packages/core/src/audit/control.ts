import type { BookEvent } from "../book/events.ts";
import type { Recorded } from "./finding.ts";

/** Over half of a party controls it; in hundredths of a per cent. */
const HALF_BP = 5_000;

/** Who stands above whom, by the owners on record: parties under one control are one holder, one bidder, one buyer (G12). */
export class ControlOnRecord {
  private readonly parties = new Map<string, Recorded<"partyRecorded">["party"]>();

  note(event: BookEvent): void {
    if (event.type === "partyRecorded") this.parties.set(event.party.id, event.party);
  }

  isOneGroup(a: string, b: string): boolean {
    return a === b || this.topOf(a) === this.topOf(b);
  }

  /** The last in the chain of those that control; of a circle, the first by name. */
  private topOf(party: string): string {
    const chain = [party];
    for (;;) {
      const above = this.controllerOf(chain[chain.length - 1] ?? "");
      if (above === undefined) return chain[chain.length - 1] ?? party;
      const seen = chain.indexOf(above);
      if (seen >= 0) return chain.slice(seen).sort()[0] ?? above;
      chain.push(above);
    }
  }

  /** Of several the one with the largest share, of equal ones the first by name. */
  private controllerOf(party: string): string | undefined {
    const controlling = (this.parties.get(party)?.owners ?? []).filter((one) => one.control || one.shareBp > HALF_BP);
    const most = Math.max(...controlling.map((one) => one.shareBp));
    return controlling
      .filter((one) => one.shareBp === most)
      .map((one) => one.party)
      .sort()[0];
  }
}
