import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { CalendarId, Instant } from "../kernel/index.ts";
import { addMs, DAY_MS, formatInstant, HOUR_MS } from "../kernel/index.ts";
import {
  builtinCalendar,
  deemedReceived,
  type HolidayCalendar,
  parseZone,
  respondBy,
  type ZoneId,
} from "../calendar/index.ts";
import { effectOfNotice, noticeRule } from "../agreements/renewal-notice.ts";
import { r1 } from "../agreements/f0.ts";
import { at, found, partyWith, stateOf, version, withClause, world, YEARLY } from "./dates.fixture.ts";
import type { DatesWorld } from "./index.ts";
import { deliveryTo, receiptAtWorst } from "./safe-send.ts";

const renewing = (n: number, unit: "days" | "months" | "business-days", zone: ZoneId, effectiveTo: Instant) =>
  version({ zone, effectiveTo, renewal: { ...YEARLY, notice: { n, unit } } });

/** The last safe instant to stop the first renewal, and the agreement it is about. */
function lastSafe(item: ReturnType<typeof renewing>, party: DatesWorld["party"]): Instant {
  const from = addMs(item.effectiveTo as Instant, -600 * DAY_MS);
  const { dates, unknown } = found(
    world([stateOf([item])], { party }),
    formatInstant(item.effectiveTo as Instant),
    from,
  );
  const date = dates.find(({ what }) => what.kind === "last-notice" && what.ends === item.effectiveTo);
  if (date?.send === undefined) throw new Error(JSON.stringify(unknown));
  return date.send.by;
}

const ZONES = ["America/Los_Angeles", "Europe/Berlin", "Asia/Tokyo", "America/St_Johns"].map(
  (name) => parseZone(name) as ZoneId,
);

describe("the last safe instant to send", () => {
  test("[DAT4] is in time by the count of the engine, and a millisecond later is not: every channel but the last fails", () => {
    const notice = fc.record({
      n: fc.integer({ min: 1, max: 60 }),
      unit: fc.constantFrom("days" as const, "business-days" as const),
    });
    const address = fc.record({
      zone: fc.constantFrom(...ZONES),
      cutoffMs: fc.integer({ min: 8, max: 24 }).map((hours) => hours * HOUR_MS),
      calendars: fc.constantFrom(["us-federal"], ["target"], ["us-federal", "target"]),
      channels: fc.constantFrom(["portal"], ["mail"], ["mail", "courier"], ["mail", "fax", "courier"]),
    });
    const end = fc.integer({ min: 0, max: 900 }).map((days) => at("2027-03-01T08:00:00Z") + days * DAY_MS);
    fc.assert(
      fc.property(notice, address, fc.constantFrom(...ZONES), end, ({ n, unit }, to, zone, ends) => {
        const item = renewing(n, unit, zone, ends as Instant);
        const party = partyWith({ ...to, calendars: [...to.calendars] as string[] as CalendarId[], join: "all" });
        const of = world([stateOf([item])], { party });
        const delivery = deliveryTo(of, item, item.provider);
        const rule = noticeRule(item, YEARLY.notice, builtinCalendar);
        if (!delivery.ok || !rule.ok) throw new Error("Broken belief: the calendars are there");
        const endsIfSentAt = (sentAt: Instant): Instant | undefined => {
          const received = receiptAtWorst(delivery.value, sentAt);
          const counted = noticeRule(item, { n, unit }, builtinCalendar);
          if (!received.ok || !counted.ok || item.renewal === undefined)
            throw new Error("Broken belief: it can be counted");
          const times = { deliveredAt: received.value, deemedReceivedAt: received.value };
          const effect = effectOfNotice(item, item.renewal, counted.value, times);
          return effect.ok ? effect.value.endsAt : undefined;
        };
        const last = lastSafe(item, party);
        expect(endsIfSentAt(last)).toBe(item.effectiveTo);
        expect(endsIfSentAt(addMs(last, 1))).not.toBe(item.effectiveTo);
        expect(endsIfSentAt(addMs(last, DAY_MS))).not.toBe(item.effectiveTo);
        // A first channel that works is in time all the more.
        const atOnce = deemedReceived(last, delivery.value.profile);
        expect(atOnce.ok && atOnce.value <= (receiptAtWorst(delivery.value, last) as { value: Instant }).value).toBe(
          true,
        );
      }),
      { seed: 11, numRuns: 150 },
    );
  });

  test("[DAT4] thirty days before the end of the year: received on 1 December by the recipient's cut-off", () => {
    const item = renewing(30, "days", ZONES[0] as ZoneId, at("2027-01-01T08:00:00Z"));
    const portal = lastSafe(item, () => undefined);
    expect(formatInstant(portal)).toBe("2026-12-02T01:00:00Z"); // Tue 1 Dec 17:00 PST
    const mail = lastSafe(item, partyWith({ channels: ["mail", "courier"] }));
    // Mail of Sunday is waited for until Monday 17:00, and a courier sent then is received on Tuesday 00:00.
    expect(formatInstant(mail)).toBe("2026-11-30T07:59:59.999Z");
  });

  test("[DAT4] a weekend before the last day costs its days", () => {
    // 30 days before Mon 1 Feb 2027 24:00 is Sat 2 Jan: what is received counts on Thursday 31 December at the latest.
    const item = renewing(30, "days", ZONES[0] as ZoneId, at("2027-02-02T08:00:00Z"));
    expect(formatInstant(lastSafe(item, () => undefined))).toBe("2027-01-01T01:00:00Z");
  });

  test("[DAT5] no second channel is waited for where sending counts, or the portal comes first", () => {
    const us = builtinCalendar("us-federal") as HolidayCalendar;
    const of = (channels: string[], rule: "sent" | "delivered" | "acknowledged") => {
      const item = withClause(r1({ delivery: { rule, fallbackAfter: { n: 1, unit: "business-days" } } }));
      const right = item.clauses[0] as ReturnType<typeof r1>;
      const delivery = deliveryTo(world([], { party: partyWith({ channels }) }), item, item.provider, right);
      return delivery.ok ? delivery.value : undefined;
    };
    expect(of(["mail", "courier"], "delivered")?.channels).toEqual(["mail", "courier"]);
    expect(of(["mail", "courier"], "sent")?.channels).toEqual(["mail"]);
    expect(of(["portal", "mail"], "delivered")?.channels).toEqual(["portal"]);
    expect(of(["portal", "mail"], "acknowledged")?.channels).toEqual(["portal", "mail"]);
    expect(of([], "delivered")?.channels).toEqual(["portal"]);
    const day = respondBy(
      { unit: "business-days", n: 1, zone: ZONES[0] as ZoneId, calendars: [us], join: "all", closeMs: 17 * HOUR_MS },
      { deliveredAt: at("2026-11-23T20:00:00Z"), deemedReceivedAt: at("2026-11-23T20:00:00Z") },
    );
    const worst = of(["mail", "courier"], "delivered");
    const received = worst === undefined ? undefined : receiptAtWorst(worst, at("2026-11-23T20:00:00Z"));
    // The fallback is tried a millisecond after the cut-off, so it is received at the beginning of the day after.
    expect(day.ok && formatInstant(day.value.respondBy)).toBe("2026-11-25T01:00:00Z");
    expect(received?.ok === true && formatInstant(received.value)).toBe("2026-11-25T08:00:00Z");
  });
});
