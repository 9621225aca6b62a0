import type { Chronicle, ClearanceTale } from "../chronicle.ts";
import { isAmong, sameClause } from "../match.ts";
import type { Scene } from "../scene.ts";
import type { Kind } from "./kind.ts";
import { clauseName, clauseText, countsByBlock, labelOf } from "./names.ts";

export const clearanceKind: Kind = {
  things: ({ chronicle }) =>
    [...chronicle.clearances.values()].map(({ issued: { clearance }, voided }) => {
      const lot = chronicle.lots.get(clearance.lot)?.formed.lot.label;
      return {
        title: `the clearance ${clearance.reason} of ${clauseText(clearance.right)} (request ${clearance.request}, lot ${lot ?? "?"})`,
        fields: {
          right: clauseName(clearance.right),
          holder: clearance.holder,
          request: clearance.request,
          lot,
          reason: clearance.reason,
          why: reasonsOf(chronicle, clearance),
          count: clearance.count,
          from: clearance.startsFrom,
          until: clearance.validUntil,
          valid: voided === undefined,
        },
      };
    }),
  handles: ["right", "holder", "request", "lot"],
  comparers: { right: sameClause, why: isAmong },
};

/** The verdict that made it, and the id of the carve-out where there is one. */
function reasonsOf(chronicle: Chronicle, clearance: ClearanceTale["issued"]["clearance"]): readonly string[] {
  const { why, right, lot } = clearance;
  if (why === undefined) return [];
  const assessed = chronicle.lots
    .get(lot)
    ?.assessed?.assessments.find(
      (item) => item.right.agreement === right.agreement && item.right.clause === right.clause,
    );
  return assessed?.verdict === "carved_out" ? [why, ...assessed.facts] : [why];
}

export const holdKind: Kind = {
  things: (scene) =>
    [...scene.chronicle.holds.values()].map(({ placed, released }) => {
      const lot = labelOf(scene, placed.lot);
      return {
        title: `the hold at ${placed.holder} (request ${placed.request}, lot ${lot ?? "?"})`,
        fields: {
          by: placed.holder,
          request: placed.request,
          lot,
          count: placed.count,
          blocks: countsByBlock(placed.blocks),
          released: released !== undefined,
        },
      };
    }),
  handles: ["by", "request", "lot"],
};

/** Holds that still stand, and each of their blocks: what `no-hold` denies. A hold that became an award stands no more. */
export const heldBlockKind: Kind = {
  things: (scene) =>
    [...scene.chronicle.holds.values()]
      .filter(({ placed, released }) => released === undefined && !isAwarded(scene, placed.notice))
      .flatMap(({ placed }) => {
        const fields = { by: placed.holder, request: placed.request, lot: labelOf(scene, placed.lot) };
        const title = `the hold at ${placed.holder} for request ${placed.request}`;
        return [
          { title, fields },
          ...placed.blocks.map(({ block }) => ({ title: `${title} on block ${block}`, fields: { ...fields, block } })),
        ];
      }),
  handles: ["by", "request", "lot", "block"],
};

function isAwarded(scene: Scene, notice: string | undefined): boolean {
  if (notice === undefined) return false;
  return [...scene.chronicle.awards.values()].some(({ issued }) =>
    issued.award.lines.some((line) => line.notice === notice),
  );
}
