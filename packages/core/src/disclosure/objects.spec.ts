import { describe, expect, test } from "vitest";
import type { CommitmentClause } from "../agreements/clause.ts";
import { F0 } from "../book/f0.ts";
import type { PartyId } from "../kernel/index.ts";
import {
  concernedBy,
  disclose,
  type DisclosedEvent,
  emptyView,
  feedOf,
  foldEvent,
  foldView,
  listed,
  madeBy,
  type PartyView,
  type ViewKey,
  type ViewKind,
  type ViewObject,
} from "./index.ts";
import { stateAfter } from "./readers.fixture.ts";
import { PRELUDE, SAMPLES } from "./samples.fixture.ts";

const READERS = ["lab", "alfa", "beta", "gamma", "kappa", "corvid", "delta"] as const;

const story = new F0()
  .submit()
  .answer("2026-09-15T18:00:00Z", "alfa", { type: "accept", count: 600, host: "delta" as PartyId, hostCount: 200 })
  .bid("2026-09-17T18:00:00Z", "gamma", 2.6)
  .bid("2026-09-17T19:00:00Z", "delta", 2.7)
  .wait("2026-09-19T17:00:00Z")
  .answer("2026-09-21T18:00:00Z", "beta", { type: "refuse" });

type Objects = Map<ViewKind, Map<string, unknown>>;

/** Folds as rows are folded: each event sees the objects that it says it concerns, and nothing else. */
function foldByObject(feed: readonly DisclosedEvent[]): Objects {
  const rows: Objects = new Map();
  for (const event of feed) {
    const draft = emptyView();
    const mapOf = (kind: ViewKind) => draft[kind] as Map<string, unknown>;
    const keys: readonly ViewKey[] = concernedBy(event);
    for (const { kind, id } of keys) {
      const before = rows.get(kind)?.get(id);
      if (before !== undefined) mapOf(kind).set(id, before);
    }
    foldEvent(draft, event);
    for (const kind of Object.keys(draft) as ViewKind[]) {
      for (const [id, after] of mapOf(kind)) {
        expect(keys).toContainEqual({ kind, id });
        const own = rows.get(kind) ?? new Map<string, unknown>();
        rows.set(kind, own.set(id, after));
      }
    }
  }
  return rows;
}

function objectsOf(view: PartyView): Objects {
  const kinds = Object.keys(view) as ViewKind[];
  return new Map(kinds.map((kind) => [kind, new Map(view[kind] as ReadonlyMap<string, unknown>)]));
}

const withoutEmpty = (objects: Objects): Objects => new Map([...objects].filter(([, map]) => map.size > 0));

describe("a view, kept object by object", () => {
  test("[DSC23] a story comes out as in the whole view, for everybody", () => {
    for (const party of READERS) {
      const feed = feedOf([...PRELUDE, ...story.events], party as PartyId);
      expect(withoutEmpty(foldByObject(feed))).toEqual(withoutEmpty(objectsOf(foldView(feed))));
    }
  });

  test("[DSC23] every type that anybody is told changes no more than it names", () => {
    const feed = Object.values(SAMPLES).flatMap((event) =>
      READERS.flatMap((party) => disclose(event, party as PartyId, stateAfter()) ?? []),
    );
    const twice = [...feed, ...feed.toReversed()];
    expect(withoutEmpty(foldByObject(twice))).toEqual(withoutEmpty(objectsOf(foldView(twice))));
  });
});

describe("what an event makes", () => {
  test("[DSC23] was not there before, in a story, for anybody", () => {
    let count = 0;
    for (const party of READERS) {
      const view = emptyView();
      for (const event of feedOf(story.events, party as PartyId)) {
        for (const { kind, id } of madeBy(event)) {
          expect((view[kind] as Map<string, unknown>).has(id)).toBe(false);
          count += 1;
        }
        foldEvent(view, event);
      }
    }
    expect(count).toBeGreaterThan(10);
  });

  test("[DSC23] is among what it concerns, and is the same whatever was there", () => {
    const made = new Set<string>();
    for (const event of Object.values(SAMPLES).flatMap((one) =>
      READERS.flatMap((party) => disclose(one, party as PartyId, stateAfter()) ?? []),
    ))
      for (const { kind, id } of madeBy(event)) {
        expect(concernedBy(event)).toContainEqual({ kind, id });
        const [fresh, again] = [emptyView(), emptyView()];
        (again[kind] as Map<string, unknown>).set(id, { status: "something else" });
        for (const view of [fresh, again]) foldEvent(view, event);
        expect((again[kind] as Map<string, unknown>).get(id)).toEqual((fresh[kind] as Map<string, unknown>).get(id));
        expect((fresh[kind] as Map<string, unknown>).has(id)).toBe(true);
        made.add(kind);
      }
    expect([...made].sort()).toEqual(["awards", "holds", "invitations", "notices", "requests"]);
  });
});

