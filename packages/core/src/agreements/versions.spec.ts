import { describe, expect, test } from "vitest";
import {
  type AgreementId,
  type ClauseId,
  type Currency,
  type Instant,
  money,
  type PartyId,
  parseInstant,
} from "../kernel/index.ts";
import type { AgreementStatus, AgreementVersion } from "./agreement.ts";
import { agreement, party, r1 } from "./f0.ts";
import { limitOfSigner, mayBind } from "./signatories.ts";
import { type StatusPill, statusPill } from "./status-pill.ts";
import { type AgreementState, clauseEnd, isInForce, standsFor, versionAt } from "./timeline.ts";
import { reachesOpenNotices, versionForNotice, versionKnownAt } from "./versions.ts";

const at = (text: string): Instant => parseInstant(text) as Instant;
const USD = "USD" as Currency;
const JAN = at("2026-01-01T08:00:00Z");
const SEP16 = at("2026-09-16T07:00:00Z");
const v1 = agreement("alfa-msa", { clauses: [r1()] });
const v2 = agreement("alfa-msa", { version: 2, effectiveFrom: SEP16 });
const both = ["lab", "alfa"] as PartyId[];

const state = (changed: Partial<AgreementState> = {}): AgreementState => ({
  id: "alfa-msa" as AgreementId,
  versions: [v1, v2],
  status: "active",
  endings: [],
  assigned: [],
  claimedAssignees: [],
  ...changed,
});

describe("who may bind", () => {
  const alfa = {
    ...party("alfa"),
    signatories: [{ name: "Chen", from: JAN, to: SEP16, limit: money(30_000_000n, USD) }, { name: "Ortiz" }],
  };

  test("[AGR6] a signatory within its dates and up to its limit", () => {
    expect(mayBind(alfa, "Chen", JAN, money(30_000_000n, USD))).toBe(true);
    expect(mayBind(alfa, "Chen", JAN, money(30_000_001n, USD))).toBe(false);
    expect(mayBind(alfa, "Chen", JAN, money(1n, "EUR" as Currency))).toBe(false);
    expect(mayBind(alfa, "Chen", (JAN - 1) as Instant, undefined)).toBe(false);
    expect(mayBind(alfa, "Chen", (SEP16 - 1) as Instant, undefined)).toBe(true);
    expect(mayBind(alfa, "Chen", SEP16, undefined)).toBe(false);
    expect(mayBind(alfa, "Ortiz", SEP16, money(9_000_000_000_000n, USD))).toBe(true);
  });

  test("[AGR25] the largest limit that the signatory has then, in the currency that is asked for", () => {
    const eur = "EUR" as Currency;
    const both = {
      ...alfa,
      signatories: [
        ...alfa.signatories,
        { name: "Chen", limit: money(40_000_000n, USD) },
        { name: "Chen", limit: money(1n, eur) },
      ],
    };
    expect(limitOfSigner(both, "Chen", JAN, USD)).toEqual(money(40_000_000n, USD));
    expect(limitOfSigner(both, "Chen", JAN, eur)).toEqual(money(1n, eur));
    expect(limitOfSigner(alfa, "Chen", SEP16, USD)).toBeUndefined();
    expect(limitOfSigner(alfa, "Ortiz", JAN, USD)).toBeUndefined();
    expect(limitOfSigner(alfa, "Weiss", JAN, USD)).toBeUndefined();
    expect(limitOfSigner(undefined, "Chen", JAN, USD)).toBeUndefined();
  });

  test("[AGR6] nobody else, and anybody for a party without signatories", () => {
    expect(mayBind(alfa, "Weiss", JAN, undefined)).toBe(false);
    expect(mayBind(alfa, undefined, JAN, undefined)).toBe(false);
    expect(mayBind(party("beta"), undefined, JAN, undefined)).toBe(true);
    expect(mayBind({ ...alfa, signatories: [] }, "Weiss", JAN, undefined)).toBe(true);
    expect(mayBind(undefined, "Weiss", JAN, undefined)).toBe(true);
  });
});

