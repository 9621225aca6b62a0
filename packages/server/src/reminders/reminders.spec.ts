import { DAY_MS, HOUR_MS, type Instant, type PartyId } from "@offtake/core/kernel";
import type { FeedObject } from "@offtake/store/feeds";
import type { BookName } from "@offtake/store/log";
import { beforeEach, describe, expect, test } from "vitest";
import { ownDatabase } from "../outbox/database.fixture.ts";
import { Outbox } from "../outbox/index.ts";
import { dueReminder, type PartyDeadline, Reminding, remindersOf, slackBody, teamsBody } from "./index.ts";

const BOOK = "aurora" as BookName;
const LAB = "lab" as PartyId;
const at = (text: string): Instant => Date.parse(text) as Instant;
const END = at("2026-12-31T00:00:00Z");

const window = (hours: number): PartyDeadline => ({
  kind: "notices",
  id: "ntc_1",
  at: END,
  since: (END - hours * HOUR_MS) as Instant,
});
const date: PartyDeadline = { kind: "agreements", id: "lab-meridian", at: END, since: at("2026-01-01T00:00:00Z") };

describe("when people are reminded", () => {
  test("of dates: 90, 60, 30, 7 days and a day before, the last two also the deputy", () => {
    expect(remindersOf(date).map(({ left, at: when, toDeputy }) => [left, (END - when) / DAY_MS, toDeputy])).toEqual([
      ["90 days", 90, false],
      ["60 days", 60, false],
      ["30 days", 30, false],
      ["7 days", 7, true],
      ["1 day", 1, true],
    ]);
  });

  test("of windows: at half of the time, a day and an hour before", () => {
    expect(remindersOf(window(120)).map(({ left, at: when }) => [left, (END - when) / HOUR_MS])).toEqual([
      ["half of the time", 60],
      ["24 hours", 24],
      ["1 hour", 1],
    ]);
    expect(remindersOf(window(48)).map(({ left }) => left)).toEqual(["24 hours", "1 hour"]);
  });

  test("of what is due now: the last one only, and none from before the window began or after its end", () => {
    const left = (deadline: PartyDeadline, before: number): string | undefined =>
      dueReminder(deadline, (END - before) as Instant)?.left;
    expect(left(date, 91 * DAY_MS)).toBeUndefined();
    expect(left(date, 90 * DAY_MS)).toBe("90 days");
    expect(left(date, 20 * DAY_MS)).toBe("30 days");
    expect(left(window(3), 2 * HOUR_MS)).toBeUndefined();
    expect(left(window(3), HOUR_MS)).toBe("1 hour");
    expect(left(window(3), -1)).toBeUndefined();
  });
});

describe("chats", () => {
  const message = { title: "Answer <now> & here", text: "ntc_1", link: "https://broker.example/n" };

  test("get a message that links, in the form that each takes", () => {
    expect(slackBody(message)).toEqual({
      text: "*Answer &lt;now&gt; &amp; here*\nntc_1\n<https://broker.example/n|Open>",
    });
    expect(teamsBody(message)).toMatchObject({
      type: "message",
      attachments: [
        { content: { type: "AdaptiveCard", actions: [{ type: "Action.OpenUrl", url: "https://broker.example/n" }] } },
      ],
    });
    expect(JSON.stringify(teamsBody({ title: "a", text: "b" }))).not.toContain("actions");
  });
});

describe("reminding", () => {
  const database = ownDatabase();
  let outbox: Outbox;
  let now = (END - 8 * DAY_MS) as Instant;

  beforeEach(async () => {
    outbox = new Outbox(database.get());
    await database.get().pool.query("truncate deliveries cascade");
  });

  const object = (kind: string, id: string): FeedObject =>
    ({
      kind,
      id,
      party: LAB,
      status: "open",
      deadline: END,
      updatedAt: kind === "agreements" ? date.since : END - 3 * HOUR_MS,
      agreement: "lab-meridian",
      body: "{}",
    }) as unknown as FeedObject;

  function reminding(): Reminding {
    return new Reminding({
      feeds: {
        parties: () => Promise.resolve([LAB]),
        listObjects: (_book, _party, { kind }) =>
          Promise.resolve({
            objects:
              kind === "agreements"
                ? [object(kind, "lab-meridian")]
                : kind === "notices"
                  ? [object(kind, "ntc_1")]
                  : [],
          }),
      },
      books: () => Promise.resolve([BOOK]),
      outbox,
      chats: () => Promise.resolve([{ id: "cht_1", kind: "slack" }]),
      reached: () => Promise.resolve({ owner: "owner@lab.example", deputy: "deputy@lab.example" }),
      zoneOf: () => Promise.resolve("America/Los_Angeles"),
      link: (book, kind, id) => `https://broker.example/${book}/${kind}/${id}`,
      now: () => now,
    });
  }

  const told = async (): Promise<string[]> => (await outbox.list(BOOK, LAB, 50)).map(({ endpoint }) => endpoint).sort();

  test("tells the owner and the chat once, and later the deputy too", async () => {
    now = (END - 20 * DAY_MS) as Instant;
    for (let n = 0; n < 3; n += 1) await reminding().look(BOOK);
    expect(await told()).toEqual(["chat:aurora/cht_1", "mail:owner@lab.example"]);
    now = (END - 7 * DAY_MS) as Instant;
    await reminding().look(BOOK);
    expect((await told()).filter((endpoint) => endpoint.startsWith("mail:"))).toEqual([
      "mail:deputy@lab.example",
      "mail:owner@lab.example",
      "mail:owner@lab.example",
    ]);
  });

  test("says what and by when, and nothing of prices or of others", async () => {
    now = (END - HOUR_MS) as Instant;
    await reminding().look(BOOK);
    const bodies = (await outbox.list(BOOK, LAB, 50)).map(({ body }) => JSON.stringify(body));
    expect(bodies.join()).toContain("Answer to a notice by Wed 30 Dec 2026 16:00 PST");
    expect(bodies.join()).toContain("https://broker.example/aurora/notices/ntc_1");
    for (const body of bodies) expect(body).not.toMatch(/\$|USD|price|meridian cloud/i);
  });
});
