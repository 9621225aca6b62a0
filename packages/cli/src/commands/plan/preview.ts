import type { RightClause, WindowSpec } from "@offtake/core/agreements";
import { findClause, isRight } from "@offtake/core/agreements";
import type { Rejection } from "@offtake/core/book";
import type { Caveat, Explanation } from "@offtake/core/explanation";
import { addMs, type AgreementId, type ClauseId, DAY_MS, type Instant } from "@offtake/core/kernel";
import type { ComputeRequest } from "@offtake/core/requests";
import { AUDITOR, explanationsFor, Play } from "@offtake/sim/cases";
import { type Asked, type Resolution, resolutionOf } from "@offtake/sim/stories";
import type { LoadedBook } from "../../documents/book.ts";

/** How far ahead a plan looks for what falls due by itself. */
const HORIZON_DAYS = 730;

export interface PlannedNotice extends Asked {
  /** What no answer means, as the clause has it. */
  readonly silence: RightClause["silence"];
  readonly window?: string;
}

/** What would happen to a request where nobody answers but those who have answered in advance. */
export interface Preview {
  readonly request: ComputeRequest;
  readonly resolution: Resolution;
  readonly notices: readonly PlannedNotice[];
  /** Rights that were looked at and do not apply, each with its reason. */
  readonly notAsked: readonly string[];
  readonly caveats: readonly Caveat[];
  /** What the request left out and the plan made up. */
  readonly assumed?: string;
  readonly explanation?: Explanation;
}

export type Previewed = { readonly preview: Preview } | { readonly rejected: Rejection; readonly by: string };

export function previewOf({ book, offers }: LoadedBook, request: ComputeRequest, at: Instant): Previewed {
  const play = new Play("plan");
  const refused = play.open(book, at, offers);
  if (refused !== undefined) return { rejected: refused.rejection, by: refused.command };
  const sent = play.submit({ type: "submitRequest", request }, at, request.buyer);
  if (sent.rejection !== undefined) return { rejected: sent.rejection, by: "the request" };
  play.passTime(addMs(at, HORIZON_DAYS * DAY_MS));
  const resolution = resolutionOf(play.chronicle, request.id);
  if (resolution === undefined) throw new Error("Broken belief: a request that was taken is on record");
  const [explanation] = explanationsFor(play.end(), AUDITOR, request.id);
  return {
    preview: {
      request,
      resolution,
      notices: resolution.asked.map((asked) => plannedNotice(asked, play)),
      notAsked: (explanation?.steps ?? []).flatMap((step) =>
        step.children.filter(({ code }) => code === "right_does_not_apply").map(({ text }) => text),
      ),
      caveats: explanation?.caveats ?? [],
      ...(explanation === undefined ? {} : { explanation }),
    },
  };
}

function plannedNotice(asked: Asked, play: Play): PlannedNotice {
  const agreement = play.book.state.agreements.get(asked.agreement as AgreementId);
  const clause = agreement?.versions
    .map((version) => findClause(version, asked.clause as ClauseId))
    .findLast((found) => found !== undefined);
  const right = clause !== undefined && isRight(clause) ? clause : undefined;
  const spec = right === undefined ? undefined : windowOf(asked.kind, right);
  return {
    ...asked,
    silence: right?.silence ?? "refusal",
    ...(spec === undefined ? {} : { window: lengthText(spec) }),
  };
}

/** The window that a notice of this kind runs by. */
function windowOf(
  kind: string,
  { window, reoffer, overAllotment, confirmWindow, stranded }: RightClause,
): WindowSpec | undefined {
  switch (kind) {
    case "re-offer":
      return reoffer.window;
    case "over-allotment":
      return overAllotment;
    case "confirmation":
      return confirmWindow;
    case "stranded":
      return stranded.window;
    case "option":
      return undefined;
    default:
      return window;
  }
}

function lengthText({ n, unit }: WindowSpec): string {
  const words = unit.replace("-", " ");
  return `${n} ${n === 1 ? words.replace(/s$/, "") : words}`;
}
