import type { LotTale, RequestTale } from "../chronicle.ts";
import { sameClause, sameMembers, type Thing } from "../match.ts";
import type { Scene } from "../scene.ts";
import type { Kind } from "./kind.ts";
import { clauseName, clauseText, labelOf } from "./names.ts";

/** Lots of the request's present version. */
function lotsOf(scene: Scene, request: string): LotTale[] {
  return [...scene.chronicle.lots.values()].filter(
    ({ formed, dropped }) => formed.lot.request === request && dropped?.why !== "superseded",
  );
}

/** Accelerators that are awarded and have not fallen back. */
export function awardedOf(scene: Scene, request: string, lot?: string): number {
  let count = 0;
  for (const { issued, defaulted } of scene.chronicle.awards.values()) {
    if (issued.award.request !== request) continue;
    const failed = new Set(defaulted.map((event) => event.provider));
    for (const line of issued.award.lines) {
      if ((lot === undefined || line.lot === lot) && !failed.has(line.provider)) count += line.count;
    }
  }
  return count;
}

export function requestStatus(scene: Scene, id: string, tale: RequestTale): string {
  if (tale.withdrawn !== undefined) return "withdrawn";
  const outcome = tale.closed?.outcome ?? tale.rested?.outcome;
  if (outcome !== undefined) return outcome;
  if (lotsOf(scene, id).some((lot) => lot.held !== undefined)) return "held";
  const state = scene.book.state.requests.get(tale.submitted.request.id);
  return state?.approvalAwaited === undefined ? "open" : "awaiting_approval";
}

/** Parts of one line that follow each other in time: what they come to the broker counts by what is wanted at a time. */
function isCutByTime(lots: readonly LotTale[]): boolean {
  const windows = new Set(lots.map(({ formed: { lot } }) => `${lot.lineIndex} ${lot.window.from} ${lot.window.to}`));
  return windows.size > new Set(lots.map(({ formed: { lot } }) => lot.lineIndex)).size;
}

function requestThing(scene: Scene, id: string, tale: RequestTale): Thing {
  const request = tale.revised?.request ?? tale.submitted.request;
  const lots = lotsOf(scene, id);
  const told = isCutByTime(lots) ? (tale.closed ?? tale.rested) : undefined;
  const asked = lots.reduce((sum, { formed }) => sum + formed.lot.count, 0);
  const state = scene.book.state.requests.get(request.id);
  const fields = {
    id,
    status: requestStatus(scene, id, tale),
    why: tale.closed?.why ?? tale.rested?.why,
    asked: told?.asked ?? asked,
    awarded: told?.awarded ?? awardedOf(scene, id),
    version: request.version,
    lots: lots.length,
    approvals: state?.approvalAwaited === undefined ? [] : (tale.approvalAwaited?.approvals ?? []),
  };
  return { title: `request ${id}`, fields };
}

export const requestKind: Kind = {
  things: (scene) => [...scene.chronicle.requests].map(([id, tale]) => requestThing(scene, id, tale)),
  handles: ["id"],
  comparers: { approvals: sameMembers },
};

function lotStatus(scene: Scene, id: string, { formed: { lot }, dropped, held }: LotTale): string {
  if (dropped !== undefined) return "dropped";
  if (held !== undefined) return "held";
  if (awardedOf(scene, lot.request, id) >= lot.count) return "awarded";
  const { closed, rested } = scene.chronicle.requests.get(lot.request) ?? {};
  return closed === undefined && rested === undefined ? "open" : "unfilled";
}

export const lotKind: Kind = {
  things: (scene) =>
    [...scene.chronicle.lots].map(([id, tale]) => {
      const { lot } = tale.formed;
      return {
        title: `lot ${lot.label} of request ${lot.request}`,
        fields: {
          lot: lot.label,
          request: lot.request,
          count: lot.count,
          purposes: lot.purposes,
          status: lotStatus(scene, id, tale),
          newCapacity: lot.newCapacity,
        },
      };
    }),
  handles: ["lot", "request"],
  comparers: { purposes: sameMembers },
};

export const assessmentKind: Kind = {
  things: (scene) =>
    scene.chronicle.all("rightsAssessed").flatMap(({ request, lot, assessments }) =>
      assessments.map((item) => ({
        title: `the reading of ${clauseText(item.right)} on lot ${labelOf(scene, lot) ?? "?"} of request ${request}`,
        fields: {
          right: clauseName(item.right),
          request,
          lot: labelOf(scene, lot),
          verdict: item.verdict,
          count: item.limit ?? scene.chronicle.lots.get(lot)?.formed.lot.count,
          undeclared: item.undeclared,
        },
      })),
    ),
  handles: ["right", "request", "lot"],
  comparers: { right: sameClause, undeclared: sameMembers },
};

export const warningKind: Kind = {
  things: ({ chronicle }) =>
    [...chronicle.lots.values()].flatMap(({ formed: { lot } }) =>
      lot.warnings.map((code) => ({
        title: `the warning ${code} of lot ${lot.label} of request ${lot.request}`,
        fields: { request: lot.request, lot: lot.label, code },
      })),
    ),
  handles: ["request", "lot"],
};

export const heldKind: Kind = {
  things: (scene) =>
    [...scene.chronicle.lots.values()].flatMap(({ held }) =>
      held === undefined
        ? []
        : [
            {
              title: `lot ${labelOf(scene, held.lot) ?? "?"} of request ${held.request}, held`,
              fields: { request: held.request, lot: labelOf(scene, held.lot), why: held.why },
            },
          ],
    ),
  handles: ["request", "lot"],
};

export const shareBreachKind: Kind = {
  things: ({ chronicle }) =>
    chronicle.all("shareBreached").map((event) => ({
      title: `the breach of a declared share of request ${event.request} in ${event.month}`,
      fields: {
        request: event.request,
        right: clauseName(event.right),
        month: event.month,
        measured: event.measuredBp,
        tolerance: event.toleranceBp,
        excess: event.excessCount,
        newRequest: event.newRequest,
      },
    })),
  handles: ["request", "right", "month"],
  comparers: { right: sameClause },
};
