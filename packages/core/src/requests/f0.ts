import {
  type AcceleratorType,
  type Currency,
  type Instant,
  type LotId,
  type PartyId,
  parseInstant,
  type Rate,
  type Rational,
  type RequestId,
  rational,
} from "../kernel/index.ts";
import { atomise } from "./atomise.ts";
import type { Lot } from "./lot.ts";
import type { ComputeRequest, RequestLine } from "./request.ts";
import type { Terms } from "./terms.ts";

/** Makers for specs, after the fixture F0 of the conformance table: 1,024 GB200 in us-central for 2027 at up to $3.000. */

export const USD = "USD" as Currency;

export function usd(price: number): Rate {
  return { microsPerHour: BigInt(Math.round(price * 1_000_000)), currency: USD };
}

export function at(text: string): Instant {
  const instant = parseInstant(text);
  if (instant === undefined) throw new Error(`Broken belief: ${text} is an instant`);
  return instant;
}

export const YEAR_2027 = { from: at("2027-01-01T00:00:00Z"), to: at("2028-01-01T00:00:00Z") };
export const ONE: Rational = rational(1n);

export function q1Line(changed: Partial<RequestLine> = {}): RequestLine {
  return {
    accelerators: [{ acceleratorType: "gb200" as AcceleratorType, factor: ONE }],
    count: 1_024,
    blockSize: 8,
    gangMin: 8,
    divisible: true,
    regions: ["us-central"],
    window: YEAR_2027,
    purposes: [{ purpose: "inference" }],
    cap: usd(3),
    stated: {},
    switchingCosts: [],
    ...changed,
  };
}

export function q1(changed: Partial<ComputeRequest> = {}, line: Partial<RequestLine> = {}): ComputeRequest {
  return {
    id: "q1" as RequestId,
    version: 1,
    buyer: "lab" as PartyId,
    lines: [q1Line(line)],
    unfilled: "keep",
    approvals: [],
    ...changed,
  };
}

/** Ids lot_1, lot_2, ... */
export function lotIds(): () => LotId {
  let given = 0;
  return () => {
    given += 1;
    return `lot_${given}` as LotId;
  };
}

export function q1Lot(line: Partial<RequestLine> = {}): Lot {
  return atomise(q1({}, line), lotIds())[0] as Lot;
}

export function q1Terms(line: Partial<RequestLine> = {}): Terms {
  return q1Lot(line).terms;
}
