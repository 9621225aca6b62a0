import type { CommandBody } from "@offtake/core/book";
import type { NoticeView } from "@offtake/core/disclosure";
import type { Currency, Instant, NoticeId, PartyId, Rate } from "@offtake/core/kernel";
import type { Answer, AnswerVerdict } from "@offtake/core/notices";
import type { BookName } from "@offtake/store/log";
import { MemoryFeedStore } from "@offtake/store/memory";
import { packView } from "@offtake/wire/views";
import { expect, test } from "vitest";
import { boundBy } from "./answer-amounts.ts";
import type { AnyCall } from "./call.ts";

const BOOK = "small" as BookName;
const DESK = "meridian" as PartyId;
const HOUR = 3_600_000;
const usd = (dollars: number): Rate => ({
  microsPerHour: BigInt(dollars) * 1_000_000n,
  currency: "USD" as Currency,
});

const accepting = (count?: number): Answer => ({
  type: "accept",
  orLess: false,
  rootBlocks: [],
  ...(count === undefined ? {} : { count }),
});

interface Told {
  readonly id: string;
  readonly status?: NoticeView["status"];
  readonly verdict?: AnswerVerdict;
  readonly count?: number;
  readonly price?: Rate | undefined;
}

/** A hundred accelerators for ten hours, at 2 USD an hour if nothing else is said: 2,000 USD. */
function notice({ id, status = "open", verdict, count, ...told }: Told): NoticeView {
  const price = "price" in told ? told.price : usd(2);
  return {
    as: "party",
    status,
    failed: [],
    answers:
      verdict === undefined
        ? []
        : [
            {
              id: `ans_${id}`,
              by: DESK,
              answer: accepting(count),
              receivedAt: 0,
              verdict,
              defects: [],
            },
          ],
    notice: {
      id,
      kind: "first-refusal",
      holder: DESK,
      count: 100,
      terms: {
        acceleratorType: "h100-sxm-80gb",
        regions: ["us-west"],
        window: { from: 0, to: 10 * HOUR },
        price,
        count: 100,
        blockSize: 1,
        gangMin: 1,
        divisible: true,
        stated: {},
      },
      round: 0,
      finalRound: false,
      contingent: false,
      missing: [],
      sentAt: 0,
      channel: "portal",
      agreement: "lab-meridian",
      clause: "first",
      version: 1,
      request: "req_told",
      from: "lab",
      fromName: "Lab",
    },
  } as unknown as NoticeView;
}

async function told(...notices: readonly Told[]): Promise<AnyCall> {
  const store = new MemoryFeedStore();
  const objects = notices.map((one, version) => ({
    party: DESK,
    kind: "notices",
    id: one.id,
    status: one.status ?? "open",
    parent: one.id.startsWith("other") ? "req_other" : "req_told",
    created: version,
    version,
    updatedAt: 0 as Instant,
    body: packView("notices", notice(one)),
  }));
  await store.project(BOOK, 0, { to: 1, disclosedBy: 1, tellings: [], objects });
  return { services: { telling: { store } }, book: BOOK, principal: { party: DESK } } as unknown as AnyCall;
}

const accept = (id: string, count?: number): CommandBody =>
  ({ type: "answerNotice", notice: id, answer: accepting(count) }) as CommandBody;

/** Whole dollars, and of how many acceptances. */
async function bound(call: AnyCall, ...commands: readonly CommandBody[]) {
  const found = await boundBy(call, commands);
  return found.map((one) => one && [one.amount && Number(one.amount.micros / 1_000_000n), one.acceptances]);
}

test("an acceptance binds to what it takes, with what the party has accepted of the same request", async () => {
  const call = await told({ id: "may" }, { id: "june" }, { id: "other" });
  expect(await bound(call, accept("may", 10))).toEqual([[200, 1]]);
  expect(await bound(call, accept("may"))).toEqual([[2_000, 1]]);
  const later = await told(
    { id: "may", status: "accepted", verdict: "binding", count: 50 },
    { id: "june" },
    { id: "other-may", status: "accepted", verdict: "binding" },
  );
  expect(await bound(later, accept("june", 10))).toEqual([[1_200, 2]]);
});

test("what one call says of a request is added up, and what it says of another is not", async () => {
  const call = await told({ id: "may" }, { id: "june" }, { id: "other" });
  expect(await bound(call, accept("may", 10), accept("june", 20), accept("other", 30))).toEqual([
    [600, 2],
    [600, 2],
    [600, 1],
  ]);
  const refusal = { type: "answerNotice", notice: "june", answer: { ...accepting(), type: "refuse" } } as CommandBody;
  expect(await bound(call, accept("may", 10), refusal)).toEqual([[200, 1], undefined]);
});

test("several notices of one command are one sum", async () => {
  const call = await told({ id: "may" }, { id: "june" }, { id: "july" }, { id: "other" });
  const refusing: Answer = { ...accepting(), type: "refuse" };
  const further = [
    { notice: "june" as NoticeId, answer: accepting(20) },
    { notice: "july" as NoticeId, answer: refusing },
  ];
  const months = (answer: Answer): CommandBody => ({
    type: "answerNotice",
    notice: "may" as NoticeId,
    answer,
    further,
  });
  expect(await bound(call, months(accepting(10)), accept("other", 30))).toEqual([
    [600, 2],
    [600, 1],
  ]);
  expect(await bound(call, months(refusing))).toEqual([[400, 1]]);
});

test("a buyer that takes what a holder named is bound to that, and by declining it to nothing", async () => {
  const call = await told({ id: "may", verdict: "counter_offer", count: 40 }, { id: "june" });
  const decided = (notice: string, take: boolean) => ({ type: "decideOffer", notice, take }) as CommandBody;
  expect(await bound(call, decided("may", true), decided("may", false), decided("june", true))).toEqual([
    [800, 1],
    undefined,
    undefined,
  ]);
});

test("what does not bind, and what was replaced, counts for nothing", async () => {
  const call = await told(
    { id: "may", verdict: "curable" },
    { id: "june", status: "superseded", verdict: "binding" },
    { id: "july" },
  );
  expect(await bound(call, accept("july", 10))).toEqual([[200, 1]]);
});

test("who ratifies stands behind what was answered; what has no price has no amount", async () => {
  const call = await told({ id: "may", verdict: "curable", count: 10 }, { id: "june", price: undefined });
  expect(await bound(call, { type: "ratifyAnswer", notice: "may", signer: "Ada" } as CommandBody)).toEqual([[200, 1]]);
  expect(await bound(call, accept("june"))).toEqual([[undefined, 1]]);
});
