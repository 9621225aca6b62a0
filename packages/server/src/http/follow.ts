import { createHash } from "node:crypto";
import type { CommandBody } from "@offtake/core/book";
import type { Money } from "@offtake/core/kernel";
import type { ObjectName, Outcome } from "../feeds/index.ts";
import { PeopleProblem } from "../people/in-page.ts";
import type { ApprovalKind, Decided, OperationId, Proposal, Retry } from "../people/index.ts";
import { actOf, moneyText } from "./acts.ts";
import { amountOf } from "./amounts.ts";
import { type Bound, boundBy } from "./answer-amounts.ts";
import { type Accepted, type AnyCall, json } from "./call.ts";
import type { AnswerSpec } from "./operation.ts";
import { told } from "./people-values.ts";
import { HttpProblem, problem } from "./problems.ts";

/** What follows a decision: the command that waited is sent, and what became of it is kept. */
export async function followed(call: AnyCall, { standing, effect }: Decided): Promise<Response> {
  if (effect === undefined) return json(200, { data: { standing } });
  const { body, key } = effect;
  try {
    const { receipt } = await call.submit(body, key);
    await call.register.approvals.done(effect, "accepted");
    return json(200, { data: { standing, receipt } });
  } catch (error) {
    // What the core rejects stays so; what could not be sent now is sent again by whoever looks after it.
    if (error instanceof HttpProblem && error.document.status < 500)
      await call.register.approvals.done(effect, error.document.code);
    throw error;
  }
}

/** Operations that a party's rules of approval may hold back, by the kind of act that they are. Requests are held by the core. */
const KIND_OF: { readonly [Id in OperationId]?: Exclude<ApprovalKind, "request"> } = {
  awardChoose: "award",
  awardApprove: "award",
  noticeAnswer: "answer",
  namedTermsDecide: "award",
  answerRatify: "answer",
  bidPlace: "bid",
  standingAnswerGive: "answer",
  waiverGrant: "waiver",
  agreementApply: "agreement",
  agreementStatusChange: "agreement",
  agreementTerminate: "agreement",
  agreementAssign: "agreement",
};

/** What such an operation answers while others have to agree. */
export function waitingAnswer(operation: OperationId): Readonly<Record<number, AnswerSpec>> {
  if (KIND_OF[operation] === undefined) return {};
  return {
    202: told("Others have to agree first. Nothing is decided yet, and no deadline is kept by it.", "ApprovalsWaiting"),
  };
}

/**
 * Has a command decided, or, where the rules of the caller's party ask for others to agree, has it wait for them.
 *
 * @param about what it is about
 * @returns the outcome, or the answer that says what it waits for
 */
export async function heldOrSubmitted(
  call: AnyCall,
  operation: OperationId,
  about: ObjectName,
  command: CommandBody,
  amount?: Money,
): Promise<(Outcome & { readonly accepted: Accepted }) | { readonly waits: Response }> {
  const wanted = { subject: about.id, command, ...(amount === undefined ? {} : { amount }) };
  const waits = await heldBack(call, operation, [wanted]);
  return waits === undefined ? call.submitAbout(about, command) : { waits };
}

/** What somebody wants to have decided, and the id of what it is about. */
export interface Wanted {
  readonly subject: string;
  readonly command: CommandBody;
  /** What it would cost, where the command alone does not say. */
  readonly amount?: Money;
}

/**
 * Where the rules of the caller's party ask for others to agree, has commands wait for them, each for itself.
 *
 * @returns the answer that says what they wait for; undefined where all can be decided at once
 */
export async function heldBack(
  call: AnyCall,
  operation: OperationId,
  wanted: readonly Wanted[],
): Promise<Response | undefined> {
  const kind = KIND_OF[operation];
  const { people } = call.services;
  // What binds nobody to anything waits for nobody: a refusal is in time or it is lost.
  if (kind === undefined || people === undefined || !wanted.some(({ command }) => binds(command))) return undefined;
  const retry = retryOf(call, operation);
  const before = await answerBefore(call, retry);
  if (before !== undefined) return before;
  const bound = await boundByRules(call, kind, wanted);
  const needed = await Promise.all(
    wanted.map(({ command, amount }, index) =>
      people.approvals.needed(call.by, { kind, amount: amount ?? amountOf(command) ?? bound[index]?.amount }),
    ),
  );
  if (needed.every((rules) => rules.length === 0)) return undefined;
  // What is said in one call is done together: where a part of it waits, all of it does, for the same approvals.
  const all = [...new Map(needed.flat().map((rule) => [rule.id, rule])).values()];
  // What waits is kept like what was decided: names and free words stand beside it, where they can be erased.
  const { office } = call.services;
  const hide = (command: CommandBody): Promise<CommandBody> =>
    office === undefined ? Promise.resolve(command) : office.texts.hide(call.book, command, call.principal.party);
  const hidden = await Promise.all(wanted.map(({ command }) => hide(command)));
  const proposals = wanted.map(({ subject, command: said, amount = amountOf(said) }, index): Proposal => {
    const [together, command = said] = [bound[index], hidden[index]];
    const reached = amount ?? together?.amount;
    const act = {
      operation,
      amount: reached === undefined ? null : moneyText(reached),
      ...(together === undefined || together.acceptances < 2 ? {} : { acceptances: together.acceptances }),
      ...actOf(command),
    };
    const own = needed[index] ?? [];
    return { kind, subject, act, rules: own.length === 0 ? all : own, command, retry };
  });
  try {
    return waiting(await people.approvals.propose(call.by, ...proposals));
  } catch (error) {
    // The same call may have come twice at once.
    const other = error instanceof PeopleProblem ? await answerBefore(call, retry) : undefined;
    if (other === undefined) throw error;
    return other;
  }
}

/** What answers bind to, where any rule of the party asks how much that is. */
async function boundByRules(
  call: AnyCall,
  kind: ApprovalKind,
  wanted: readonly Wanted[],
): Promise<readonly (Bound | undefined)[]> {
  const atMost = await call.services.people?.approvals.needed(call.by, { kind });
  if (!(atMost?.some(({ from }) => from !== undefined) ?? false)) return [];
  return boundBy(
    call,
    wanted.map(({ command }) => command),
  );
}

const waiting = (approvals: readonly string[]): Response => json(202, { data: { approvals } });

/** Sent again under its key, a call that waits is told the same, also once it waits no more. */
async function answerBefore({ register, seat }: AnyCall, retry: Retry): Promise<Response | undefined> {
  const before = await register.approvals.proposedBy(seat, retry);
  if (before === undefined) return undefined;
  if (!before.isSame) throw problem("retry_differs", { detail: "This key was used for another command." });
  return waiting(before.approvals);
}

function retryOf(call: AnyCall, operation: OperationId): Retry {
  const said = `${operation}\n${call.url.pathname}\n${call.file.text}`;
  return { key: call.key, hash: createHash("sha256").update(said).digest() };
}

function binds(command: CommandBody): boolean {
  if (command.type === "answerNotice")
    return [command, ...(command.further ?? [])].some(({ answer }) => answer.type === "accept");
  if (command.type === "decideOffer") return command.take;
  if (command.type === "giveStandingAnswer") return command.standing.answer.type === "accept";
  return command.type !== "decideAward" || command.confirm;
}
