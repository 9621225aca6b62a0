import { describe, expect, test } from "vitest";
import { addMs, canonicalText, DAY_MS, type Instant, type PartyId, type RequestId } from "../kernel/index.ts";
import { q1 } from "../requests/f0.ts";
import { applyChanges, changesSince, sayTheSame } from "./changes.ts";
import type { Command, CommandBody } from "./commands.ts";
import { dump, load } from "./dump.ts";
import { fold } from "./fold.ts";
import { type Decision, decide, run } from "./run.ts";
import { Script } from "./script.fixture.ts";
import { BookState } from "./state.ts";

const SEEDS = Array.from({ length: 40 }, (_, seed) => `s${seed}`);
const LENGTH = 70;
const scripts = SEEDS.map((seed) => new Script(seed, LENGTH).commands);

/** A record of the log, as a store keeps it. */
function recorded(command: Command, decision: Decision) {
  const { key, actor, type, at } = command;
  return {
    key,
    actor,
    type,
    at,
    took: decision.rejection === undefined && decision.repeated === undefined,
    events: decision.events,
  };
}

describe(`${SEEDS.length} scripts of ${LENGTH} commands, right and wrong`, () => {
  test("[BOK50] reach awards, matches, lapses, rejections and repeats", () => {
    const reached = new Set<string>();
    for (const commands of scripts) {
      const state = new BookState();
      for (const command of commands) {
        const { events, rejection, repeated } = run(state, command);
        for (const event of events)
          reached.add(
            event.type === "noticeSent" || event.type === "noticeClosed"
              ? `${event.type} ${"status" in event ? event.status : event.notice.kind}`
              : event.type,
          );
        if (rejection !== undefined) reached.add(`rejected ${rejection.code}`);
        if (repeated === true) reached.add("repeated");
      }
    }
    const wanted = [
      "awardIssued",
      "awardConfirmed",
      "noticeSent match",
      "noticeClosed lapsed",
      "noticeClosed accepted",
      "noticeClosed suspended",
      "clearanceIssued",
      "requestRevised",
      "requestClosed",
      "rejected not_found",
      "rejected duplicate_id",
      "rejected retry_differs",
      "repeated",
    ];
    expect(wanted.filter((one) => !reached.has(one))).toEqual([]);
  });

  test("[BOK50] deciding leaves the state byte for byte as it was, whether the command is taken or not", () => {
    for (const commands of scripts) {
      const state = new BookState();
      for (const [index, command] of commands.entries()) {
        const looks = index % 7 === 0;
        const before = looks ? state.canonical() : "";
        const tried = decide(state, command);
        expect(looks ? state.canonical() : "").toBe(before);
        expect(canonicalText(run(state, command))).toBe(canonicalText(tried));
      }
    }
  });

  test("[BOK51] the fold of what was recorded gives the same bytes, and decides the next command in the same way", () => {
    for (const commands of scripts) {
      const live = new BookState();
      const folded = new BookState();
      for (const [index, command] of commands.entries()) {
        const ahead = decide(folded, command);
        const decision = run(live, command);
        expect(canonicalText(ahead)).toBe(canonicalText(decision));
        if (decision.events.length > 0 || recorded(command, decision).took) fold(folded, recorded(command, decision));
        const looks = index % 10 === 9;
        expect(looks ? folded.canonical() : "").toBe(looks ? live.canonical() : "");
      }
    }
  });

  test("[BOK52] a batch that is rolled back leaves the same bytes, and what is decided after it is the same", () => {
    for (const commands of scripts) {
      const state = new BookState();
      const untouched = new BookState();
      for (let from = 0; from < commands.length; from += 9) {
        const batch = commands.slice(from, from + 9);
        const before = state.canonical();
        const mark = state.checkpoint();
        for (const command of batch) run(state, command);
        state.rollback(mark);
        expect(state.canonical()).toBe(before);
        for (const command of batch)
          expect(canonicalText(run(state, command))).toBe(canonicalText(run(untouched, command)));
      }
    }
  });

  test("[BOK54] what a batch changed brings another state to the same bytes, and it decides the next batch in the same way", () => {
    let applied = 0;
    let folded = 0;
    for (const [index, commands] of scripts.entries()) {
      const live = new BookState();
      const follower = new BookState();
      const size = 1 + (index % 9);
      for (let from = 0; from < commands.length; from += size) {
        const mark = live.checkpoint();
        const records = commands.slice(from, from + size).map((command) => recorded(command, run(live, command)));
        const changes = changesSince(live, mark);
        live.commit();
        if (changes === undefined) for (const record of records) fold(follower, record);
        else applyChanges(follower, changes);
        applied += changes === undefined ? 0 : 1;
        folded += changes === undefined ? 1 : 0;
        expect(dump(follower).canonical === dump(live).canonical).toBe(true);
        const next = commands[from + size];
        const decided = [follower, live].map((state) => next && canonicalText(decide(state, next)));
        expect(decided[0]).toBe(decided[1]);
      }
    }
    expect(applied).toBeGreaterThan(2 * folded);
  });

  test("[BOK54] folding the records of a batch changes the same, told in the same text: whoever was told can hold it against the log", () => {
    const texts: string[] = [];
    for (const [index, commands] of scripts.entries()) {
      const live = new BookState();
      const follower = new BookState();
      const size = 1 + (index % 9);
      for (let from = 0; from < commands.length; from += size) {
        const marks = [live.checkpoint(), follower.checkpoint()] as const;
        for (const command of commands.slice(from, from + size)) fold(follower, recorded(command, run(live, command)));
        const told = changesSince(live, marks[0]);
        expect(changesSince(follower, marks[1])).toBe(told);
        if (told !== undefined) texts.push(told);
        live.commit();
        follower.commit();
      }
    }
    expect(texts.length).toBeGreaterThan(300);
    for (const told of texts) {
      const { keys, ...rest } = JSON.parse(told) as { readonly keys: readonly unknown[] };
      expect(sayTheSame(told, JSON.stringify({ ...rest, keys, dueTo: 7 }))).toBe(true);
      expect(sayTheSame(told, JSON.stringify({ ...rest, keys: [...keys, ["k", "what", 1]] }))).toBe(false);
    }
  });

  test("[BOK51] a state that was written down and read decides all that comes in the same way, whatever is undone on the way", () => {
    for (const [index, commands] of scripts.entries()) {
      const half = (index * 7) % LENGTH;
      const live = new BookState();
      for (const command of commands.slice(0, half)) run(live, command);
      const { canonical, beside } = dump(live);
      expect(dump(load(canonical, beside))).toEqual({ canonical, beside });
      const [read, follower] = [load(canonical, beside), load(canonical, beside)];
      const size = 1 + (index % 5);
      for (let from = half; from < commands.length; from += size) {
        const batch = commands.slice(from, from + size);
        const undone = read.checkpoint();
        for (const command of batch) run(read, command);
        read.rollback(undone);
        const mark = read.checkpoint();
        const decisions = batch.map((command) => run(read, command));
        const changes = changesSince(read, mark);
        read.commit();
        expect(canonicalText(decisions)).toBe(canonicalText(batch.map((command) => run(live, command))));
        if (changes !== undefined) applyChanges(follower, changes);
        else for (const [at, command] of batch.entries()) fold(follower, recorded(command, decisions[at] as Decision));
      }
      expect(read.canonical() === live.canonical()).toBe(true);
      expect(follower.canonical() === live.canonical()).toBe(true);
    }
  });

  test("[BOK53] the same commands give the same events twice", () => {
    for (const commands of scripts) {
      const [once, twice] = [new BookState(), new BookState()].map((state) =>
        commands.map((command) => canonicalText(run(state, command))),
      );
      expect(twice).toEqual(once);
    }
  });
});

describe("what is closed", () => {
  test("[BOK42] leaves nothing behind but its key for a day; what came to nothing may be asked again", () => {
    const [opening = []] = scripts;
    const state = new BookState();
    for (const command of opening.slice(0, 9)) run(state, command);
    const at = opening[8]?.at ?? (0 as Instant);
    const send = (body: CommandBody, later: number, key: string) =>
      run(state, { ...body, at: addMs(at, later), actor: "lab" as PartyId, key, nonce: key });
    send({ type: "submitRequest", request: q1() }, 0, "once");
    expect(state.canonical()).toContain('"q1"');
    send({ type: "withdrawRequest", request: "q1" as RequestId }, 1, "twice");
    expect(state.keys.has("once")).toBe(true);
    send({ type: "passTime" }, 2 * DAY_MS, "late");
    expect(state.keys.has("once")).toBe(false);
    expect(state.canonical()).not.toContain('"q1"');
    expect(send({ type: "submitRequest", request: q1() }, 3 * DAY_MS, "again").rejection).toBeUndefined();
  });
});
