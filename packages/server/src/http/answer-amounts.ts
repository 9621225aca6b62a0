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
 * has accepted of it before: the months of one ask would else each stay under an amount that they exceed together. A command is of one request.
 *
 * @returns for each command; undefined for one that accepts nothing
 */
export async function boundBy(
  call: AnyCall,
  commands: readonly CommandBody[],
): Promise<readonly (Bound | undefined)[]> {
  const accepted = await Promise.all(commands.map((command) => acceptancesOf(call, command)));
  const asked = new Map(accepted.flat().map(({ seen, answer }) => [seen.object.id, answer] as const));
  const requests = new Set(accepted.flat().flatMap(({ seen }) => seen.object.parent ?? []));
  const ofRequest = new Map<string, Bound>();
  for (const request of requests) ofRequest.set(request, await boundOf(call, request, asked));
  return Promise.all(
    commands.map(async (command, index) => {
      const request = accepted[index]?.[0]?.seen.object.parent;
      return request === undefined ? ofOffer(call, command) : ofRequest.get(request);
    }),
  );
}

/** What a command accepts, or stands behind, of each notice. */
async function acceptancesOf(call: AnyCall, command: CommandBody) {
  const said =
    command.type === "answerNotice"
      ? [command, ...(command.further ?? [])].filter(({ answer }) => answer.type === "accept")
      : command.type === "ratifyAnswer"
        ? [{ notice: command.notice, answer: undefined }]
        : [];
  const found = await Promise.all(
    said.map(async ({ notice, answer: given }) => {
      const seen = await findObject(call, "notices", notice);
      // Who ratifies stands behind what was answered last.
      const answer = given ?? seen?.view.answers.at(-1)?.answer;
      return seen === undefined || answer === undefined ? [] : [{ seen, answer }];
    }),
  );
  return found.flat();
}

/** What a buyer takes that a holder has named. */
async function ofOffer(call: AnyCall, command: CommandBody): Promise<Bound | undefined> {
  if (command.type !== "decideOffer" || !command.take) return undefined;
  const view = (await findObject(call, "notices", command.notice))?.view;
  const named = view?.answers.findLast(({ verdict }) => verdict === "counter_offer")?.answer;
  return view === undefined || named === undefined
    ? undefined
    : { amount: amountOfAnswer(view, named), acceptances: 1 };
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
