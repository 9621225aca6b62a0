import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hasBrowser } from "./browser.fixture.ts";
import { type Desk, type Exchange, ServedStory } from "./served-story.fixture.ts";
import { toldOf } from "./told.fixture.ts";

/** The notice is answered, the market is open, nobody has bid. */
const MARKET_OPEN = "2026-03-11T12:00:00Z";
const AFTER_CLOSE = "2026-03-13T00:00:01Z";
/** What is compared before and after; what else there is, is searched at the end. */
const COMPARED = ["/queue", "/awards", "/capacity", "/prices"] as const;
const OTHERS = ["/agreements", "/dates", "/evidence"] as const;
const RIVALS = ["ember", "northlight", "meridian"] as const;
type Rival = (typeof RIVALS)[number];

/** What one rival must never meet on its wire: names, prices and counts of the others. */
const SECRETS: Readonly<Record<Rival, readonly string[]>> = {
  ember: ["northlight", "meridian", "corvid", "2.44", "2.43", "2.55", "2500"],
  northlight: ["ember", "meridian", "corvid", "2.31", "2.55", "2500"],
  meridian: ["ember", "northlight", "2.31", "2.44", "2.43"],
};
/** Where "ember" and its like are parts of other words. */
const plain = (text: string): string =>
  text.replaceAll(/member(?:s|ships)?|november|december|september|remember/gi, "");

const VARIES = new Set(["date", "content-length", "keep-alive", "connection", "transfer-encoding"]);

/** An exchange without the clock: what a rival could compare before and after. */
function stilled({ asked, status, headers, text }: Exchange): string {
  const kept = Object.entries(JSON.parse(headers) as Record<string, string>).filter(([name]) => !VARIES.has(name));
  const clock = /"(?:from|to)":"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z"/g;
  const path = asked.replace(/\?.*$/, "");
  // Only what looks ahead from now carries the clock in what it is asked and answers.
  const body = /capacity|dates/.test(path) ? text.replaceAll(clock, "") : text;
  return `${path} ${status} ${JSON.stringify(kept)} ${body}`;
}

