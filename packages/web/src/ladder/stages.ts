import type { Schemas } from "@offtake/client";

/** The stages of a request, in order. */
export const STAGES = ["Draft", "Notice", "First refusal", "Market", "Selection", "Award"] as const;
export type StageName = (typeof STAGES)[number];

export interface Stage {
  readonly name: StageName;
  /** Skipped: the request came past it without anything to do there. */
  readonly state: "done" | "current" | "skipped" | "ahead";
  /** Why it stands where it stands, or how it was left: "1,596 left". */
  readonly note?: string;
}

type RequestTold = Schemas["Request"];
type NoticeTold = Schemas["Notice"];

/**
 * The ladder of a request: what is behind it, where it stands, what is ahead. Made of what its reader was told of the request and of its
 * notices, so that it never shows a stage that nobody has entered.
 */
export function stagesOf(request: RequestTold, notices: readonly NoticeTold[]): readonly Stage[] {
  const reached = reachedBy(request, notices);
  const last = STAGES.findLastIndex((name) => reached.has(name));
  const current = request.view.closed ? STAGES.length : last;
  return STAGES.map((name, index) => {
    if (index === current) return { name, state: "current", ...noteOf(name, request, notices) };
    if (index > current) return { name, state: "ahead" };
    if (!reached.has(name)) return { name, state: request.view.closed && index > last ? "ahead" : "skipped" };
    return { name, state: "done", ...noteOf(name, request, notices) };
  });
}

function reachedBy({ view }: RequestTold, notices: readonly NoticeTold[]): ReadonlySet<StageName> {
  const reached = new Set<StageName>(["Draft"]);
  if (notices.length > 0) reached.add("Notice");
  if (notices.some(({ status }) => status !== "sent") || view.lots.some(({ stages }) => stages.length > 0))
    reached.add("First refusal");
  if (view.tenders.length > 0) reached.add("Market");
  if (view.evaluations.length > 0 || view.proposal !== undefined) reached.add("Selection");
  if (view.awards.length > 0) reached.add("Award");
  return reached;
}

function noteOf(name: StageName, { view }: RequestTold, notices: readonly NoticeTold[]): { readonly note?: string } {
  switch (name) {
    case "Notice":
      return notices.length === 0 ? {} : { note: `${notices.length} sent` };
    case "First refusal": {
      const open = notices.filter(({ status }) => status === "open" || status === "sent").length;
      return { note: open === 0 ? "answered" : `${open} open` };
    }
    case "Market": {
      const bids = view.tenders.reduce((sum, { sealed, opened }) => sum + Math.max(sealed.length, opened.length), 0);
      return { note: bids === 1 ? "1 bid" : `${bids} bids` };
    }
    default:
      return {};
  }
}
