import { readFileSync } from "node:fs";
import { join } from "node:path";
import ICAL from "ical.js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Desk } from "../../cli.fixture.ts";

const BOOK = `schema: offtake/book@1
keeper: lab
zone: America/Los_Angeles
parties:
  - { id: lab, name: LAB, roles: buyer }
  - { id: alfa, name: ALFA Cloud, roles: provider, notice: { zone: America/New_York, holidays: us-federal, channels: [mail, courier] } }
  - { id: beta, name: BETA, roles: provider }
agreements:
  - name: lab-alfa
    parties: { buyer: lab, provider: alfa }
    effective: { from: 2026-01-01, to: 2026-12-31 }
    holidays: us-federal
    renewal: { kind: automatic, term: 1 year, notice: 30 days }
    owner: R. Weiss
    clauses:
      - { id: spend, kind: commitment, amount: 12000000 USD, drawn: 9100000 USD }
      - { id: review, kind: date, subject: price-review, by: 2027-03-31, notice: 30 days, silence: The prices stay, owner: Finance }
`;
const TOKYO = `  - name: lab-beta
    parties: { buyer: lab, provider: beta }
    effective: { from: 2026-01-01, to: 2028-01-31 }
    zone: Asia/Tokyo
    holidays: japan
    renewal: { kind: automatic, term: 1 year, notice: 30 business days }
`;
const FROM = ["--from", "2026-11-23"] as const;

let desk: Desk;

beforeAll(() => {
  desk = new Desk();
  desk.write("book.yaml", BOOK);
  desk.write("tokyo/book.yaml", BOOK + TOKYO);
  desk.write("stopped/book.yaml", `${BOOK}renewalNotices: [{ agreement: lab-alfa, by: lab, delivered: 2026-11-16 }]\n`);
});

afterAll(() => desk.clear());

interface Listed {
  readonly dates: readonly Readonly<Record<string, unknown>>[];
  readonly unknown: readonly Readonly<Record<string, unknown>>[];
}
const json = (text: string): Listed => JSON.parse(text) as Listed;

describe("offtake dates", () => {
  test("lists the dates of this folder by month, with marks that need no colour", async () => {
    const { code, out, err } = await desk.run(["dates", "book.yaml", ...FROM]);
    expect(err).toBe("");
    expect(code).toBe(0);
    expect(out).toContain(`November 2026
  !! Mon 30 Nov 2026 24:00 PST, in 7 days
      last day to stop the renewal: lab-alfa
      Last safe instant: LAB sends to ALFA Cloud by mail, with time left for courier. Received by
      Tue 1 Dec 2026 24:00 PST it is in time.
      No notice by Tue 1 Dec 2026 24:00 PST = renews to Fri 31 Dec 2027 24:00 PST.
      Owner: R. Weiss. By default, as nobody has stated it: renewal.noticeBy, renewal.to,
      renewal.late.
`);
    expect(out).toMatch(/\nDecember 2026\n[^]*\nFebruary 2027\n/);
    expect(out).toContain("4 dates, 3 of them for LAB to act on; the next by Mon 30 Nov 2026 24:00 PST.");
  });

  test("the default is the book of this folder, for 180 days from now", async () => {
    const alone = new Desk();
    alone.write("book.yaml", BOOK);
    const { code, out } = await alone.run(["dates", "--json"]);
    expect(code).toBe(0);
    expect(Object.keys(json(out))).toEqual(["from", "to", "dates", "unknown"]);
    alone.clear();
  });

  test("in a folder without a book it says what to do", async () => {
    const empty = new Desk();
    const { code, out, err } = await empty.run(["dates"]);
    expect([code, out]).toEqual([5, ""]);
    expect(err).toContain(
      "this folder holds no book: name one (offtake dates my-book/), or make one (offtake init my-book)",
    );
    empty.clear();
  });

  test("tells machines instants in UTC, the zone of the clause, and what silence means", async () => {
    const { out } = await desk.run(["dates", "book.yaml", ...FROM, "--json"]);
    expect(json(out).dates[0]).toMatchObject({
      id: "lab-alfa/last-notice/0",
      kind: "last-notice",
      owner: "R. Weiss",
      due: "2026-12-01T07:59:59.999Z",
      sendBy: "2026-12-01T07:59:59.999Z",
      at: "2026-12-02T07:59:59.999Z",
      atIs: "by",
      zone: "America/Los_Angeles",
      channels: ["mail", "courier"],
      urgency: "now",
      silence: "No notice by Tue 1 Dec 2026 24:00 PST = renews to Fri 31 Dec 2027 24:00 PST.",
    });
  });

  test.each([
    [["--owner", "finance"], ["date"]],
    [["--owner", "nobody"], []],
    [["--within", "10d"], ["last-notice"]],
    [["--within", "2 weeks"], ["last-notice"]],
    [
      ["--within", "1y"],
      ["last-notice", "renewal", "commitment", "date"],
    ],
    [
      ["--within", "13m"],
      ["last-notice", "renewal", "commitment", "date", "last-notice"],
    ],
    [
      ["--from", "2026-12-01T12:00:00Z", "--within", "1 month"],
      ["last-notice", "renewal", "commitment"],
    ],
  ])("with %j it lists %j", async (options, kinds) => {
    const { code, out } = await desk.run(["dates", "book.yaml", ...FROM, ...options, "--json"]);
    expect(code).toBe(0);
    expect(json(out).dates.map(({ kind }) => kind)).toEqual(kinds);
  });

  test("a renewal that was stopped is an end, and there is nothing to be done about it; who has no dates is told who has", async () => {
    const nobody = await desk.run(["dates", "book.yaml", ...FROM, "--owner", "nobody"]);
    expect(nobody.out).toContain("Nothing falls in this time. Owners with dates in it: Finance, R. Weiss.");
    const { out } = await desk.run(["dates", "stopped", ...FROM, "--within", "60d"]);
    expect(out).toContain("ends by notice: lab-alfa");
    expect(out).not.toContain("last day to stop the renewal");
  });

  test("what cannot be worked out is told after what can be, and ends with 1", async () => {
    const { code, out, err } = await desk.run(["dates", "tokyo", ...FROM, "--within", "2y"]);
    expect(code).toBe(1);
    expect(out).toContain("last day to stop the renewal: lab-alfa");
    expect(err).toContain(
      "the last day to stop the renewal of lab-beta cannot be told: Calendar japan does not cover 2028",
    );
    expect(err).toContain("[calendar_year_unknown]");
    const { out: machines } = await desk.run(["dates", "tokyo", ...FROM, "--within", "2y", "--json"]);
    expect(json(machines).unknown).toMatchObject([{ agreement: "lab-beta", about: "last-notice" }]);
  });

  test.each([
    [["dates", "nowhere"], 5, "file_not_found"],
    [["dates", "book.yaml", "--within", "soon"], 3, "usage"],
    [["dates", "book.yaml", "--within", "30 business days"], 3, "usage"],
    [["dates", "book.yaml", "--from", "tomorrow"], 3, "usage"],
    [["dates", "book.yaml", "--ics", "missing/d.ics"], 1, "file_unwritable"],
    [["dates", "book.yaml", "--ics", "book.yaml"], 3, "file_exists"],
  ])("%j ends with %i and %s, and writes nothing", async (args, code, word) => {
    const ran = await desk.run([...args, "--json"]);
    expect(ran.code).toBe(code);
    expect(ran.err).toContain(`[${word}]`);
    expect(readFileSync(join(desk.folder, "book.yaml"), "utf8")).toBe(BOOK);
  });
});

