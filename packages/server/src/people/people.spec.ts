import type { PartyId } from "@offtake/core/kernel";
import { describe, expect, test } from "vitest";
import { SESSION_COOKIE } from "./authenticate.ts";
import { ATTEMPTS } from "./attempts.ts";
import type { PersonId, Principal } from "./principal.ts";
import { csrfOf, SESSION_TIMES } from "./sessions.ts";
import { DAY, HOUR, withPeople } from "./world.fixture.ts";

const world = withPeople();

const bearer = (key: string) => ({ authorization: `Bearer ${key}` });
const code = (name: string) => expect.objectContaining({ code: name });

describe("API keys", () => {
  async function owner() {
    const { people, party, member } = world();
    const { seat, admin } = await party();
    const someone = await member(seat, ["procurement", "engineer"]);
    const wish = { person: someone.person, label: "ci", roles: ["procurement"] as const };
    return { people, seat, admin, someone, wish };
  }

  test("are for one party of one book, and some of their owner's roles", async () => {
    const { people, seat, admin, someone, wish } = await owner();
    const made = await people.keys.create(admin, wish);
    expect(await people.authenticate(bearer(made.shown))).toEqual({
      ...seat,
      person: someone.person,
      roles: ["procurement"],
      via: "key",
      key: made.key,
    });
    const there = { ...bearer(made.shown), "offtake-party": `${seat.book}/${seat.party}` };
    expect(await people.authenticate(there)).toBeDefined();
    expect(await people.authenticate({ ...there, "offtake-party": `${seat.book}/rival` })).toBeUndefined();
  });

  test("are kept as a hash, and shown once", async () => {
    const { people, seat, admin, wish } = await owner();
    const made = await people.keys.create(admin, wish);
    expect(made.shown).toMatch(/^offk_[0-9a-z]{12}_[\w-]{43}$/);
    expect(made.shown.startsWith(made.key)).toBe(true);
    const secret = made.shown.slice(made.key.length + 1);
    const { rows } = await world().database.pool.query("select * from api_keys where book = $1", [seat.book]);
    expect(JSON.stringify(rows)).not.toContain(secret);
    expect(JSON.stringify(await people.keys.list(seat))).not.toContain(secret);
  });

  test("nothing near a key is one", async () => {
    const { people, admin, wish } = await owner();
    const { shown } = await people.keys.create(admin, wish);
    const last = shown.endsWith("A") ? "B" : "A";
    for (const wrong of [
      shown.slice(0, -1),
      `${shown}A`,
      `${shown.slice(0, -1)}${last}`,
      shown.toUpperCase(),
      "",
      "offk_",
    ])
      expect(await people.authenticate(bearer(wrong))).toBeUndefined();
    expect(await people.authenticate({ authorization: shown })).toBeUndefined();
    expect(await people.authenticate({ cookie: `${SESSION_COOKIE}=${shown}` })).toBeUndefined();
  });

  test("end by their time, and when they are revoked", async () => {
    const { people, seat, admin, wish } = await owner();
    const short = await people.keys.create(admin, { ...wish, livesMs: HOUR });
    const long = await people.keys.create(admin, wish);
    world().pass(HOUR);
    expect(await people.authenticate(bearer(short.shown))).toBeUndefined();
    expect(await people.authenticate(bearer(long.shown))).toBeDefined();
    await people.keys.revoke(seat, long.key);
    expect(await people.authenticate(bearer(long.shown))).toBeUndefined();
  });

  test("two of a name at once, for changing from one to the other", async () => {
    const { people, admin, wish } = await owner();
    const first = await people.keys.create(admin, wish);
    const second = await people.keys.rotate(admin, first.key, DAY);
    await expect(people.keys.create(admin, wish)).rejects.toEqual(code("two_keys_live"));
    for (const { shown } of [first, second]) expect(await people.authenticate(bearer(shown))).toBeDefined();
    world().pass(DAY);
    expect(await people.authenticate(bearer(first.shown))).toBeUndefined();
    expect(await people.authenticate(bearer(second.shown))).toBeDefined();
    await expect(people.keys.rotate(admin, first.key)).rejects.toEqual(code("key_not_live"));
  });

  test("two who ask for the last free place at once get one", async () => {
    const { people, admin, wish } = await owner();
    await people.keys.create(admin, wish);
    const asked = await Promise.allSettled([people.keys.create(admin, wish), people.keys.create(admin, wish)]);
    expect(asked.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
  });

  test("do nothing that their owner may not", async () => {
    const { people, seat, admin, someone, wish } = await owner();
    await expect(people.keys.create(admin, { ...wish, roles: ["finance"] })).rejects.toEqual(code("roles_not_held"));
    await expect(people.keys.create(admin, { ...wish, person: "per_x" as PersonId })).rejects.toEqual(
      code("not_found"),
    );
    for (const livesMs of [0, -1, Number.NaN, 400 * DAY])
      await expect(people.keys.create(admin, { ...wish, livesMs })).rejects.toEqual(code("invalid_period"));
    const made = await people.keys.create(admin, { ...wish, roles: ["procurement", "engineer"] });
    await people.members.setRoles(seat, someone.person, ["engineer"], undefined);
    expect(await people.authenticate(bearer(made.shown))).toMatchObject({ roles: ["engineer"] });
  });

  test("say to the minute when they were used last", async () => {
    const { people, seat, admin, wish } = await owner();
    const { shown } = await people.keys.create(admin, wish);
    const used = async () => (await people.keys.list(seat))[0]?.lastUsedAt;
    expect(await used()).toBeNull();
    await people.authenticate(bearer(shown));
    const first = world().now();
    expect(await used()).toBe(first);
    world().pass(59_000);
    await people.authenticate(bearer(shown));
    expect(await used()).toBe(first);
    world().pass(1_000);
    await people.authenticate(bearer(shown));
    expect(await used()).toBe(first + 60_000);
  });

  test("of another party are not there", async () => {
    const { people, admin, wish } = await owner();
    const { key } = await people.keys.create(admin, wish);
    const rival = await world().party("rival");
    const seat = { ...rival.seat, book: admin.book };
    expect(await people.keys.list(seat)).toEqual([]);
    await expect(people.keys.revoke(seat, key)).rejects.toEqual(code("not_found"));
    await expect(people.keys.rotate({ ...seat, person: "x" }, key)).rejects.toEqual(code("not_found"));
  });
});

describe("sessions", () => {
  test("end when they are not used, and anyway after their whole time", async () => {
    const { party, member, pass } = world();
    const { seat } = await party();
    const idle = await member(seat, ["finance"]);
    expect(await idle.who()).toMatchObject({ via: "session", person: idle.person, roles: ["finance"] });
    pass(SESSION_TIMES.terminal.idleMs);
    expect(await idle.who()).toBeUndefined();
    const used = await member(seat, ["finance"]);
    for (let passed = 0; passed + 20 * HOUR < SESSION_TIMES.terminal.wholeMs; passed += 20 * HOUR) {
      expect(await used.who()).toBeDefined();
      pass(20 * HOUR);
    }
    expect(await used.who()).toBeDefined();
    pass(20 * HOUR);
    expect(await used.who()).toBeUndefined();
  });

  test("are good where they were made for: a browser's in its cookie, a terminal's in the header", async () => {
    const { people, party } = world();
    const { admin } = await party();
    const login = await people.members.invite(admin, { name: "Bea", roles: ["legal"] });
    const { token, csrf } = await people.logins.exchange(login.login?.code ?? "", "browser", "test");
    const cookie = `other=1; ${SESSION_COOKIE}=${token}`;
    expect(await people.authenticate({ cookie })).toMatchObject({ roles: ["legal"] });
    expect(await people.authenticate(bearer(token))).toBeUndefined();
    expect(await people.authenticate({ cookie: `${cookie}; ${SESSION_COOKIE}=${token}` })).toBeUndefined();
    expect(await people.authenticate({ cookie, authorization: "Bearer nothing-that-is-known" })).toBeUndefined();
    expect(csrf).toBe(csrfOf(token));
    await people.sessions.end(token);
    expect(await people.authenticate({ cookie })).toBeUndefined();
  });

  test("act for one of somebody's parties, and for no other", async () => {
    const { people, party, now } = world();
    const [one, two, other] = [await party("one"), await party("two"), await party("other")];
    const { code: first } =
      (await people.bootstrap("First", [
        { ...one.seat, party: "a" as PartyId, roles: ["admin", "procurement"] },
        { ...two.seat, party: "b" as PartyId, roles: ["finance"] },
      ])) ?? {};
    const opened = await people.logins.exchange(first ?? "", "terminal", "test");
    expect(opened.expiresAt).toBe(now() + SESSION_TIMES.terminal.wholeMs);
    const headers = bearer(opened.token);
    // Nothing is chosen for somebody who has several.
    expect(await people.authenticate(headers)).toBeUndefined();
    expect((await people.session(headers))?.memberships.map(({ party: name }) => name)).toEqual(["a", "b"]);
    expect(await people.sessions.choose(opened.token, two.seat.book, "b" as PartyId)).toBe(true);
    expect(await people.authenticate(headers)).toMatchObject({ party: "b", roles: ["finance"], via: "bootstrap" });
    const asked = { ...headers, "offtake-party": `${one.seat.book}/a` };
    expect(await people.authenticate(asked)).toMatchObject({ party: "a", roles: ["admin", "procurement"] });
    expect(await people.sessions.choose(opened.token, other.seat.book, "other" as PartyId)).toBe(false);
    for (const wrong of [`${other.seat.book}/other`, "b", "", "/", `${one.seat.book}/a/x`, `${one.seat.book}/`])
      expect(await people.authenticate({ ...headers, "offtake-party": wrong })).toBeUndefined();
  });

  test("that have ended are swept away", async () => {
    const { people, party, member, pass, database } = world();
    const { seat } = await party();
    await member(seat, ["finance"]);
    pass(SESSION_TIMES.terminal.wholeMs);
    await people.sweep();
    const { rows } = await database.pool.query("select 1 from sessions union all select 1 from login_attempts");
    expect(rows).toEqual([]);
  });
});

describe("one-time logins", () => {
  test("are good once, also for two who come at the same moment", async () => {
    const { people, party } = world();
    const { admin } = await party();
    const { login } = await people.members.invite(admin, { name: "Ann", roles: [] });
    const both = await Promise.allSettled(
      ["a", "b"].map((address) => people.logins.exchange(login?.code ?? "", "terminal", address)),
    );
    expect(both.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    await expect(people.logins.exchange(login?.code ?? "", "terminal", "c")).rejects.toEqual(code("login_refused"));
  });

  test("end soon, and when another is made", async () => {
    const { people, party, pass } = world();
    const { admin } = await party();
    const invited = await people.members.invite(admin, { name: "Ann", roles: [] });
    const again = await people.members.invitationAgain(admin, invited.person);
    await expect(people.logins.exchange(invited.login?.code ?? "", "terminal", "d")).rejects.toEqual(
      code("login_refused"),
    );
    pass(73 * HOUR);
    await expect(people.logins.exchange(again.code, "terminal", "d")).rejects.toEqual(code("login_refused"));
  });

  test("of whoever starts the server are for the same person each time, and undo nothing", async () => {
    const { people, party } = world();
    const { seat, admin } = await party();
    const mine = { ...seat, party: "keeper" as PartyId, roles: ["admin", "finance"] as const };
    await people.bootstrap("First", [mine]);
    await people.bootstrap("First", [mine]);
    const [first, ...others] = await people.members.list({ ...seat, party: mine.party });
    expect(others).toEqual([]);
    const { person } = await people.members.invite(
      { ...mine, person: admin.person },
      { name: "Next", roles: ["admin"] },
    );
    await people.members.remove({ ...mine, person }, first?.person as PersonId);
    await people.bootstrap("First", [mine]);
    const members = await people.members.list({ ...seat, party: mine.party });
    expect(members.filter(({ removedAt }) => removedAt === null).map(({ person: who }) => who)).toEqual([person]);
  });

  test("that fail too often from one place have to wait, and only from there", async () => {
    const { people, party, pass } = world();
    const { admin } = await party();
    const { login } = await people.members.invite(admin, { name: "Ann", roles: [] });
    const attempt = (text: string, address: string) => people.logins.exchange(text, "terminal", address);
    for (let count = 0; count < ATTEMPTS.failures; count += 1)
      await expect(attempt("offl_wrong", "198.51.100.7")).rejects.toEqual(code("login_refused"));
    await expect(attempt(login?.code ?? "", "198.51.100.7")).rejects.toMatchObject({
      code: "too_many_attempts",
      retryAfterSeconds: ATTEMPTS.windowMs / 1_000,
    });
    await expect(attempt("offl_wrong", "198.51.100.8")).rejects.toEqual(code("login_refused"));
    pass(ATTEMPTS.windowMs);
    expect((await attempt(login?.code ?? "", "198.51.100.7")).token).toMatch(/^offs_/);
  });
});

describe("members", () => {
  test("who are removed are out at once: sessions, keys and grants", async () => {
    const { people, party, member, now } = world();
    const { seat, admin } = await party();
    const someone = await member(seat, ["auditor", "finance"]);
    const key = await people.keys.create(admin, { person: someone.person, label: "x", roles: ["finance"] });
    await people.grants.give(admin, {
      person: someone.person,
      requests: ["q"],
      from: now(),
      to: now() + DAY,
      why: "w",
    });
    expect(await people.members.remove(admin, someone.person)).toEqual({ keys: 1, sessions: 1, orphaned: [] });
    expect(await someone.who()).toBeUndefined();
    expect(await people.authenticate(bearer(key.shown))).toBeUndefined();
    expect(await people.grants.live({ ...seat, person: someone.person })).toEqual([]);
    await expect(people.members.remove(admin, someone.person)).rejects.toEqual(code("not_found"));
    await expect(people.keys.create(admin, { person: someone.person, label: "y", roles: [] })).rejects.toEqual(
      code("not_found"),
    );
  });

  test("always have an administrator among them, also when two remove each other", async () => {
    const { people, party, member } = world();
    const { seat, admin } = await party();
    await expect(people.members.remove(admin, admin.person)).rejects.toEqual(code("last_admin"));
    await expect(people.members.setRoles(seat, admin.person, [], undefined)).rejects.toEqual(code("last_admin"));
    const other = await member(seat, ["admin"]);
    const both = await Promise.allSettled([
      people.members.remove(admin, other.person),
      people.members.remove({ ...seat, person: other.person }, admin.person),
    ]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    expect((await people.members.list(seat)).filter(({ removedAt }) => removedAt === null)).toHaveLength(1);
  });

  test("are erased to nothing but the random id, and only once they are removed", async () => {
    const { people, party, database } = world();
    const { seat, admin } = await party();
    const invitation = {
      name: "Canary Name",
      email: "canary@example.com",
      provider: "sso",
      roles: ["legal"],
      signsAs: "Canary Signer",
    } as const;
    const { person } = await people.members.invite(admin, invitation);
    await expect(people.members.erase(seat, person)).rejects.toEqual(code("member_not_removed"));
    await people.members.remove(admin, person);
    await people.members.erase(seat, person);
    const { rows } = await database.pool.query(
      "select (select json_agg(m) from members m)::text || (select json_agg(l) from logins l)::text as all",
    );
    expect(JSON.stringify(rows).toLowerCase()).not.toContain("canary");
    expect(await people.members.find(seat, person)).toMatchObject({ person, name: null, email: null, signsAs: null });
  });

  test("of another party are not there", async () => {
    const { people, party, member } = world();
    const { seat } = await party();
    const someone = await member(seat, ["finance"]);
    const rival = { ...seat, party: "rival" as PartyId, person: "per_rival" as PersonId };
    expect(await people.members.find(rival, someone.person)).toBeUndefined();
    for (const attempt of [
      () => people.members.remove(rival, someone.person),
      () => people.members.setRoles(rival, someone.person, ["admin"], undefined),
      () => people.members.erase(rival, someone.person),
      () => people.members.invitationAgain(rival, someone.person),
      () => people.keys.create(rival, { person: someone.person, label: "x", roles: [] }),
    ])
      await expect(attempt()).rejects.toEqual(code("not_found"));
    expect(await someone.who()).toBeDefined();
  });

  test("have another id in each party, so that none learns where else somebody works", async () => {
    const { people, party } = world();
    const [one, two] = [await party(), await party("rival")];
    const invitation = { name: "Ann", email: "Ann@example.com", provider: "sso", roles: [] } as const;
    const first = await people.members.invite(one.admin, invitation);
    const second = await people.members.invite(two.admin, { ...invitation, email: "ann@EXAMPLE.com", name: "A. N." });
    expect(Object.keys(first)).toEqual(Object.keys(second));
    expect(first.person).not.toBe(second.person);
    await expect(people.members.invite(one.admin, invitation)).rejects.toEqual(code("member_exists"));
    expect(await people.members.find(two.seat, second.person)).toMatchObject({ name: "A. N." });
  });
});

describe("auditors", () => {
  test("read what was granted, while it lasts; every use and every refusal is written down", async () => {
    const { people, party, member, now, pass } = world();
    const { seat, admin } = await party();
    const auditor = await member(seat, ["auditor"]);
    const granted = await people.grants.give(admin, {
      person: auditor.person,
      requests: ["q1"],
      from: now() + DAY,
      to: now() + 10 * DAY,
      why: "yearly audit",
    });
    const key = await people.keys.create(admin, { person: auditor.person, label: "audit", roles: ["auditor"] });
    const caller = async () => (await people.authenticate(bearer(key.shown))) as Principal;
    const mayRead = async (request: string | undefined) =>
      (await people.access.admit(await caller(), "noticeRead"))?.read(`notice/of-${request}`, request);
    expect(await mayRead("q1")).toBe(false);
    pass(DAY);
    expect(await mayRead("q1")).toBe(true);
    expect(await mayRead("q2")).toBe(false);
    expect(await mayRead(undefined)).toBe(false);
    expect(await people.access.admit(await caller(), "feedRead")).toBeUndefined();
    pass(8 * DAY);
    expect(await mayRead("q1")).toBe(true);
    pass(DAY);
    expect(await mayRead("q1")).toBe(false);
    const entries = await people.access.list(seat, { limit: 100 });
    expect(entries.map(({ operation, outcome, granted: by }) => [operation, outcome, by]).toReversed()).toEqual([
      ["noticeRead", "refused", null],
      ["noticeRead", "read", granted],
      ["noticeRead", "refused", null],
      ["noticeRead", "refused", null],
      ["feedRead", "refused", null],
      ["noticeRead", "read", granted],
      ["noticeRead", "refused", null],
    ]);
    expect(entries.every(({ person }) => person === auditor.person)).toBe(true);
    // Counted for this party alone: how much others read, and were refused, shows nowhere.
    expect(entries.map(({ entry }) => entry)).toEqual([7, 6, 5, 4, 3, 2, 1]);
    const { seat: other } = await party("rival");
    const theirs = (await (await member(other, ["legal"])).who()) as Principal;
    for (let times = 0; times < 3; times += 1) await people.access.admit(theirs, "memberList");
    await people.access.admit(await caller(), "feedRead");
    expect((await people.access.list(seat, { limit: 1 }))[0]?.entry).toBe(8);
    expect((await people.access.list(other, { limit: 9 })).map(({ entry }) => entry)).toEqual([3, 2, 1]);
    expect(await people.access.list(seat, { limit: 9, before: 1 })).toEqual([]);
    expect(await people.access.list(seat, { limit: 9, before: 8 })).toEqual(entries);
    const page = await people.access.list(seat, { limit: 2, before: entries[1]?.entry ?? 0 });
    expect(page).toEqual(entries.slice(2, 4));
    expect(await people.access.list({ ...seat, party: "rival" as PartyId }, { limit: 9 })).toEqual([]);
  });

  test("lose a grant that is revoked; only auditors get one, for a time", async () => {
    const { people, party, member, now } = world();
    const { seat, admin } = await party();
    const [auditor, clerk] = [await member(seat, ["auditor"]), await member(seat, ["finance"])];
    const wish = { person: auditor.person, requests: ["q1"], from: now(), to: now() + DAY, why: "w" };
    const granted = await people.grants.give(admin, wish);
    await people.grants.revoke(seat, granted);
    expect(await people.grants.live({ ...seat, person: auditor.person })).toEqual([]);
    await expect(people.grants.revoke({ ...seat, party: "x" as PartyId }, granted)).rejects.toEqual(code("not_found"));
    await expect(people.grants.give(admin, { ...wish, person: clerk.person })).rejects.toEqual(code("not_found"));
    await expect(people.grants.give(admin, { ...wish, to: wish.from })).rejects.toEqual(code("invalid_period"));
    await expect(people.grants.give(admin, { ...wish, to: wish.from + 400 * DAY })).rejects.toEqual(
      code("invalid_period"),
    );
  });

  test("are in a log that cannot be changed", async () => {
    for (const text of ["update access_log set person = 'x'", "delete from access_log", "truncate access_log"])
      await expect(world().database.pool.query(text)).rejects.toThrow("append-only");
  });

  test("others are not written down for reading, but for what they take away and for what they were refused", async () => {
    const { people, party, member } = world();
    const { seat } = await party();
    const clerk = (await (await member(seat, ["legal"])).who()) as Principal;
    expect(await (await people.access.admit(clerk, "noticeRead"))?.read("notice/n", "q")).toBe(true);
    expect(await people.access.list(seat, { limit: 9 })).toEqual([]);
    await (await people.access.admit(clerk, "evidenceExport"))?.read("request/q", "q");
    expect(await people.access.admit(clerk, "memberList")).toBeUndefined();
    const entries = await people.access.list(seat, { limit: 9 });
    expect(entries.map(({ operation, outcome }) => [operation, outcome])).toEqual([
      ["memberList", "refused"],
      ["evidenceExport", "read"],
    ]);
  });
});
