import { describe, expect, test, vi } from "vitest";
import type { Pool } from "pg";
import { People } from "./people.ts";
import { PEOPLE_CHANNEL, Remembered, REMEMBERED_MS } from "./remembered.ts";
import { withPeople } from "./world.fixture.ts";

describe("what is remembered", () => {
  const newMemory = () => {
    let at = 0;
    const told: unknown[] = [];
    const pool = { query: (...asked: unknown[]) => Promise.resolve(told.push(asked)) } as unknown as Pool;
    let looks = 0;
    const remembered = new Remembered(pool, () => at);
    return {
      remembered,
      told,
      look: (value: string | undefined = `look ${looks}`) => Promise.resolve(value).finally(() => (looks += 1)),
      looks: () => looks,
      pass: (ms: number) => (at += ms),
    };
  };

  test("is good for a moment that begins before it was looked for, and not longer", async () => {
    const { remembered, look, looks, pass } = newMemory();
    const slow = async () => {
      pass(300);
      return look("slow");
    };
    expect(await remembered.find("a", slow)).toBe("slow");
    pass(REMEMBERED_MS - 301);
    expect(await remembered.find("a", look)).toBe("slow");
    pass(1);
    expect(await remembered.find("a", () => look("new"))).toBe("new");
    expect(looks()).toBe(2);
  });

  test("is not what is not there, and not what failed", async () => {
    const { remembered, look, looks } = newMemory();
    await remembered.find("a", () => look().then(() => undefined));
    await expect(remembered.find("a", () => Promise.reject(new Error("away")))).rejects.toThrow("away");
    expect(await remembered.find("a", () => look("there"))).toBe("there");
    expect(looks()).toBe(2);
  });

  test("is looked for once by many who ask at once, and anew by whoever asks after a change", async () => {
    const { remembered, told } = newMemory();
    let go: (value: string) => void = () => {};
    const slow = new Promise<string>((resolve) => (go = resolve));
    const look = vi.fn<() => Promise<string>>(() => slow);
    const before = [remembered.find("a", look), remembered.find("a", look)];
    expect(await remembered.changing(() => Promise.resolve("done"))).toBe("done");
    const after = remembered.find("a", () => Promise.resolve("new"));
    go("old");
    expect(await Promise.all(before)).toEqual(["old", "old"]);
    expect(await after).toBe("new");
    // What was on its way then takes nobody's place.
    expect(await remembered.find("a", look)).toBe("new");
    expect(look).toHaveBeenCalledTimes(1);
    expect(told).toEqual([["select pg_notify($1, '')", [PEOPLE_CHANNEL]]]);
  });

  test("is forgotten also where the change failed: its answer may have been lost after it was made", async () => {
    const { remembered, look } = newMemory();
    await remembered.find("a", () => look("old"));
    await expect(remembered.changing(() => Promise.reject(new Error("lost")))).rejects.toThrow("lost");
    expect(await remembered.find("a", () => look("new"))).toBe("new");
  });
});

describe("people who call again", () => {
  const world = withPeople();
  const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

  const known = async () => {
    const { people, party, member } = world();
    const { seat, admin } = await party();
    const someone = await member(seat, ["procurement", "finance"]);
    const key = await people.keys.create(admin, { person: someone.person, label: "ci", roles: ["procurement"] });
    const rolesBy = async (headers: { readonly authorization: string }) =>
      (await people.authenticate(headers))?.roles.toSorted();
    const all = () => Promise.all([rolesBy(bearer(someone.token)), rolesBy(bearer(key.shown))]);
    expect(await all()).toEqual([["finance", "procurement"], ["procurement"]]);
    return { people, seat, admin, someone, key, all };
  };

  test("cost no statement", async () => {
    const { people, seat, all } = await known();
    await people.rules.current(seat);
    const asked = vi.spyOn(people.context.pool, "query");
    for (let n = 0; n < 5; n += 1) {
      expect(await all()).toEqual([["finance", "procurement"], ["procurement"]]);
      expect(await people.rules.current(seat)).toEqual([]);
    }
    expect(asked).not.toHaveBeenCalled();
    asked.mockRestore();
  });

  test.each<[string, (one: Awaited<ReturnType<typeof known>>) => Promise<unknown>, unknown]>([
    ["the session ends", ({ people, someone }) => people.sessions.end(someone.token), [undefined, ["procurement"]]],
    [
      "the key is revoked",
      ({ people, seat, key }) => people.keys.revoke(seat, key.key),
      [["finance", "procurement"], undefined],
    ],
    [
      "another takes the key's place",
      ({ people, admin, key }) => people.keys.rotate(admin, key.key, 0),
      [["finance", "procurement"], undefined],
    ],
    [
      "roles change",
      ({ people, seat, someone }) => people.members.setRoles(seat, someone.person, ["finance"], undefined),
      [["finance"], []],
    ],
    [
      "somebody is removed",
      ({ people, admin, someone }) => people.members.remove(admin, someone.person),
      [undefined, undefined],
    ],
  ])("are known as they are once %s", async (_, change, expected) => {
    const one = await known();
    await change(one);
    expect(await one.all()).toEqual(expected);
  });

  test("meet the rules of approval as they are", async () => {
    const { people, seat, admin } = await known();
    expect(await people.rules.current(seat)).toEqual([]);
    const rule = { id: "budget", kinds: ["request"], roles: ["finance"], people: 1 } as const;
    await people.rules.set(admin, rule);
    expect(await people.rules.current(seat)).toEqual([rule]);
    await people.rules.remove(seat, "budget");
    expect(await people.rules.current(seat)).toEqual([]);
  });

  test("are chosen for another party at once", async () => {
    const { people, party } = world();
    const [one, two] = [await party("one"), await party("two")];
    const seats = [one.seat, two.seat].map((seat) => ({ ...seat, party: "desk" as never, roles: ["admin"] as const }));
    const { code } = (await people.bootstrap("First", seats)) ?? {};
    const { token } = await people.logins.exchange(code ?? "", "terminal", "test");
    for (const { book } of [one.seat, two.seat, one.seat]) {
      await people.sessions.choose(token, book, "desk" as never);
      expect((await people.authenticate(bearer(token)))?.book).toBe(book);
    }
  });

  test("are refused by another node as soon as it hears of it, and within the moment where it does not", async () => {
    const { people, admin, someone, key } = await known();
    const { database, now } = world();
    const heard: string[] = [];
    let elapsed = 0;
    const node = (): People => new People({ database, now, elapsed: () => elapsed });
    const [hears, deaf] = [node(), node()];
    const stop = await hears.hear((channel, tell) =>
      database.listen(channel, (payload) => {
        heard.push(channel);
        tell(payload);
      }),
    );
    const isIn = async (at: People) =>
      (await Promise.all([bearer(someone.token), bearer(key.shown)].map((one) => at.authenticate(one)))).map(
        (one) => one !== undefined,
      );
    expect([await isIn(hears), await isIn(deaf)]).toEqual([
      [true, true],
      [true, true],
    ]);
    await people.members.remove(admin, someone.person);
    await vi.waitFor(() => expect(heard).toContain(PEOPLE_CHANNEL), { timeout: 20_000, interval: 5 });
    elapsed = REMEMBERED_MS - 1;
    expect([await isIn(hears), await isIn(deaf)]).toEqual([
      [false, false],
      [true, true],
    ]);
    elapsed = REMEMBERED_MS;
    expect(await isIn(deaf)).toEqual([false, false]);
    await stop();
  });
});
