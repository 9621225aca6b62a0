import type { AwardTale } from "../chronicle.ts";
import { sameClause, type Thing } from "../match.ts";
import type { Scene } from "../scene.ts";
import type { Kind } from "./kind.ts";
import { clauseName, countsByBlock, labelOf } from "./names.ts";

const AWARD_HANDLES = ["to", "request", "lot"] as const;

export function awardStatus(tale: AwardTale, provider: string): string {
  if (tale.defaulted.some((event) => event.provider === provider)) return "defaulted";
  if (tale.held !== undefined) return "held";
  return tale.confirmed === undefined ? "issued" : "confirmed";
}

function linesOf(scene: Scene, tale: AwardTale): Thing[] {
  const { award } = tale.issued;
  return award.lines.map((line) => ({
    title: `the award of ${line.count} to ${line.provider} (request ${award.request}, lot ${labelOf(scene, line.lot) ?? "?"})`,
    fields: {
      to: line.provider,
      request: award.request,
      lot: labelOf(scene, line.lot),
      host: line.host,
      basis: line.basis,
      count: line.count,
      offered: line.offered ?? line.count,
      extras: line.extras?.what,
      price: line.price,
      cost: line.cost,
      costReported: line.costReported,
      start: line.window.from,
      end: line.window.to,
      blocks: countsByBlock(line.blocks),
      conditionalUntil: award.conditionalUntil,
      status: awardStatus(tale, line.provider),
      issuedAt: award.issuedAt,
    },
  }));
}

/** Fields that are added up when several lines fit what is expected. */
const SUMMED = ["count", "offered", "cost", "costReported"] as const;

type Money = { readonly micros: bigint; readonly currency: string };

/** Lines together: counts and costs added up, what differs between them left out. */
export function togetherOf(things: readonly Thing[]): Thing | undefined {
  const [first, ...rest] = things;
  if (first === undefined || rest.length === 0) return undefined;
  const fields: Record<string, unknown> = {};
  for (const field of Object.keys(first.fields)) {
    const values = things.map((thing) => thing.fields[field]);
    if ((SUMMED as readonly string[]).includes(field)) fields[field] = sum(values);
    else if (values.every((value) => value === values[0])) fields[field] = values[0];
  }
  return { title: `${things.length} award lines together`, fields };
}

function sum(values: readonly unknown[]): unknown {
  if (values.every((value) => typeof value === "number")) return values.reduce((total, value) => total + value, 0);
  const amounts = values as readonly (Money | undefined)[];
  const [first] = amounts;
  if (first === undefined || !amounts.every((amount) => amount?.currency === first.currency)) return undefined;
  return { micros: amounts.reduce((total, amount) => total + (amount?.micros ?? 0n), 0n), currency: first.currency };
}

export const awardKind: Kind = {
  things: (scene) => [...scene.chronicle.awards.values()].flatMap((tale) => linesOf(scene, tale)),
  handles: AWARD_HANDLES,
};

export const blockedKind: Kind = {
  things: (scene) =>
    scene.chronicle.all("awardBlocked").map((event) => ({
      title: `the stop of an award of request ${event.request}`,
      fields: {
        request: event.request,
        lot: labelOf(scene, event.lot),
        why: event.why,
        right: event.right === undefined ? undefined : clauseName(event.right),
      },
    })),
  handles: ["request", "lot", "right"],
  comparers: { right: sameClause },
};
