import { limitOfSigner, mayBind } from "../agreements/signatories.ts";
import {
  acceleratorSeconds,
  addMoney,
  costOf,
  formatMicros,
  type Money,
  type PartyId,
  windowSeconds,
} from "../kernel/index.ts";
import { type Authority, isOfSigner, SIGNER_LIMIT } from "../notices/judge.ts";
import type { Answer, RecordedAnswer } from "../notices/notice.ts";
import { isMain, noticesOf, takesNothing } from "./lookup.ts";
import type { NoticeState } from "./state.ts";
import type { Turn } from "./turn.ts";

/** What somebody says of a notice for a party. */
export interface Said {
  readonly notice: NoticeState;
  readonly by: PartyId;
  readonly answer: Answer;
}

/**
 * What who signed an answer may bind its party to. A limit is one of all that the same person binds the same party to for one request: else
 * the months of an ask, or its lots, would each stay under a limit that they exceed together.
 *
 * @param together what the same call says: what of it would bind counts for each of its answers, also those that come after it
 */
export function authorityFor(
  turn: Turn,
  said: Said,
  signer: string | undefined,
  together: readonly Said[] = NONE,
): Authority {
  const { notice, by, answer } = said;
  const party = turn.state.parties.get(by);
  if (party === undefined) return { binds: true };
  const value = valueOf(notice, answer);
  const bound = value === undefined ? [] : boundBeside(turn, said, signer, value, together);
  const reached = value === undefined ? undefined : bound.reduce(addMoney, value);
  if (mayBind(party, signer, turn.receivedAt, reached)) return { binds: true };
  const limit = reached === undefined ? undefined : limitOfSigner(party, signer, turn.receivedAt, reached.currency);
  if (reached === undefined || limit === undefined) return { binds: false };
  return { binds: false, defect: `${SIGNER_LIMIT}${exceededText(reached, limit, bound.length)}` };
}

const NONE: readonly Said[] = [];

/**
 * Why the terms that a holder named cannot be taken as they were signed; undefined where they can. Who signed within a limit may have
 * bound its party to more of the same request since.
 */
export function lackOfAuthority(turn: Turn, notice: NoticeState, given: RecordedAnswer): string | undefined {
  const by = notice.answeredBy ?? notice.holder;
  const signed = given.defects.find(isOfSigner);
  const defect = signed ?? authorityFor(turn, { notice, by, answer: given.answer }, signedBy(notice)).defect;
  if (defect === undefined) return undefined;
  const why = defect.startsWith(SIGNER_LIMIT) ? `: ${defect.slice(SIGNER_LIMIT.length)}` : "";
  return `Who signed these terms may not bind ${by}${why}. Somebody with authority must sign them.`;
}

/** "5200000.00 USD in all with 3 other acceptances for the same request, and the limit is 5000000.00 USD". */
function exceededText(reached: Money, limit: Money, others: number): string {
  const [sum, most] = [reached, limit].map(({ micros, currency }) => `${formatMicros(micros)} ${currency}`);
  const many = `${others} other ${others === 1 ? "acceptance" : "acceptances"}`;
  const beside = others === 0 ? "" : ` in all with ${many} for the same request`;
  return `${sum}${beside}, and the limit is ${most}`;
}

/** What an acceptance takes, at its price; undefined where no price is stated. */
function valueOf(notice: NoticeState, answer: Answer): Money | undefined {
  const price = answer.price ?? notice.thirdParty?.price ?? notice.terms.price;
  if (price === undefined) return undefined;
  const seconds = windowSeconds(answer.window ?? notice.terms.window);
  return costOf(price, acceleratorSeconds(answer.count ?? notice.count, seconds));
}

/** What the same person has bound the same party to for the request of a notice, by other notices, in the currency of `value`. */
function boundBeside(
  { state }: Turn,
  { notice, by }: Said,
  signer: string | undefined,
  value: Money,
  together: readonly Said[],
): readonly Money[] {
  const now = together.filter((one) => one.answer.signer === signer && one.by === by);
  const saidNow = new Set([notice.id, ...together.map((one) => one.notice.id)]);
  const lots = state.requests.get(notice.request)?.lots ?? [];
  const before = lots
    .flatMap((lot) => noticesOf(state, lot))
    .filter((other) => !saidNow.has(other.id) && counts(other) && !isConfirmedBy(other, notice))
    .filter((other) => signedBy(other) === signer && (other.answeredBy ?? other.holder) === by)
    .flatMap((other) => (other.answer === undefined ? [] : (valueOf(other, other.answer.answer) ?? [])));
  const beside = now
    .filter((one) => one.notice.id !== notice.id && one.notice.request === notice.request && takes(one.notice.kind))
    .flatMap((one) => valueOf(one.notice, one.answer) ?? []);
  return [...before, ...beside].filter(({ currency }) => currency === value.currency);
}

const takes = (kind: NoticeState["kind"]): boolean => !takesNothing(kind) && kind !== "confirmation";

/** A binding acceptance that stands, and takes something of its own. */
function counts({ status, answer, kind, closedAt }: NoticeState): boolean {
  if (answer?.verdict !== "binding" || answer.answer.type !== "accept" || !takes(kind)) return false;
  return closedAt === undefined || status === "accepted" || status === "part_accepted";
}

/** A confirmation is of what the same holder has accepted of the same lot: it takes nothing more. */
const isConfirmedBy = (other: NoticeState, { kind, lot, right }: NoticeState): boolean =>
  kind === "confirmation" &&
  isMain(other) &&
  other.lot === lot &&
  other.right.agreement === right.agreement &&
  other.right.clause === right.clause;

const signedBy = ({ ratifiedBy, answer }: NoticeState): string | undefined => ratifiedBy ?? answer?.answer.signer;