const COMMITMENT = {
  id: "c1",
  lineageId: "c1",
  kind: "commitment",
  type: "spend",
  obligor: "lab",
  beneficiary: "alfa",
  scope: { Inclusions: [] },
  status: "active",
  schedule: [],
  shortfallBp: 10_000,
  stackPriority: 55,
  defaults: [],
} as unknown as CommitmentClause;

describe("what is listed", () => {
  const committed = {
    ...SAMPLES.agreementRecorded,
    agreement: { ...SAMPLES.agreementRecorded.agreement, clauses: [COMMITMENT] },
  };
  const everything = foldView(
    [...PRELUDE, ...Object.values(SAMPLES), committed].flatMap(
      (event) => disclose(event, "lab" as PartyId, stateAfter()) ?? [],
    ),
  );

  test("[DSC24] the keeper finds objects of every kind that is not of others' alone", () => {
    const found = (Object.keys(everything) as ViewKind[]).filter((kind) => everything[kind].size > 0);
    const ofOthers: ViewKind[] = ["invitations", "bids", "hostings"];
    expect(found.sort()).toEqual(
      (Object.keys(everything) as ViewKind[]).filter((kind) => !ofOthers.includes(kind)).sort(),
    );
  });

  test("[DSC24] every object has a word for how it stands", () => {
    for (const kind of Object.keys(everything) as ViewKind[]) {
      for (const object of (everything[kind] as ReadonlyMap<string, ViewObject>).values())
        expect(listed(kind, object as never).status).toMatch(/^[a-z_]+$/);
    }
  });

  test("[DSC24] a notice falls due while it is open, a bid while it is sealed, an invitation until it ends", () => {
    const at = (events: number, party: string): PartyView =>
      foldView(feedOf(story.events.slice(0, events), party as PartyId));
    const deadlines = (kind: "notices" | "bids" | "invitations", view: PartyView): unknown[] =>
      [...(view[kind] as ReadonlyMap<string, ViewObject>).values()].map((one) => listed(kind, one as never).deadline);
    const opened = story.events.findIndex((event) => event.type === "noticeReceived") + 1;
    const [clock] = story.of("noticeReceived");
    expect(deadlines("notices", at(opened, "alfa"))).toEqual([clock?.respondBy]);
    expect(deadlines("notices", at(story.events.length, "alfa"))).toEqual([undefined]);
    const sealed = story.events.findIndex((event) => event.type === "bidReceived") + 1;
    expect(deadlines("bids", at(sealed, "gamma"))).toEqual([story.of("bidReceived")[0]?.bid.validUntil]);
    expect(deadlines("invitations", at(sealed, "gamma"))).toEqual([story.of("tenderOpened")[0]?.tender.closesAt]);
    expect(deadlines("invitations", at(story.events.length, "gamma"))).toEqual([undefined]);
  });

  test("[DSC24] a request is listed by what it waits for, and once it is closed by how it ended", () => {
    const submitted = SAMPLES.requestSubmitted;
    const request = submitted.request.id;
    const lot = { ...SAMPLES.lotFormed, lot: { ...SAMPLES.lotFormed.lot, request } };
    const status = (...events: readonly DisclosedEvent[]): string => {
      const [one] = [...foldView([submitted, lot, ...events]).requests.values()];
      return one === undefined ? "" : listed("requests", one).status;
    };
    const about = <Event extends DisclosedEvent>(event: Event): Event => ({ ...event, request });
    const held = { ...about(SAMPLES.requestHeld), lot: lot.lot.id };
    const awaited = about(SAMPLES.approvalAwaited);
    const [approval = ""] = awaited.approvals;
    const given = { ...about(SAMPLES.approvalGiven), approval };
    expect(status()).toBe("open");
    expect(status(held)).toBe("held");
    expect(status(held, { ...about(SAMPLES.rightsAssessed), lot: lot.lot.id })).toBe("open");
    expect(status(awaited)).toBe("awaiting_approval");
    expect(status(awaited, given)).toBe("open");
    const voided = { ...about(SAMPLES.approvalsVoided), approvals: [approval] };
    expect(status(awaited, given, voided)).toBe("open");
    expect(status(awaited, given, voided, awaited)).toBe("awaiting_approval");
    expect(status(about(SAMPLES.requestRested))).toBe("resting");
    expect(status(about(SAMPLES.requestClosed))).toBe(SAMPLES.requestClosed.outcome);
    expect(status(about(SAMPLES.requestWithdrawn))).toBe("withdrawn");
  });
});
