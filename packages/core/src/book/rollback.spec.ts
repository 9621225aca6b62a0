import { describe, expect, test } from "vitest";
import { DAY_MS, type Instant, type RequestId } from "../kernel/index.ts";
import { Random } from "../kernel/random.ts";
import { Ages } from "./ages.ts";
import { dump, load } from "./dump.ts";
import { Journal } from "./journal.ts";
import { BookState } from "./state.ts";
import { Table } from "./table.ts";
import { type Due, Timers } from "./timers.ts";

const ROUNDS = 400;

describe("a table that many things enter and leave", () => {
  test("[BOK52] holds what a plain map does, swept or not, and what is rolled back leaves it as it was", () => {
    const random = new Random("table");
    const journal = new Journal();
    const table = new Table<string, number>(journal);
    let plain = new Map<string, number>();
    for (let round = 0; round < ROUNDS; round += 1) {
      const before = new Map(plain);
      const mark = journal.checkpoint();
      for (let step = 0; step < 12; step += 1) {
        const key = `k${random.below(2_000)}`;
        if (random.below(3) === 0) {
          table.set(key, step);
          plain.set(key, step);
        } else {
          const [some = key] = plain.keys();
          table.delete(some);
          plain.delete(some);
        }
      }
      if (random.below(4) === 0) {
        journal.rollback(mark);
        plain = before;
      } else journal.commit();
      expect(table.size).toBe(plain.size);
      expect(Object.fromEntries(table.sorted())).toEqual(Object.fromEntries(plain));
      const sum = (values: Iterable<number>): number => [...values].reduce((a, b) => a + b, 0);
      expect(sum(table.values())).toBe(sum(plain.values()));
      for (const key of ["k1", "k2"]) expect(table.has(key)).toBe(plain.has(key));
    }
  });
});

describe("a table and its ages that were read from columns and not looked at yet", () => {
  test("[BOK52] hold what plain ones do, looked at or not, forgotten or rolled back", () => {
    const random = new Random("dormant");
    for (let round = 0; round < ROUNDS / 4; round += 1) {
      const names = Array.from(
        { length: random.below(30) },
        (_, index) => `${index}${random.pick(["", "a", " a", "|"])}`,
      );
      const plain = new BookState();
      for (const [index, name] of names.entries()) {
        plain.rememberKey(name, index % 7 === 0 ? name : `lab act ${index}`, (1 + index) as Instant);
        if (index % 3 === 0) plain.rememberClosed(name as RequestId, (1 + index) as Instant);
      }
      const { canonical, beside } = dump(plain);
      const read = load(canonical, beside);
      for (let step = 0; step < 20; step += 1) {
        const marks = [plain, read].map((state) => state.checkpoint());
        const key = random.pick([...names, "1", "a", "1a", "2 a", " ", "", `new ${step}`]);
        const at = (random.below(4) * DAY_MS + 40 + step) as Instant;
        const act = random.below(4);
        const seen = [plain, read].map((state) => {
          if (act === 0) return [state.keys.get(key), state.closed.has(key as RequestId)];
          if (act === 1) state.rememberKey(`new ${step}`, "what", at);
          if (act === 2) state.rememberClosed(`new ${step}` as RequestId, at);
          return act === 3 && step % 6 === 0 ? state.keys.sorted() : [];
        });
        expect(seen[1]).toEqual(seen[0]);
        const isUndone = random.below(3) === 0;
        for (const [place, state] of [plain, read].entries()) {
          if (isUndone) state.rollback(marks[place] as number);
          else state.commit();
        }
      }
      expect(dump(read)).toEqual(dump(plain));
    }
  });
});

