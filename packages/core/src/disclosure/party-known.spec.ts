import { afterEach, describe, expect, test } from "vitest";
import { audit } from "../audit/index.ts";
import { auditMade, F0 } from "../book/f0.ts";
import { datesWorld } from "../book/dates-world.ts";
import { datesOf } from "../dates/index.ts";
import { parseZone, UTC, type ZoneId } from "../calendar/index.ts";
import {
  acceleratorSeconds,
  addMs,
  type BlockId,
  DAY_MS,
  type PartyId,
  type RequestId,
  windowSeconds,
} from "../kernel/index.ts";
import { at } from "../requests/f0.ts";
import { feedOf, foldView, partyCapacity, partyDatesWorld, positionOf } from "./index.ts";

afterEach(() => {
  auditMade(audit);
});

const alfa = "alfa" as PartyId;
const lab = "lab" as PartyId;
const year = { from: at("2026-09-01T00:00:00Z"), to: at("2028-01-01T00:00:00Z") };
const block = {
  id: "a1" as BlockId,
  rootId: "a1" as BlockId,
  provider: alfa,
  acceleratorType: "h100" as never,
  region: "us-west",
  quantity: 2_000,
  window: { from: at("2026-01-01T00:00:00Z"), to: at("2028-01-01T00:00:00Z") },
  firmness: "firm",
  blockSize: 8,
} as const;

describe("what a party knows of its own", () => {
  test("[DSC26] gives it the dates of its agreements and notices, without what is the keeper's", () => {
    const story = new F0().submit();
    const own = datesOf(partyDatesWorld(foldView(feedOf(story.events, alfa)), alfa, lab), year);
    const all = datesOf(datesWorld(story.state, lab), year);
    const mine = all.dates.filter(({ agreement }) => agreement === "lab-alfa");
    const placed = (dates: readonly (typeof mine)[number][]) => dates.map(({ what, at: when }) => [what.kind, when]);
    expect(mine.map(({ what }) => what.kind)).toContain("answer");
    expect(placed(own.dates)).toEqual(placed(mine));
    expect(own.dates.map(({ owner }) => owner).every((owner) => owner === undefined)).toBe(true);
  });

  test("[DSC26] gives a bidder without an agreement none", () => {
    const view = foldView(feedOf(new F0().submit().events, "gamma" as PartyId));
    expect(datesOf(partyDatesWorld(view, "gamma" as PartyId, lab), year)).toEqual({ dates: [], unknown: [] });
  });

  test("[DSC27] takes of its blocks what is held of them, once, also when it is awarded", () => {
    const story = new F0().send("2026-09-01T00:00:00Z", "alfa", { type: "recordBlock", block });
    const free = () => {
      const own = partyCapacity(foldView(feedOf(story.events, alfa))).get(block.id);
      const whole = story.state.capacity.get(block.id);
      expect(own?.calendars[0].freeProfile(year)).toEqual(whole?.calendars[0].freeProfile(year));
      return Math.min(...(own?.calendars[0].freeProfile(year).map(({ level }) => level) ?? []));
    };
    expect(free()).toBe(2_000);
    story.submit().answer("2026-09-16T18:00:00Z", "alfa", { type: "accept", count: 600, rootBlocks: [block.id] });
    expect(story.of("holdPlaced").length).toBeGreaterThan(0);
    expect(free()).toBe(1_400);
    story.bid("2026-09-17T18:00:00Z", "gamma", 2.6).wait("2026-09-19T17:00:00Z");
    story.answer("2026-09-21T18:00:00Z", "beta", { type: "refuse" });
    expect(story.of("awardIssued").length).toBeGreaterThan(0);
    expect(free()).toBe(1_400);
    story.send("2026-10-16T00:00:00Z", "alfa", { type: "withdrawBlock", block: block.id });
    expect(partyCapacity(foldView(feedOf(story.events, alfa))).get(block.id)).toBeUndefined();
  });

  test("[DSC31] gives the keeper its position: what is open as it was asked for, what is awarded where it is", () => {
    const zone = parseZone("America/Los_Angeles") as ZoneId;
    const story = new F0().submit();
    const [request] = story.of("requestSubmitted");
    const [line] = request?.request.lines ?? [];
    const { from = at("2027-01-01T08:00:00Z"), to = from } = line?.window ?? {};
    const window = { from: addMs(from, -40 * DAY_MS), to: addMs(to, 40 * DAY_MS) };
    const cells = (of = window) => positionOf(foldView(feedOf(story.events, lab)), of, zone);
    const sum = (name: "demand" | "secured", of = window) => cells(of).reduce((all, one) => all + one[name], 0n);
    const whole = acceleratorSeconds(line?.count ?? 0, windowSeconds({ from, to }));
    expect([sum("demand"), sum("secured")]).toEqual([whole, 0n]);
    expect(new Set(cells().map(({ acceleratorType }) => acceleratorType))).toEqual(
      new Set([line?.accelerators[0]?.acceleratorType]),
    );
    expect(cells().map(({ requests }) => [...requests])).toEqual(cells().map(() => [request?.request.id]));
    // Every month of it once, in order, and each with the part of it that was asked for.
    const months = cells().map(({ month }) => month);
    expect(months).toEqual([...new Set(months)].sort());
    const first = { from, to: addMs(from, 10 * DAY_MS) };
    expect(sum("demand", first)).toBe(acceleratorSeconds(line?.count ?? 0, windowSeconds(first)));
    // It begins with the year in UTC: in Los Angeles that is in December still.
    expect(cells(first).map(({ month, window: { from: begin, to: end } }) => [month, begin, end])).toEqual([
      ["2026-12", first.from, at("2027-01-01T08:00:00Z")],
      ["2027-01", at("2027-01-01T08:00:00Z"), first.to],
    ]);
    story.answer("2026-09-16T18:00:00Z", "alfa", { type: "accept", count: 600 });
    story.bid("2026-09-17T18:00:00Z", "gamma", 2.6).wait("2026-09-19T17:00:00Z");
    story.answer("2026-09-21T18:00:00Z", "beta", { type: "refuse" });
    const lines = story.of("awardIssued").flatMap(({ award }) => award.lines);
    const awarded = lines.reduce((all, one) => all + acceleratorSeconds(one.count, windowSeconds(one.window)), 0n);
    expect(awarded).toBeGreaterThan(0n);
    expect(sum("secured")).toBe(awarded);
    expect(sum("demand")).toBe(whole);
    expect(positionOf(foldView(feedOf(story.events, alfa)), window, zone)).toEqual([]);
  });

  test("[DSC31] counts what was withdrawn no more", () => {
    const story = new F0().submit();
    const request = story.of("requestSubmitted")[0]?.request.id;
    story.send("2026-09-15T18:00:00Z", "lab", { type: "withdrawRequest", request: request as RequestId });
    const ever = { from: at("2026-01-01T00:00:00Z"), to: at("2031-01-01T00:00:00Z") };
    expect(positionOf(foldView(feedOf(story.events, lab)), ever, UTC)).toEqual([]);
  });
});
