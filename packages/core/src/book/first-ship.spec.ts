import { afterEach, describe, expect, test } from "vitest";
import { audit } from "../audit/index.ts";
import type { Instant, RequestId } from "../kernel/index.ts";
import { at, ONE } from "../requests/f0.ts";
import type { ComputeRequest, RequestLine } from "../requests/request.ts";
import { auditMade, type F0 } from "./f0.ts";
import { announced, shipsFirst } from "./first-ship.fixture.ts";
import { run } from "./run.ts";

const JANUARY = at("2027-01-01T00:00:00Z");
const END = at("2028-01-01T00:00:00Z");
const DECEMBER = { from: at("2026-12-01T00:00:00Z"), to: END };

afterEach(() => {
  auditMade(audit);
});

function announce(world: F0, time: string, changed: Partial<ComputeRequest> = {}, line: Partial<RequestLine> = {}): F0 {
  return world.send(time, "lab", { type: "submitRequest", request: announced(changed, line) });
}

/** Asks for what serves MIRA. */
function serve(world: F0, time: string, id: string, line: Partial<RequestLine> = {}): F0 {
  return world.submit(time, { id: id as RequestId }, { product: "mira", ...line });
}

const asked = (world: F0) => world.of("noticeSent").map(({ notice }) => `${notice.kind} ${notice.request}`);
const tendered = (world: F0) => world.of("tenderOpened").map(({ tender }) => tender.request);
const begins = (world: F0, id: string): readonly Instant[] =>
  [...world.of("lotFormed"), ...world.of("lotRestated")]
    .filter(({ lot }) => lot.request === id)
    .map(({ lot }) => lot.window.from);