describe.skipIf(!hasBrowser())("three rivals in three browsers", { timeout: 240_000 }, () => {
  let story: ServedStory;
  const desks = new Map<Rival, Desk>();
  const deskOf = (rival: Rival): Desk => {
    const desk = desks.get(rival);
    if (desk === undefined) throw new Error(`Broken belief: ${rival} has a desk`);
    return desk;
  };

  /** Looks at pages, and returns what went over the wire meanwhile, each thing once. */
  async function lookAtAll(rival: Rival, paths: readonly string[] = COMPARED): Promise<readonly string[]> {
    const { page, log, quiet } = deskOf(rival);
    await quiet();
    const from = log.length;
    for (const path of paths) {
      await page.goto(story.origin + path);
      await page.getByRole("heading", { level: 1 }).waitFor();
      await page.getByText("live", { exact: true }).waitFor({ state: "attached" });
      await quiet();
    }
    await page.goto(`${story.origin}/offers`);
    await page.getByRole("row").nth(1).click();
    await page.getByRole("timer").waitFor();
    await page.locator("[aria-busy=true], [role=status][aria-label^=Loading]").waitFor({ state: "detached" });
    await quiet();
    return [...new Set(log.slice(from).map(stilled))].toSorted();
  }

  async function bid(rival: Rival, price: string): Promise<void> {
    const { page } = deskOf(rival);
    await page.goto(`${story.origin}/offers`);
    await page.getByRole("row").nth(1).click();
    await page.getByRole("textbox", { name: "Price" }).fill(price);
    await page.getByRole("textbox", { name: "Price" }).press("Tab");
    await page.getByRole("button", { name: "Place sealed bid" }).click();
    await page.getByText("Your sealed bid is recorded").waitFor();
  }

  beforeAll(async () => {
    story = await ServedStory.start(MARKET_OPEN);
    for (const rival of RIVALS) desks.set(rival, await story.desk(rival, "/queue"));
  }, 180_000);
  afterAll(async () => {
    for (const { close } of desks.values()) await close();
    await story.close();
  }, 120_000);

  test("[C1] nothing that one is told changes when another looks, bids, or bids again", async () => {
    const before = await lookAtAll("ember");
    expect(before.length).toBeGreaterThan(10);
    await lookAtAll("northlight");
    await bid("northlight", "2.44");
    await bid("northlight", "2.43");
    expect(await lookAtAll("ember")).toEqual(before);
    const others = await lookAtAll("northlight");
    await bid("ember", "2.31");
    expect(await lookAtAll("northlight")).toEqual(others);
    // One's own bid is there: what is compared can differ.
    expect(await lookAtAll("ember")).not.toEqual(before);
  });

  test("[C1] nor does anything change for them when the holder of a right takes all that it is asked", async () => {
    const opening = await ServedStory.start();
    const rivals: Desk[] = [];
    for (const rival of ["ember", "northlight"] as const) rivals.push(await opening.desk(rival, "/queue"));
    /** What goes over the wire of each while it looks at all that there is. */
    const looks = async () => {
      const seen: (readonly string[])[] = [];
      for (const { page, log, quiet } of rivals) {
        await quiet();
        const from = log.length;
        for (const path of [...COMPARED, ...OTHERS, "/offers"]) {
          await page.goto(opening.origin + path);
          await page.getByRole("heading", { level: 1 }).waitFor();
          await page.getByText("live", { exact: true }).waitFor({ state: "attached" });
          await quiet();
        }
        seen.push([...new Set(log.slice(from).map(stilled))].toSorted());
      }
      return seen;
    };
    const before = await looks();
    expect(before.every((one) => one.length > 10)).toBe(true);
    const { data } = (await (await opening.call("meridian", "GET", "/notices")).json()) as {
      readonly data: readonly { readonly id: string }[];
    };
    const path = `/notices/${data[0]?.id ?? ""}/answers`;
    const answered = await opening.call("meridian", "POST", path, { type: "accept", count: 4_096 });
    expect(answered.status).toBe(200);
    expect(await looks()).toEqual(before);
    for (const { close } of rivals) await close();
    await opening.close();
  });

  test("[C3] the bid of another is the same nothing as one that was never made", async () => {
    const { data } = (await (await story.call("northlight", "GET", "/bids")).json()) as {
      readonly data: readonly { readonly id: string }[];
    };
    const [own] = data;
    if (own === undefined) throw new Error("Broken belief: northlight has bid");
    const made = "bid_0000000000000000zzzz";
    const answers = await Promise.all(
      [own.id, made].map(async (id) => {
        const answer = await story.call("ember", "GET", `/bids/${id}`);
        const text = (await answer.text()).replaceAll(id, "ID").replace(/"traceId":"[^"]*"/, "");
        const headers = [...answer.headers].filter(([name]) => !VARIES.has(name) && !name.includes("trace"));
        return [answer.status, text, headers] as const;
      }),
    );
    expect(answers[0]).toEqual(answers[1]);
    expect(answers[0]?.[0]).toBe(404);
  });

  test("[C2] no name, no price and no count of a rival went over the wire of another, before or after the close", async () => {
    await story.moveTo(AFTER_CLOSE);
    for (const rival of RIVALS) await lookAtAll(rival, [...COMPARED, ...OTHERS]);
    const found = RIVALS.flatMap((rival) =>
      deskOf(rival).log.flatMap(({ asked, headers, text }) => {
        const told = toldOf(plain(`${headers} ${text}`), SECRETS[rival]);
        return told.map((secret) => `${rival}: ${asked}: ${secret}`);
      }),
    );
    expect([...new Set(found)]).toEqual([]);
    // Each has heard of its own.
    const wire = (rival: Rival) =>
      deskOf(rival)
        .log.map(({ text }) => text)
        .join("\n");
    expect(wire("ember")).toContain("2.31");
    expect(wire("northlight")).toContain("2.43");
    for (const rival of RIVALS)
      expect(deskOf(rival).wrongs.filter((one) => !one.includes("Failed to load resource"))).toEqual([]);
  });
});
