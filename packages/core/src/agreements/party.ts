import type { CalendarId, Instant, Money, PartyId } from "../kernel/index.ts";
import type { ZoneId } from "../calendar/index.ts";

/** What a party is in this book; one party may hold several roles at once, each with its dates. */
export type RoleName =
  | "buyer"
  | "provider"
  | "host"
  | "holder"
  | "funder"
  | "developer"
  | "licensor"
  | "owner"
  | "announcer";

export interface Role {
  readonly role: RoleName;
  /** First instant of the role; from the beginning when absent. */
  readonly from?: Instant;
  /** First instant after the role; without end when absent. */
  readonly to?: Instant;
}

/** Somebody who owns a part of the party it stands in. */
export interface Owner {
  readonly party: PartyId;
  /** Share in hundredths of a per cent: 4000 is 40 %. */
  readonly shareBp: number;
  /** Control is recorded apart from the share: a minority owner may control. */
  readonly control: boolean;
  /** A recorded independent interest keeps two parties under one control two holders (domain rule G12). */
  readonly independentInterest?: boolean;
}

/** Where and when notices reach a party (domain rule G1). What it leaves out comes from the agreement. */
export interface NoticeParty {
  readonly zone?: ZoneId;
  /** Wall-clock milliseconds of the day; a notice after it is received on the next business day. */
  readonly cutoffMs?: number;
  readonly calendars?: readonly CalendarId[];
  readonly join?: "all" | "any";
  /** In order of preference; the later ones are fallbacks. */
  readonly channels: readonly string[];
}

/** Who may bind the party, and up to how much. A party without signatories is bound by anyone who signs for it. */
export interface Signatory {
  readonly name: string;
  readonly from?: Instant;
  readonly to?: Instant;
  readonly limit?: Money;
}

export interface Party {
  readonly id: PartyId;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly owners: readonly Owner[];
  readonly competitors: readonly PartyId[];
  readonly notice?: NoticeParty;
  readonly signatories?: readonly Signatory[];
}

/** From when on a party is eligible or not, and why; the last one that has begun counts. */
export interface Eligibility {
  readonly from: Instant;
  readonly eligible: boolean;
  readonly reason: string;
}