describe("its calendar file", () => {
  const read = (text: string) =>
    new ICAL.Component(ICAL.parse(text) as unknown[]).getAllSubcomponents("vevent").map((event) => {
      const value = (name: string): unknown => event.getFirstPropertyValue(name);
      return {
        uid: value("uid"),
        sequence: value("sequence"),
        end: (value("dtend") as ICAL.Time).toJSDate().toISOString(),
        summary: value("summary"),
        description: String(value("description")),
        status: value("status"),
        alarms: event.getAllSubcomponents("valarm").map((alarm) => String(alarm.getFirstPropertyValue("trigger"))),
      };
    });
  const write = async (book: string, file: string, from: string = FROM[1]) => {
    const ran = await desk.run(["dates", book, "--from", from, "--ics", file]);
    expect(ran.code).toBe(0);
    const text = readFileSync(join(desk.folder, file), "utf8");
    return { text, events: read(text), told: ran.err };
  };

  test("is read back by another program, with its alarms", async () => {
    const { text, events, told } = await write("book.yaml", "a.ics");
    expect(told).toBe("a.ics: 4 events, 4 new, 0 changed, 0 cancelled\n");
    expect(events[0]).toEqual({
      uid: "lab-alfa/last-notice/0@offtake",
      sequence: 0,
      end: "2026-12-01T07:59:59.000Z",
      summary: "Act: last day to stop the renewal: lab-alfa",
      description: expect.stringContaining(
        "No notice by Tue 1 Dec 2026 24:00 PST = renews to Fri 31 Dec 2027 24:00 PST.",
      ),
      status: "CONFIRMED",
      alarms: ["-P30D", "-P7D", "-P1D"],
    });
    for (const line of text.split("\r\n")) expect(new TextEncoder().encode(line).length).toBeLessThanOrEqual(75);
    expect(text.endsWith("END:VCALENDAR\r\n")).toBe(true);
  });

  test("written again without a change it has the same bytes", async () => {
    const first = await write("book.yaml", "same.ics");
    const again = await write("book.yaml", "same.ics", "2026-11-24");
    expect(again.text).toBe(first.text);
    expect(again.told).toBe("same.ics: 4 events, 0 new, 0 changed, 0 cancelled\n");
  });

  test("what has moved keeps its name and counts up; what is gone is cancelled; what is new is added", async () => {
    await write("book.yaml", "moving.ics");
    desk.write("moved/book.yaml", BOOK.replace("by: 2027-03-31", "by: 2027-04-30"));
    const moved = await write("moved", "moving.ics");
    expect(moved.told).toBe("moving.ics: 4 events, 0 new, 1 changed, 0 cancelled\n");
    const review = moved.events.find(({ uid }) => uid === "lab-alfa/review/date/0@offtake");
    expect(review).toMatchObject({ sequence: 1, end: expect.stringContaining("2027-03-31T06") });
    const stopped = await write("stopped", "moving.ics");
    expect(stopped.told).toBe("moving.ics: 2 events, 1 new, 0 changed, 3 cancelled\n");
    const cancelled = stopped.events.filter(({ status }) => status === "CANCELLED");
    expect(cancelled.map(({ uid, sequence, alarms }) => [uid, sequence, alarms])).toEqual([
      ["lab-alfa/last-notice/0@offtake", 1, []],
      ["lab-alfa/renewal/1@offtake", 1, []],
      ["lab-alfa/review/date/0@offtake", 2, []],
    ]);
    const again = await write("stopped", "moving.ics");
    expect(again.told).toBe("moving.ics: 2 events, 0 new, 0 changed, 0 cancelled\n");
  });

  test("goes to stdout for -, alone", async () => {
    const { out, err } = await desk.run(["dates", "book.yaml", ...FROM, "--ics", "-"]);
    expect(err).toBe("");
    expect(read(out)).toHaveLength(4);
  });
});