describe("a table so large that what is removed leaves at once", () => {
  test("[BOK52] holds what a plain map does while it grows past that size and back, added or set, kept or rolled back", () => {
    const random = new Random("large table");
    const journal = new Journal();
    const table = new Table<string, number>(journal);
    let plain = new Map<string, number>();
    let next = 0;
    const add = (): void => {
      next += 1;
      table.add(`k${next}`, next);
      plain.set(`k${next}`, next);
    };
    while (next < 16_000) add();
    for (let round = 0; round < 24; round += 1) {
      const before = new Map(plain);
      const mark = journal.checkpoint();
      const isGrowing = round % 12 < 6;
      for (let step = 0; step < 400; step += 1) {
        if (random.below(10) < (isGrowing ? 8 : 2)) add();
        else {
          const [some = ""] = plain.keys();
          table.delete(some);
          plain.delete(some);
        }
      }
      if (round % 5 === 2) {
        journal.rollback(mark);
        plain = before;
      } else journal.commit();
      expect(table.size).toBe(plain.size);
      const [oldest = ""] = plain.keys();
      expect([table.get(oldest), table.get(`k${next}`)]).toEqual([plain.get(oldest), plain.get(`k${next}`)]);
    }
    expect(new Map(table.sorted())).toEqual(new Map([...plain].sort(([a], [b]) => (a < b ? -1 : 1))));
  });
});

describe("what falls due", () => {
  const due = (at: number, n: number): Due => ({ at: at as Instant, kind: "deadline", id: `n${n}` });
  const orderOf = (a: Due, b: Due): number => a.at - b.at || (a.id < b.id ? -1 : 1);

  test("[BOK2] comes in order, tidied or not, and what is rolled back is on the clock again", () => {
    const random = new Random("timers");
    const journal = new Journal();
    const timers = new Timers(journal);
    let plain: Due[] = [];
    let given = 0;
    for (let round = 0; round < ROUNDS; round += 1) {
      const before = [...plain];
      const mark = journal.checkpoint();
      for (let pushed = random.below(130); pushed > 0; pushed -= 1) {
        given += 1;
        const one = due(random.below(1_000), given);
        timers.push(one);
        plain.push(one);
      }
      const popped = Array.from({ length: random.below(130) }, () => timers.pop()).filter((one) => one !== undefined);
      expect(popped).toEqual(plain.sort(orderOf).splice(0, popped.length));
      if (random.below(4) === 0) {
        journal.rollback(mark);
        plain = before;
      } else journal.commit();
      expect(timers.size).toBe(plain.length);
      expect(timers.peek()).toEqual(plain.sort(orderOf)[0]);
    }
  });

  test("[BOK2] what still matters stays when the rest is dropped, however much there is of it", () => {
    const random = new Random("tidy");
    const matters = ({ id }: Due): boolean => !id.endsWith("7");
    for (const many of [3, 100, 500, 9_000]) {
      const timers = new Timers(new Journal());
      const all = Array.from({ length: many }, (_, n) => due(random.below(1_000), n));
      for (const one of all) timers.push(one);
      timers.compact(matters);
      const left: Due[] = [];
      while (timers.size > 0) left.push(timers.pop() as Due);
      expect(left.filter(matters)).toEqual(all.filter(matters).sort(orderOf));
    }
  });

  test("[BOK112] the first of what still matters is next, tidied or not, and looking leaves everything as it is", () => {
    const random = new Random("next");
    const matters = ({ id }: Due): boolean => id.endsWith("7");
    for (const many of [0, 3, 100, 500, 9_000]) {
      const timers = new Timers(new Journal());
      const all = Array.from({ length: many }, (_, n) => due(random.below(1_000), n));
      for (const one of all) timers.push(one);
      const [first] = all.filter(matters).sort(orderOf);
      expect(timers.next(matters)).toEqual(first);
      expect(timers.size).toBe(many);
      timers.compact(matters);
      expect(timers.next(matters)).toEqual(first);
    }
  });

  test("[BOK42] a key is forgotten when its time is over, and is known again where that is rolled back", () => {
    const journal = new Journal();
    const forgotten: string[] = [];
    const ages = new Ages(journal, 10, (key) => forgotten.push(key));
    for (let at = 0; at < 5; at += 1) ages.add(`k${at}`, at as Instant);
    ages.expire(12 as Instant);
    expect(forgotten).toEqual(["k0", "k1"]);
    const mark = journal.checkpoint();
    ages.add("late", 14 as Instant);
    ages.expire(14 as Instant);
    expect(forgotten).toEqual(["k0", "k1", "k2", "k3"]);
    journal.rollback(mark);
    forgotten.length = 0;
    ages.expire(30 as Instant);
    expect(forgotten).toEqual(["k2", "k3", "k4"]);
  });
});
