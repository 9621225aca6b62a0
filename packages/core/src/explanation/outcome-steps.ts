import type { Award } from "../awards/award.ts";
import type { DisclosedEvent } from "../disclosure/index.ts";
import { type Money } from "../kernel/index.ts";
import type { Lot } from "../requests/lot.ts";
import { countText, moneyText, rateText } from "./amounts.ts";
import type { Lookup } from "./lookup.ts";
import { codeText } from "./codes.ts";
import { AWARDED_BECAUSE, listText } from "./phrases.ts";
import type { ExplanationDraft } from "./steps.ts";
import { ending } from "./moments.ts";

type Ended = Extract<DisclosedEvent, { readonly type: "requestRested" | "requestClosed" | "ownRequestEnded" }>;

const OUTCOMES = {
  awarded_full: "all was awarded",
  awarded_part: "a part was awarded",
  unfilled: "nothing was awarded",
  withdrawn: "withdrawn",
  announced: "the release was announced",
} as const;

/** "a part was awarded, 600 of 1,024: nobody bid". */
export function outcomeText(event: Ended): string {
  const { outcome, awarded, asked } = event;
  const why = "why" in event ? event.why : undefined;
  const until =
    event.type === "requestRested" && event.until !== undefined
      ? `; what is left stays open until ${ending(event.until)}`
      : "";
  if (outcome === "announced") return OUTCOMES.announced;
  const because = why === undefined ? "" : `: ${codeText(why)}`;
  return `${OUTCOMES[outcome]}, ${countText(awarded)} of ${countText(asked)}${because}${until}`;
}

/** Who was awarded what at which price, and on what ground. */
export function addAward(draft: ExplanationDraft, award: Award, lots: ReadonlyMap<string, Lot>, lookup: Lookup): void {
  const count = award.lines.reduce((sum, line) => sum + line.count, 0);
  const total = totalOf(award);
  const step = draft.add(
    "awarded",
    `award ${award.id}: ${countText(count)}${total === undefined ? "" : ` for ${moneyText(total)}`}`,
    { rules: ["domain step 19"] },
  );
  for (const line of award.lines) {
    const lot = lots.get(line.lot);
    const kind = lot === undefined || lot.alternatives.length < 2 ? "" : ` as ${offeredText(line)} in ${line.region}`;
    const price = line.price === undefined ? "" : ` at ${rateText(line.price)}`;
    const cost = line.cost === undefined ? "" : `, ${moneyText(line.cost)}`;
    const host = lookup.hostText(line);
    const extras = extrasText(line);
    step.add(
      "awarded_line",
      `${lot === undefined || lots.size === 1 ? "" : `lot ${lot.label}: `}${lookup.name(line.provider)}: ${countText(line.count)}${kind}${price}${cost}${extras}${host}; ${AWARDED_BECAUSE[line.basis]}`,
      { verdict: line.basis },
    );
  }
  if (award.conditionalUntil !== undefined) {
    step.add(
      "conditional",
      `it stands unless somebody else takes up a right on it by ${ending(award.conditionalUntil)}`,
      { rules: ["domain row M16"] },
    );
  }
}

/** "1,024 h100": with its count where that is another than the lot's. */
function offeredText({ acceleratorType, offered }: Award["lines"][number]): string {
  return offered === undefined ? acceleratorType : `${countText(offered)} ${acceleratorType}`;
}

/** ", with 2 PB of storage for $3,000,000.00": what a package brings besides. */
export function extrasText({ extras }: Pick<Award["lines"][number], "extras">): string {
  if (extras === undefined) return "";
  const cost = extras.cost === undefined ? "" : ` for ${moneyText(extras.cost)}`;
  return `, with ${listText(extras.what)}${cost}`;
}

/** The whole cost in one currency; none where lines have two and no recorded rate made them one. */
function totalOf(award: Award): Money | undefined {
  const costs = award.lines.flatMap(({ cost, costReported, extras }) => [
    costReported ?? cost,
    ...(extras?.cost === undefined ? [] : [extras.cost]),
  ]);
  const [first] = costs;
  if (first === undefined || costs.some((cost) => cost?.currency !== first.currency)) return undefined;
  return { currency: first.currency, micros: costs.reduce((sum, cost) => sum + (cost?.micros ?? 0n), 0n) };
}
