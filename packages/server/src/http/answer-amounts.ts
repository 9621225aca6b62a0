import type { CommandBody } from "@offtake/core/book";
import type { Money } from "@offtake/core/kernel";
import type { Answer } from "@offtake/core/notices";
import { priced, sumOf } from "./amounts.ts";
import type { AnyCall } from "./call.ts";
import { findObject, shown, type Shown } from "./shown.ts";

type NoticeTold = Shown<"notices">["view"];

/** What answers bind a party to, for the request that they are about: with what it has accepted of it before. */
export interface Bound {
  /** Undefined where a price is not stated, or prices are in several currencies. */
  readonly amount: Money | undefined;
  /** How many acceptances it is made of. */
  readonly acceptances: number;
}

/** Notices of one request that are looked through: more than it can have. */
const NOTICES_MAX = 1_000;

/**
 * What each of the commands of a call would bind the caller's party to, with all that the call says of the same request and all that the party
 * has accepted of it before: the months of one ask would else each stay under an amount that they exceed together.
 *
 * @returns for each command; undefined for one that accepts nothing
 */
export async function boundBy(
  call: AnyCall,
  commands: readonly CommandBody[],
): Promise<readonly (Bound | undefined)[]> {
  const answers = await Promise.all(commands.map((command) => acceptanceOf(call, command)));
  const asked = new Map(
    answers.flatMap((one) => (one === undefined ? [] : [[one.seen.object.id, one.answer] as const])),
  );
  const requests = new Set(answers.flatMap((one) => one?.seen.object.parent ?? []));
  const ofRequest = new Map<string, Bound>();
  for (const request of requests) ofRequest.set(request, await boundOf(call, request, asked));
  return answers.map((one) => (one === undefined ? undefined : ofRequest.get(one.seen.object.parent ?? "")));
}

async function acceptanceOf(call: AnyCall, command: CommandBody) {
  const isAnswer = command.type === "answerNotice";
  if (!isAnswer && command.type !== "ratifyAnswer") return undefined;
  if (isAnswer && command.answer.type !== "accept") return undefined;
  const seen = await findObject(call, "notices", command.notice);
  // Who ratifies stands behind what was answered last.
  const answer = isAnswer ? command.answer : seen?.view.answers.at(-1)?.answer;
  return seen === undefined || answer === undefined ? undefined : { seen, answer };
}

async function boundOf(
  { services, book, principal }: AnyCall,
  request: string,
  asked: ReadonlyMap<string, Pick<Answer, "count" | "price" | "window">>,
): Promise<Bound> {
  const query = { kind: "notices", parent: request, limit: NOTICES_MAX } as const;
  const { objects } = await services.telling.store.listObjects(book, principal.party, query);
  const amounts = objects.flatMap((object) => {
    const { view } = shown("notices", object);
    const answer = asked.get(object.id) ?? standing(view, principal.party);
    return answer === undefined ? [] : [amountOfAnswer(view, answer)];
  });
  return { amount: amounts.length === 0 ? undefined : sumOf(amounts), acceptances: amounts.length };
}

/** What the party has accepted, and is bound by. */
function standing({ status, answers, notice }: NoticeTold, party: string): Answer | undefined {
  const isOver = !["open", "accepted", "part_accepted"].includes(status);
  if (isOver || notice.kind === "confirmation" || notice.kind === "consent" || notice.kind === "first-ship")
    return undefined;
  return answers.findLast((one) => one.verdict === "binding" && one.answer.type === "accept" && one.by === party)
    ?.answer;
}

function amountOfAnswer({ notice }: NoticeTold, answer: Pick<Answer, "count" | "price" | "window">): Money | undefined {
  const noticed = notice.thirdParty === undefined ? notice.terms.price : notice.thirdParty.price;
  const price = answer.price ?? noticed;
  return priced(answer.count ?? notice.count, price, answer.window ?? notice.terms.window);
}
