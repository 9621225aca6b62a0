import type { DisclosedEvent, HolderNotice, PartyRight } from "../disclosure/index.ts";
import { countText } from "./amounts.ts";
import type { ExplanationContext } from "./context.ts";
import type { ClauseRef, Explanation } from "./explanation.ts";
import { clauseText, Lookup } from "./lookup.ts";
import { addToNotice, askedText, termsText } from "./notice-steps.ts";
import { addOwnAward } from "./own-award-steps.ts";
import { span } from "./moments.ts";
import { ExplanationDraft, type StepDraft } from "./steps.ts";

/** What the holder of a right was asked about one request, what it answered and what came of it: from its own feed only. */
export function explainToHolder(
  feed: readonly DisclosedEvent[],
  request: string,
  context?: ExplanationContext,
): Explanation | undefined {
  const lookup = new Lookup(feed, context);
  const notices = new Map<string, StepDraft>();
  const isByTime = windowsOf(feed, request) > 1;
  let draft: ExplanationDraft | undefined;
  const ask = (notice: HolderNotice): void => {
    if (notice.request !== request) return;
    const ref = { agreement: notice.agreement, clause: notice.clause, version: notice.version };
    draft ??= new ExplanationDraft("holder", request, titleOf(notice));
    notices.set(notice.id, askedStep(draft, notice, ref, lookup, isByTime));
  };
  for (const event of feed) {
    switch (event.type) {
      case "ownNoticeSent":
        ask(event.notice);
        break;
      case "ownAgreementTakenOver":
        event.notices.forEach(ask);
        break;
      case "ownNoticeReceived":
      case "ownDeliveryFailed":
      case "ownDeadlineExtended":
      case "ownAnswerRecorded":
      case "ownAnswerRatified":
      case "ownLatenessWaived":
      case "ownOfferDecided":
      case "ownNoticeClosed": {
        const step = notices.get(event.notice);
        if (step !== undefined) addToNotice(step, event, lookup);
        break;
      }
      case "ownHoldPlaced": {
        const step = event.notice === undefined ? undefined : notices.get(event.notice);
        step?.add("held", `${countText(event.count)} are on hold for you`);
        break;
      }
      case "ownAwardIssued": {
        const mine = [...event.supplied, ...event.bought].some(
          (line) => line.notice !== undefined && notices.has(line.notice),
        );
        if (draft !== undefined && mine) addOwnAward(draft, event, lookup, (line) => line.notice !== undefined);
        break;
      }
      default:
    }
  }
  return draft?.finish(lookup.zone);
}

function titleOf(notice: HolderNotice): string {
  return `request ${notice.request} of ${notice.fromName}: ${termsText(notice.terms, notice.terms.count)}`;
}

/** In how many different windows the holder was asked about a request: more than one where it may answer month by month. */
function windowsOf(feed: readonly DisclosedEvent[], request: string): number {
  const asked = feed.flatMap((event): readonly HolderNotice[] =>
    event.type === "ownNoticeSent" ? [event.notice] : event.type === "ownAgreementTakenOver" ? event.notices : [],
  );
  const windows = asked.filter((notice) => notice.request === request).map(({ terms }) => span(terms.window));
  return new Set(windows).size;
}

function askedStep(
  draft: ExplanationDraft,
  notice: HolderNotice,
  ref: ClauseRef,
  lookup: Lookup,
  isByTime: boolean,
): StepDraft {
  const when = isByTime ? ` ${span(notice.terms.window)}` : "";
  const text = `your right by ${clauseText(ref)}: you ${askedText(notice).replace(/^was /, "were ")}${when}`;
  const step = draft.add("asked", text, { clause: ref, rules: ["domain step 9"] });
  const right = lookup.right(ref);
  if (right !== undefined && notice.kind !== "information") addHowToAnswer(step, right);
  if (notice.contingent) step.add("contingent", "what you accept counts for what is left when it is your turn");
  if (notice.finalRound)
    step.add("final_round", "this is the last round: a refusal also covers terms a little better for others");
  const offer = notice.thirdParty;
  if (offer === undefined) return step;
  const who = offer.provider === undefined ? "a third party" : lookup.name(offer.provider);
  const least = offer.countMin === offer.count ? "" : `, at least ${countText(offer.countMin)}`;
  step.add("third_party", `${who} offers ${countText(offer.count)}${least}; every term of it must be equalled`, {
    rules: ["domain rule G18"],
  });
  return step;
}

const SILENCE = {
  refusal: "no answer in time counts as a refusal",
  acceptance: "no answer in time counts as an acceptance",
  blocks: "no answer in time means no",
  consents: "no answer in time means yes",
} as const;

function addHowToAnswer(step: StepDraft, right: Pick<PartyRight, "silence" | "partial" | "refusalFinal">): void {
  const { partial } = right;
  const part =
    partial.mode === "none"
      ? "all of it or nothing may be taken"
      : `any multiple of ${countText(partial.of)} may be taken`;
  const least = partial.mode === "multiple" && partial.min !== undefined ? `, at least ${countText(partial.min)}` : "";
  const final = right.refusalFinal ? "; a refusal is final" : "";
  step.add("how_to_answer", `${part}${least}; ${SILENCE[right.silence]}${final}`, {
    rules: ["domain rule G6", "domain rule G7"],
  });
}