describe("versions", () => {
  test("[AGR7] V1: the amendment counts from its first instant", () => {
    expect(versionAt(state(), (JAN - 1) as Instant)).toBeUndefined();
    expect(versionAt(state(), JAN)?.version).toBe(1);
    expect(versionAt(state(), (SEP16 - 1) as Instant)?.version).toBe(1);
    expect(versionAt(state(), SEP16)?.version).toBe(2);
  });

  test("[AGR7] of two from one instant the later recorded, and an ended version brings none back", () => {
    const v3 = { ...v2, version: 3, effectiveTo: at("2026-12-31T08:00:00Z") };
    const versions = state({ versions: [v1, v2, v3] });
    expect(versionAt(versions, SEP16)?.version).toBe(3);
    expect(versionAt(versions, at("2026-12-31T08:00:00Z"))).toBeUndefined();
    expect(isInForce(state())).toBe(true);
    expect(isInForce(state({ status: "draft" }))).toBe(false);
  });

  test("[AGR8] a clause ends with the term, or with the first ending that reaches it", () => {
    const ending = (text: string, clauses?: readonly string[]) => ({
      at: at(text),
      accruedRightsSurvive: true,
      ...(clauses && { clauses: clauses as ClauseId[] }),
    });
    const end = (endings: AgreementState["endings"], version: AgreementVersion = v1) =>
      clauseEnd(state({ endings }), version, "r1" as ClauseId)?.at;
    expect(end([])).toBeUndefined();
    expect(end([ending("2026-09-18T07:00:00Z", ["other"])])).toBeUndefined();
    expect(end([ending("2026-09-18T07:00:00Z", ["r1"]), ending("2026-10-01T07:00:00Z")])).toBe(
      at("2026-09-18T07:00:00Z"),
    );
    expect(end([ending("2026-10-01T07:00:00Z")], { ...v1, effectiveTo: SEP16 })).toBe(SEP16);
  });

  test("[AGR9] V9: ALFA2 stands where ALFA stood, and ALFA3 where ALFA2 did", () => {
    const step = (from: string, to: string) => ({ from: from as PartyId, to: to as PartyId });
    const assigned = [step("alfa", "alfa2"), step("alfa2", "alfa3")];
    expect(standsFor(state({ assigned }), "alfa" as PartyId)).toBe("alfa3");
    expect(standsFor(state({ assigned }), "lab" as PartyId)).toBe("lab");
  });

  test("[AGR10] V7: what is recorded on 5 October does not change what was known before", () => {
    const oct5 = at("2026-10-05T17:00:00Z");
    const sep1 = at("2026-09-01T07:00:00Z");
    const versions = [
      { agreement: v1, recordedAt: JAN },
      { agreement: { ...v2, effectiveFrom: sep1 }, recordedAt: oct5 },
    ];
    const sep14 = at("2026-09-14T17:00:00Z");
    expect(versionKnownAt(versions, sep14, sep14)?.version).toBe(1);
    expect(versionKnownAt(versions, sep14, oct5)?.version).toBe(2);
    expect(versionKnownAt(versions, (sep1 - 1) as Instant, oct5)?.version).toBe(1);
    expect(versionKnownAt(versions, sep14, (JAN - 1) as Instant)).toBeUndefined();
    const ended = [{ agreement: { ...v1, effectiveTo: sep14 }, recordedAt: JAN }];
    expect(versionKnownAt(ended, sep14, oct5)).toBeUndefined();
  });

  test("[AGR11] V1 and V2: a notice keeps its version unless both signed that the change reaches it", () => {
    const reaching = { ...v2, appliesToOpenNotices: { signedBy: both } };
    const oneSided = { ...v2, appliesToOpenNotices: { signedBy: ["lab" as PartyId] } };
    expect(versionForNotice(v1, [v1, v2], SEP16)).toBe(v1);
    expect(versionForNotice(v1, [v1, oneSided], SEP16)).toBe(v1);
    expect(versionForNotice(v1, [v1, reaching], (SEP16 - 1) as Instant)).toBe(v1);
    expect(versionForNotice(v1, [v1, reaching], SEP16)).toBe(reaching);
    expect(versionForNotice(reaching, [{ ...v1, appliesToOpenNotices: { signedBy: both } }, reaching], SEP16)).toBe(
      reaching,
    );
    expect([v2, oneSided, reaching].map(reachesOpenNotices)).toEqual([false, false, true]);
  });
});

describe("status", () => {
  const pill = (
    changed: Partial<AgreementVersion>,
    status: AgreementStatus = "active",
    missing: string[] = [],
  ): StatusPill => statusPill({ ...v1, ...changed }, status, SEP16, missing);
  const until = (text: string) => ({ effectiveTo: at(text) });

  test("[AGR12] from the term", () => {
    expect(pill({})).toEqual({ pill: "evergreen" });
    expect(pill(until("2027-03-15T07:00:00Z"))).toEqual({ pill: "expiring", endsInDays: 180 });
    expect(pill(until("2027-03-15T07:00:00.001Z"))).toEqual({ pill: "active", endsInDays: 181 });
    expect(pill(until("2026-09-16T07:00:00Z"))).toEqual({ pill: "expired" });
    expect(pill({ effectiveFrom: at("2026-09-17T07:00:00Z") }, "signed")).toEqual({
      pill: "executed",
      startsInDays: 1,
    });
  });

  test("[AGR12] what was decided comes first, and a missing fact is named", () => {
    for (const status of ["draft", "conflicted", "suspended", "terminated"] as const) {
      expect(pill(until("2026-01-02T07:00:00Z"), status)).toEqual({ pill: status });
    }
    const { signedAt: _, ...unsigned } = v1;
    expect(statusPill(unsigned, "active", SEP16, ["calendar us-federal 2031"])).toEqual({
      pill: "unknown",
      missing: ["signedAt", "calendar us-federal 2031"],
    });
    expect(statusPill({ ...unsigned, effectiveTo: SEP16 }, "active", SEP16)).toEqual({ pill: "expired" });
  });
});
