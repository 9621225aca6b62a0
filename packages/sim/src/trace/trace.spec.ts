import type { BookEvent } from "@offtake/core/book";
import { addMs, canonicalText, type Instant, type PartyId, parseInstant } from "@offtake/core/kernel";
import { parseBook, worldCommands } from "@offtake/wire/book";
import { describe, expect, test } from "vitest";
import {
  inOrderOfTime,
  replayTrace,
  requestOfJob,
  type TraceJob,
  tracePurpose,
  type TraceTerms,
  WorldRejected,
} from "./index.ts";

const at = (text: string): Instant => parseInstant(text) as Instant;

const BOOK = `
schema: offtake/book@1
keeper: lab
zone: UTC
parties:
  - { id: lab, roles: buyer }
  - { id: alfa, roles: [provider, holder] }
  - { id: beta, roles: provider }
policy: { tenderWindow: 0 hours, tie: none, awardConfirmation: at-once }
agreements:
  - name: lab-alfa
    parties: { buyer: lab, provider: alfa }
    effective: { from: 2025-01-01 }
    holidays: us-federal
    clauses:
      - { id: r1, kind: first-refusal, scope: { accelerators: [H100], regions: us-west, purposes: [training, fine-tuning] }, window: 5 business days, partial: none, tail: 60 days }
capacity:
  - { id: a-1, provider: alfa, accelerator: H100, region: us-west, count: 16, window: { from: 2025-01-01, to: 2028-01-01 } }
  - { id: b-1, provider: beta, accelerator: H100, region: us-west, count: 8, window: { from: 2025-01-01, to: 2028-01-01 } }
standingAnswers:
  - { id: takes-what-fits, party: alfa, answer: { accept: { blocks: a-1 } }, byCapacity: true }
offers:
  - { id: list, provider: beta, accelerator: H100, region: us-west, price: 2.00 USD/h, blocks: b-1, standing: true }
`;

function world() {
  const book = parseBook({ name: "book.yaml", text: BOOK });
  if (!book.ok) throw new Error(canonicalText(book.problems.map((problem) => problem.message)));
  const [block] = book.value.blocks;
  if (block === undefined) throw new Error("Broken belief: the book has capacity");
  const terms: TraceTerms = {
    buyer: "lab" as PartyId,
    acceleratorType: block?.acceleratorType,
    regions: ["us-west"],
  };
  return { commands: worldCommands(book.value), terms };
}

const START = at("2026-03-02T09:00:00Z");
const job = (minutes: number, acceleratorCount: number, hours: number, tenant = "one"): TraceJob => ({
  submittedAt: addMs(START, minutes * 60_000),
  durationSeconds: hours * 3_600,
  acceleratorCount,
  tenant,
});

describe("a job becomes a request", () => {
  const { terms } = world();

  test("from the second it was submitted, for as long as it ran, all its accelerators together", () => {
    const request = requestOfJob({ ...job(0, 12, 2), submittedAt: addMs(START, 500) }, 6, terms);
    expect(request).toMatchObject({ id: "job-7", buyer: "lab", project: "one", unfilled: "close" });
    expect(request.lines).toMatchObject([
      { count: 12, gangMin: 12, divisible: false, window: { from: START, to: addMs(START, 7_200_000) } },
    ]);
  });

  test("what it is for is guessed from its count and length, or said by the caller", () => {
    expect([job(0, 1, 1 / 12), job(0, 1, 2), job(0, 8, 2), job(0, 1, 24)].map(tracePurpose)).toEqual([
      "development",
      "fine-tuning",
      "training",
      "training",
    ]);
    const said = requestOfJob(job(0, 1, 1), 0, { ...terms, purposeOf: (one) => `for ${one.tenant}` });
    expect(said.lines[0]?.purposes).toEqual([{ purpose: "for one" }]);
  });

  test("jobs are put in the order of time, and moved to where the caller wants the first", () => {
    const moved = inOrderOfTime([job(5, 2, 1), job(0, 1, 1), job(5, 3, 1)], at("2027-01-01T00:00:00Z"));
    expect(moved.map((one) => one.acceleratorCount)).toEqual([1, 2, 3]);
    expect(moved.map((one) => one.submittedAt - at("2027-01-01T00:00:00Z"))).toEqual([0, 300_000, 300_000]);
  });
});

describe("a trace through a book", () => {
  const jobs = [job(0, 12, 4, "one"), job(1, 8, 4, "two"), job(2, 8, 4, "two"), job(3, 1, 1 / 12, "one")];

  test("holders take what fits, the rest goes to the market, and what nobody has is unfilled", () => {
    const { commands, terms } = world();
    const report = replayTrace(jobs, commands, terms);
    expect(report.holders).toMatchObject([
      { holder: "alfa", asked: { count: 3 }, taken: { count: 1 }, refused: { count: 2 } },
    ]);
    expect(report.providers.map(({ provider, awarded }) => [provider, awarded.count])).toEqual([
      ["alfa", 1],
      ["beta", 1],
    ]);
    expect(report.outcomes).toMatchObject({ awarded_full: 2, unfilled: 2, open: 0 });
    expect(report.asked.acceleratorSeconds).toBe(28n * 14_400n + 300n);
    expect(report.awarded.acceleratorSeconds + report.unfilled.acceleratorSeconds).toBe(
      report.asked.acceleratorSeconds,
    );
    expect(report.cost).toEqual([{ micros: 8n * 4n * 2_000_000n, currency: "USD" }]);
    expect(report.tenants.map(({ name, asked, awarded }) => [name, asked.count, awarded.count])).toEqual([
      ["one", 2, 1],
      ["two", 2, 1],
    ]);
    expect([...report.reasons.values()].reduce((sum, count) => sum + count, 0)).toBe(2);
  });

  test("the same jobs give the same events, in the same order, to the byte", () => {
    const { commands, terms } = world();
    const [once, twice] = [0, 1].map(() => {
      const events: BookEvent[] = [];
      replayTrace(jobs, commands, { ...terms, sink: (event) => events.push(event) });
      return canonicalText(events);
    });
    expect(twice).toBe(once);
  });

  test("a holder that answers only by hand lets its time run out, and the report waits for that", () => {
    const { commands, terms } = world();
    const byHand = commands.filter(({ body }) => body.type !== "giveStandingAnswer");
    const report = replayTrace(jobs.slice(0, 1), byHand, terms);
    expect(report.holders).toMatchObject([{ taken: { count: 0 }, refused: { count: 1 } }]);
    expect(report.outcomes).toMatchObject({ unfilled: 1, open: 0 });
  });

  test("a world that cannot be set up is refused, with the code", () => {
    const { commands, terms } = world();
    expect(() => replayTrace(jobs, commands.slice(1), terms)).toThrow(WorldRejected);
    expect(replayTrace([], commands, terms)).toMatchObject({
      jobs: 0,
      events: expect.any(Number),
      outcomes: { open: 0 },
    });
  });
});
