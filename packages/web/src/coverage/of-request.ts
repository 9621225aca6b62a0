import type { Schemas } from "@offtake/client";
import type { Coverage, Demand, Segment } from "./segments.ts";

type RequestTold = Schemas["Request"];
type NoticeTold = Schemas["Notice"];
type AwardTold = Schemas["Award"];

/**
 * How the demand of a request is covered, made of what its keeper was told and nothing else: awards that stand, then acceptances that are
 * not awarded yet, then what is asked, then what is open to the market. What is left of each lot has nobody.
 */
export function coverageOf(
  request: RequestTold,
  notices: readonly NoticeTold[],
  awards: readonly AwardTold[],
): Coverage {
  const segments: Segment[] = [];
  const demand: Demand[] = [];
  const awarded = awards.flatMap(linesOf);
  for (const { lot, dropped } of request.view.lots) {
    if (dropped !== undefined) continue;
    demand.push({ count: lot.count, span: lot.window });
    const own = [
      ...awarded.filter((line) => line.lot === lot.id).flatMap(ofAward),
      ...notices.flatMap((notice) => ofNotice(notice, lot.id, awarded)),
    ];
    const left = lot.count - own.reduce((sum, { count }) => sum + count, 0);
    const open = request.view.closed ? 0 : openCount(request, lot.id, left);
    if (open > 0) own.push({ layer: "market", count: open, span: lot.window });
    if (left > open) own.push({ layer: "open", count: left - open, span: lot.window });
    segments.push(...own);
  }
  return { demand, segments };
}

type LineTold = Extract<AwardTold["view"], { as: "keeper" }>["award"]["lines"][number];

function linesOf({ view }: AwardTold): readonly LineTold[] {
  return view.as === "keeper" && view.status !== "defaulted" ? view.award.lines : [];
}

function ofAward({ count, window, provider, host }: LineTold): readonly Segment[] {
  const by = { party: provider, count, span: window };
  return host === undefined ? [{ layer: "accepted", ...by }] : [{ layer: "through", host, ...by }];
}

const ASKED: ReadonlySet<string> = new Set(["sent", "open"]);

/** What a notice brings: nothing once its acceptance is in an award. */
function ofNotice({ id, view }: NoticeTold, lot: string, awarded: readonly LineTold[]): readonly Segment[] {
  if (view.as !== "keeper" || view.notice.lot !== lot || view.notice.kind === "information") return [];
  const { holder, count, terms } = view.notice;
  if (ASKED.has(view.status)) return [{ layer: "asked", party: holder, count, span: terms.window }];
  if (view.taken === undefined || view.taken === 0 || awarded.some((line) => line.notice === id)) return [];
  const answer = view.answers.findLast(({ verdict }) => verdict === "binding")?.answer;
  const accepted = answer?.type === "accept" ? answer : undefined;
  const through = accepted?.host === undefined ? 0 : (accepted.hostCount ?? view.taken);
  const span = accepted?.window ?? terms.window;
  const own = view.taken - through;
  return [
    ...(own > 0 ? [{ layer: "accepted" as const, party: holder, count: own, span }] : []),
    ...(through > 0 && accepted?.host !== undefined
      ? [{ layer: "through" as const, party: holder, host: accepted.host, count: through, span }]
      : []),
  ];
}

/** How much of a lot stands open to the market and is not decided. */
function openCount({ view }: RequestTold, lot: string, left: number): number {
  const inTender = view.tenders.flatMap(({ tender }) => tender.lots.filter((one) => one.lot === lot));
  const last = inTender.at(-1);
  return last === undefined ? 0 : Math.max(0, Math.min(left, last.count));
}
