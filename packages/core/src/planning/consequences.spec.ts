import { describe, expect, test } from "vitest";
import { agreement, r1 } from "../agreements/f0.ts";
import type { RightClause } from "../agreements/clause.ts";
import { F0 } from "../book/f0.ts";
import type { PartyId } from "../kernel/index.ts";
import { at } from "../requests/f0.ts";
import { type Change, consequencesOf } from "./consequences.ts";

const LAB = "lab" as PartyId;
const NOW = at("2026-09-16T17:00:00Z");
const CARVED: Partial<RightClause> = {
  carveOuts: [
    { id: "inference", scope: { Inclusions: [{ Dimension: "x_Purpose", Operator: "In", Values: ["inference"] }] } },
  ],
};

/** A second version of the agreement of ALFA, signed by both so that it also holds for what is open. */
function amended(clause: Partial<RightClause>, version = 2): Change {
  const text = agreement("lab-alfa", {
    version,
    clauses: [r1(clause)],
    effectiveFrom: at("2026-09-01T07:00:00Z"),
    appliesToOpenNotices: { signedBy: ["lab", "alfa"] as PartyId[] },
  });
  return { actor: LAB, body: { type: "recordAgreement", agreement: text, activate: true } };
}

describe("what a change of agreements does to what is open", () => {
  test("[PLN31] a right that no longer reaches a request lets its notice go, and the market opens earlier", () => {
    const story = new F0({ without: ["r2"] }).submit();
    const found = consequencesOf(story.state, [amended(CARVED)], NOW);
    if (!found.ok) throw new Error(found.rejection.detail);
    const { open, changed, notices, asked, complete } = found.value;
    expect({ open, asked, complete }).toEqual({ open: 1, asked: [], complete: true });
    expect(notices).toMatchObject([{ request: "q1", holder: "alfa", before: "lapsed", after: "withdrawn" }]);
    expect(changed).toHaveLength(1);
    const [only] = changed;
    expect(only?.market?.after?.opensAt).toBe(NOW);
    expect(only?.market?.before?.opensAt).toBeGreaterThan(NOW);
  });

  test("[PLN31] a change that reaches nothing that is open changes nothing", () => {
    const story = new F0({ without: ["r2"] }).submit();
    const same = consequencesOf(story.state, [amended({})], NOW);
    expect(same).toMatchObject({ ok: true, value: { open: 1, changed: [], notices: [], asked: [] } });
    const longer = consequencesOf(story.state, [amended({ window: { n: 10, unit: "business-days" } })], NOW);
    expect(longer).toMatchObject({ ok: true, value: { changed: [{ request: "q1" }], notices: [] } });
    const nothing = consequencesOf(new F0().state, [amended(CARVED)], NOW);
    expect(nothing).toMatchObject({ ok: true, value: { open: 0, changed: [], notices: [] } });
  });

  test("[PLN31] who would be asked about what is open is named", () => {
    const story = new F0({ without: ["r1", "r2"] }).submit();
    const fresh = {
      ...agreement("lab-beta", { clauses: [r1({ holder: "beta" as PartyId })] }),
      provider: "beta" as PartyId,
    };
    const found = consequencesOf(
      story.state,
      [
        { actor: LAB, body: { type: "recordAgreement", agreement: fresh, activate: true } },
        { actor: LAB, body: { type: "withdrawRequest", request: "q1" as never } },
        {
          actor: LAB,
          body: {
            type: "submitRequest",
            request: { ...(story.state.requests.sortedValues()[0]?.request as never as object), id: "q1" } as never,
          },
        },
      ],
      NOW,
    );
    expect(found).toMatchObject({ ok: true, value: { asked: ["beta"] } });
  });

  test("[PLN30] leaves the book as it was", () => {
    const story = new F0().submit();
    const before = story.state.canonical();
    consequencesOf(story.state, [amended(CARVED)], NOW);
    expect(story.state.canonical()).toBe(before);
  });

  test("[PLN32] a change that would be rejected tells so", () => {
    const story = new F0().submit();
    const twice = consequencesOf(story.state, [amended(CARVED, 1)], NOW);
    expect(twice).toMatchObject({ ok: false, rejection: { code: "duplicate_id" } });
  });
});
