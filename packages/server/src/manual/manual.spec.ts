import type { Award } from "@offtake/core/awards";
import type { DisclosedEvent } from "@offtake/core/disclosure";
import type { PartyId } from "@offtake/core/kernel";
import type { BookName } from "@offtake/store/log";
import { beforeEach, describe, expect, test } from "vitest";
import { ownDatabase } from "../outbox/database.fixture.ts";
import { ProviderTasks } from "./index.ts";

const database = ownDatabase();
const BOOK = "aurora" as BookName;
const [LAB, MERIDIAN, NORTHLIGHT] = ["lab", "meridian", "northlight"] as PartyId[] as [PartyId, PartyId, PartyId];
const line = (provider: PartyId, count: number, host?: PartyId) => ({
  provider,
  count,
  acceleratorType: "h100-sxm-80gb",
  region: "us-west",
  window: { from: 2_082_758_400_000, to: 2_083_363_200_000 },
  ...(host === undefined ? {} : { host }),
});
const AWARDS = [
  { id: "awd_1", lines: [line(MERIDIAN, 512), line(NORTHLIGHT, 96, MERIDIAN)] },
  { id: "awd_2", lines: [line(MERIDIAN, 8)] },
] as unknown as Award[];

const driver = (keeper: PartyId | undefined = LAB): ProviderTasks =>
  new ProviderTasks({
    database: database.get(),
    keeperOf: async () => keeper,
    awardsOf: async (_, __, ids) => AWARDS.filter(({ id }) => ids.includes(id)),
  });
const listed = async (party: PartyId) => (await driver().list(BOOK, party))?.tasks ?? [];
const told = (...events: readonly object[]) =>
  (events as readonly DisclosedEvent[]).map((event, position) => ({ position, hash: "0", type: event.type, event }));
const confirmed = (award: string) => ({ type: "awardConfirmed", award });
const defaulted = (award: string, provider: PartyId) => ({ type: "awardDefaulted", award, provider, why: "w" });

beforeEach(() => database.get().pool.query("truncate provider_tasks"));

describe("the manual driver", () => {
  test("makes one task of each line of a confirmed award, once, however often it is told", async () => {
    const tasks = driver();
    for (let time = 0; time < 3; time += 1) await tasks.consequences(BOOK, LAB, told(confirmed("awd_1")));
    expect((await listed(LAB)).map(({ provider, status, line: { count } }) => [provider, status, count])).toEqual(
      expect.arrayContaining([
        [MERIDIAN, "open", 512],
        [NORTHLIGHT, "open", 96],
      ]),
    );
    expect(await listed(LAB)).toHaveLength(2);
    const [own, ...others] = await listed(NORTHLIGHT);
    expect([own?.line, others]).toEqual([
      {
        count: 96,
        acceleratorType: "h100-sxm-80gb",
        region: "us-west",
        from: "2036-01-01T00:00:00Z",
        to: "2036-01-08T00:00:00Z",
        host: MERIDIAN,
      },
      [],
    ]);
  });

  test("follows the keeper's feed alone, and makes nothing of what is not confirmed", async () => {
    const tasks = driver();
    await tasks.consequences(BOOK, MERIDIAN, told(confirmed("awd_1")));
    await tasks.consequences(BOOK, LAB, told({ type: "awardIssued", award: "awd_1" }, confirmed("awd_none")));
    expect(await listed(LAB)).toEqual([]);
  });

  test("takes the provider's reservation id from the provider or the keeper, corrects it, and from nobody else", async () => {
    const tasks = driver();
    await tasks.consequences(BOOK, LAB, told(confirmed("awd_2")));
    const [{ id } = { id: "" }] = await listed(MERIDIAN);
    expect(await tasks.complete(BOOK, NORTHLIGHT, id, { reservation: "x" })).toBeUndefined();
    expect(await tasks.complete("other" as BookName, MERIDIAN, id, { reservation: "x" })).toBeUndefined();
    const done = await tasks.complete(BOOK, MERIDIAN, id, { reservation: "res-7", fields: { cluster: "c4" } });
    expect(done).toMatchObject({ status: "done", reservation: "res-7", fields: { cluster: "c4" } });
    expect(done?.doneAt).toBeInstanceOf(Date);
    await tasks.complete(BOOK, LAB, id, { reservation: "res-8" });
    const [again] = await listed(MERIDIAN);
    expect(again).toMatchObject({ status: "done", reservation: "res-8" });
    expect(again?.fields).toBeUndefined();
  });

  test("voids what a provider did not keep, also what is confirmed and not kept in one go, and nothing of others", async () => {
    const tasks = driver();
    await tasks.consequences(BOOK, LAB, told(confirmed("awd_1"), defaulted("awd_1", MERIDIAN), confirmed("awd_2")));
    const all = await listed(LAB);
    expect(all.map(({ provider, status, line: { count } }) => [provider, status, count])).toEqual(
      expect.arrayContaining([
        [NORTHLIGHT, "open", 96],
        [MERIDIAN, "open", 8],
        [MERIDIAN, "void", 512],
      ]),
    );
    const gone = all.find(({ status }) => status === "void");
    expect(await tasks.complete(BOOK, MERIDIAN, gone?.id ?? "", { reservation: "res-9" })).toBeUndefined();
    expect(all.at(-1)).toEqual(gone);
  });

  test("lists them page by page, open ones first, each once, and counts them", async () => {
    const tasks = driver();
    await tasks.consequences(BOOK, LAB, told(confirmed("awd_1"), defaulted("awd_1", NORTHLIGHT), confirmed("awd_2")));
    const whole = await listed(LAB);
    expect(whole.map(({ status }) => status)).toEqual(["open", "open", "void"]);
    for (const limit of [1, 2]) {
      const found: string[] = [];
      let after: string | undefined;
      do {
        const page = await tasks.list(BOOK, LAB, { limit, after });
        expect(page?.tasks.length).toBeLessThanOrEqual(limit);
        found.push(...(page?.tasks ?? []).map(({ id }) => id));
        after = page?.next;
      } while (after !== undefined);
      expect(found).toEqual(whole.map(({ id }) => id));
    }
    expect((await tasks.list(BOOK, LAB, { limit: 3 }))?.next).toBeUndefined();
    expect((await tasks.list(BOOK, LAB, { status: "void" }))?.tasks).toEqual(whole.slice(2));
    expect(await tasks.list(BOOK, LAB, { after: "2.1.x" })).toBeUndefined();
    expect(await tasks.count(BOOK, LAB)).toEqual({ open: 2, void: 1 });
    expect(await tasks.count(BOOK, NORTHLIGHT)).toEqual({ void: 1 });
  });
});