describe("the release of a product", () => {
  test("[BOK104] is put to whom it ships first on: without a price, and nothing is taken by its yes", () => {
    const world = announce(shipsFirst(), "2026-09-14T17:00:00Z");
    const notice = world.open("alfa", "first-ship");
    expect(notice.terms).toMatchObject({ product: "mira", count: 1_024, window: { from: JANUARY } });
    expect(notice.terms.price).toBeUndefined();
    world.answer("2026-09-15T17:00:00Z", "alfa", { type: "accept" });
    expect(world.of("holdPlaced")).toEqual([]);
    expect(world.of("requestClosed")).toMatchObject([{ outcome: "announced", awarded: 0, asked: 1_024 }]);
    expect(tendered(world)).toEqual([]);
  });

  test("[BOK104] a request to buy is put to it without the cap that it has", () => {
    const world = serve(shipsFirst(), "2026-09-14T17:00:00Z", "q1");
    expect(world.open("alfa", "first-ship").terms.price).toBeUndefined();
    expect(world.of("lotFormed")[0]?.lot.terms.price).toBeDefined();
  });

  test("[BOK105] what the holder said of it holds for all that serves it, and nobody is asked again", () => {
    const world = announce(shipsFirst(), "2026-09-14T17:00:00Z");
    world.answer("2026-09-15T17:00:00Z", "alfa", { type: "accept" });
    serve(world, "2026-09-16T17:00:00Z", "q1");
    serve(world, "2026-09-16T18:00:00Z", "q2", { product: "MIRA" });
    expect(asked(world)).toEqual(["first-ship mira-release"]);
    expect(world.of("clearanceIssued").map(({ clearance }) => [clearance.reason, clearance.startsFrom])).toEqual([
      ["supported", JANUARY],
      ["supported", JANUARY],
      ["supported", JANUARY],
    ]);
    serve(world, "2026-09-16T19:00:00Z", "q3", { channel: "app" });
    expect(asked(world)).toEqual(["first-ship mira-release", "first-ship q3"]);
  });

  test("[BOK105] what was let pass holds for the tail, and for good once its day has come", () => {
    const world = announce(shipsFirst(), "2026-09-14T17:00:00Z");
    world.answer("2026-09-15T17:00:00Z", "alfa", { type: "refuse" });
    serve(world, "2026-11-15T07:59:59Z", "inside").bid("2026-11-15T07:59:59Z", "gamma", 2.6);
    serve(world, "2026-11-15T08:00:00Z", "after");
    expect(asked(world)).toEqual(["first-ship mira-release", "first-ship after"]);
    const soon = { window: { from: at("2026-10-15T00:00:00Z"), to: END } };
    const out = announce(shipsFirst(), "2026-09-14T17:00:00Z", {}, soon);
    out.answer("2026-09-15T17:00:00Z", "alfa", { type: "refuse" });
    serve(out, "2027-06-01T17:00:00Z", "later", { window: { from: at("2027-07-01T00:00:00Z"), to: END } });
    expect(asked(out)).toEqual(["first-ship mira-release"]);
  });

  test("[BOK105] a release announced anew is asked anew, and the later word counts", () => {
    const world = announce(shipsFirst(), "2026-09-14T17:00:00Z");
    world.answer("2026-09-15T17:00:00Z", "alfa", { type: "refuse" });
    announce(world, "2026-09-16T17:00:00Z", { id: "again" as RequestId });
    world.answer("2026-09-17T17:00:00Z", "alfa", { type: "accept" });
    serve(world, "2026-09-18T17:00:00Z", "q1", { window: DECEMBER, latestStart: JANUARY });
    expect(begins(world, "q1")).toEqual([DECEMBER.from, JANUARY]);
  });

  test("[BOK106] what serves it waits while the holder is asked, goes on by its answer, and asks by itself if the announcement is withdrawn", () => {
    const world = announce(shipsFirst(), "2026-09-14T17:00:00Z");
    serve(world, "2026-09-15T17:00:00Z", "q1");
    expect([asked(world), tendered(world)]).toEqual([["first-ship mira-release"], []]);
    world.answer("2026-09-16T17:00:00Z", "alfa", { type: "accept" });
    expect([asked(world), tendered(world)]).toEqual([["first-ship mira-release"], ["q1"]]);

    const taken = announce(shipsFirst(), "2026-09-14T17:00:00Z");
    serve(taken, "2026-09-15T17:00:00Z", "q1");
    taken.send("2026-09-16T17:00:00Z", "lab", { type: "withdrawRequest", request: "mira-release" as RequestId });
    expect(asked(taken)).toEqual(["first-ship mira-release", "first-ship q1"]);
  });

  test("[BOK106] a lapse frees what waited at the instant at which it falls due", () => {
    const world = announce(shipsFirst(), "2026-09-14T17:00:00Z");
    serve(world, "2026-09-15T17:00:00Z", "q1");
    world.wait("2026-09-25T17:00:00Z");
    expect(tendered(world)).toEqual(["q1"]);
    expect(world.of("clearanceIssued").map(({ clearance }) => clearance.reason)).toEqual(["lapsed", "lapsed"]);
  });

  test("[BOK107] what can wait begins with the holder's launch; of what cannot, only the holder may supply", () => {
    const supported = () =>
      announce(shipsFirst(), "2026-09-14T17:00:00Z").answer("2026-09-15T17:00:00Z", "alfa", { type: "accept" });
    const awards = (world: F0) =>
      world
        .of("awardIssued")
        .flatMap(({ award }) => award.lines.map(({ provider, window }) => [provider, window.from]));
    const patient = serve(supported(), "2026-09-16T17:00:00Z", "q1", { window: DECEMBER, latestStart: JANUARY });
    patient.bid("2026-09-16T17:30:00Z", "gamma", 2.6).bid("2026-09-16T17:30:00Z", "alfa", 2.9);
    expect(awards(patient.wait("2026-09-16T19:00:00Z"))).toEqual([["gamma", JANUARY]]);
    const early = serve(supported(), "2026-09-16T17:00:00Z", "q1", { window: DECEMBER });
    early.bid("2026-09-16T17:30:00Z", "gamma", 2.6).bid("2026-09-16T17:30:00Z", "alfa", 2.9);
    expect(awards(early.wait("2026-09-16T19:00:00Z"))).toEqual([["alfa", DECEMBER.from]]);
    expect(early.of("evaluated")[0]?.evaluation.considered).toEqual(
      expect.arrayContaining([expect.objectContaining({ provider: "gamma", why: "before_first_ship" })]),
    );
  });

  test("[BOK107] nor can the buyer sign with others before it", () => {
    const world = announce(shipsFirst(), "2026-09-14T17:00:00Z");
    world.answer("2026-09-15T17:00:00Z", "alfa", { type: "accept" });
    serve(world, "2026-09-16T17:00:00Z", "q1", { window: DECEMBER });
    const sign = (from: Instant, provider: string) =>
      world.send("2026-09-16T17:10:00Z", "lab", {
        type: "proposeAward",
        request: "q1" as RequestId,
        lines: [
          {
            provider: provider as never,
            count: 1_024,
            price: { microsPerHour: 2_500_000n, currency: "USD" as never },
            window: { from, to: END },
            stated: {},
            rootBlocks: [],
          },
        ],
      });
    sign(DECEMBER.from, "gamma");
    expect([world.rejected, world.awards(), world.of("awardBlocked").map(({ why }) => why)]).toEqual([
      undefined,
      [],
      ["before_first_ship"],
    ]);
    sign(DECEMBER.from, "alfa");
    expect(world.awards()).toEqual([["alfa", 1_024]]);
  });

  test("[BOK107] of several alternatives only those are held back that the right reaches", () => {
    const us = { Inclusions: [{ Dimension: "RegionId", Operator: "In" as const, Values: ["us-*"] }] };
    const world = shipsFirst({ scope: us });
    announce(world, "2026-09-14T17:00:00Z");
    world.answer("2026-09-15T17:00:00Z", "alfa", { type: "accept" });
    const accelerators = [{ acceleratorType: "gb200" as never, factor: ONE }];
    serve(world, "2026-09-16T17:00:00Z", "q1", { accelerators, regions: ["us-central", "eu-west"], window: DECEMBER });
    expect(begins(world, "q1")).toEqual([DECEMBER.from]);
    world.bid("2026-09-16T17:30:00Z", "gamma", 2.6, { region: "us-central" });
    world.bid("2026-09-16T17:30:00Z", "beta", 2.7, { region: "eu-west" });
    expect(world.wait("2026-09-16T19:00:00Z").awards()).toEqual([["beta", 1_024]]);
  });

  test("[BOK108] a request that is revised follows what was said of its release, and is asked about another", () => {
    const world = announce(shipsFirst(), "2026-09-14T17:00:00Z");
    world.answer("2026-09-15T17:00:00Z", "alfa", { type: "accept" });
    serve(world, "2026-09-16T17:00:00Z", "q1");
    const revise = (line: Partial<RequestLine>, version: number) =>
      world.send("2026-09-16T17:10:00Z", "lab", {
        type: "reviseRequest",
        request: {
          ...(world.state.requests.get("q1" as RequestId)?.request as ComputeRequest),
          version,
          lines: [{ ...(world.of("requestSubmitted")[1]?.request.lines[0] as RequestLine), ...line }],
        },
      });
    revise({ window: DECEMBER, latestStart: JANUARY }, 2);
    expect(begins(world, "q1").slice(1)).toEqual([DECEMBER.from, JANUARY]);
    expect(asked(world)).toEqual(["first-ship mira-release"]);
    revise({ product: "nova" }, 3);
    expect(asked(world)).toEqual(["first-ship mira-release", "first-ship q1"]);
  });

  test("[BOK105] what was said outlives the request that it was said of, a rollback and a replay", () => {
    const world = announce(shipsFirst(), "2026-09-14T17:00:00Z");
    world.answer("2026-09-15T17:00:00Z", "alfa", { type: "accept" });
    expect(world.state.requests.size).toBe(0);
    expect(world.state.launches.sortedValues()).toEqual([
      { reason: "supported", planned: JANUARY, startsFrom: JANUARY },
    ]);
    const before = world.state.canonical();
    const mark = world.state.checkpoint();
    run(world.state, {
      type: "submitRequest",
      request: announced({ id: "again" as RequestId }),
      at: at("2026-09-16T17:00:00Z"),
      actor: "lab" as never,
      key: "x",
      nonce: "x",
    });
    world.state.rollback(mark);
    expect(world.state.canonical()).toBe(before);
  });
});
