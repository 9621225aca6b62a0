import { extrasText } from "./outcome-steps.ts";
import type { DisclosedEvent, OwnAwardLine } from "../disclosure/index.ts";
import { countText, moneyText, rateText } from "./amounts.ts";
import type { Lookup } from "./lookup.ts";
import type { ExplanationDraft } from "./steps.ts";
import { ending, moment, span } from "./moments.ts";

type OwnAward = Extract<DisclosedEvent, { readonly type: "ownAwardIssued" }>;

const GROUND: Readonly<Record<OwnAwardLine["basis"], string>> = {
  acceptance: "by your acceptance",
  match: "by your match",
  bid: "by your bid",
  proposal: "by the buyer's proposal",
  entitlement: "by what is already contracted (entitlement)",
  option: "by your option",
  sale: "by sale",
};

/** What a party was awarded: its own lines of an award. */
export function addOwnAward(
  draft: ExplanationDraft,
  event: OwnAward,
  lookup: Lookup,
  isShown: (line: OwnAwardLine) => boolean,
): void {
  const step = draft.add("awarded", `award ${event.award}, ${moment(event.at)}`, { rules: ["domain step 19"] });
  for (const line of event.supplied.filter(isShown))
    step.add("supplied", `you supply ${lineText(line, lookup)}`, { verdict: line.basis });
  for (const line of event.bought.filter(isShown))
    step.add("bought", `you buy ${lineText(line, lookup)}`, { verdict: line.basis });
  if (event.conditionalUntil !== undefined) {
    step.add(
      "conditional",
      `it stands unless the right on your capacity is taken up by ${ending(event.conditionalUntil)}`,
    );
  }
}

function lineText(line: OwnAwardLine, lookup: Lookup): string {
  const what = `${countText(line.offered ?? line.count)} ${line.acceleratorType} ${span(line.window)}`;
  const price = line.price === undefined ? "" : ` at ${rateText(line.price)}`;
  const cost = line.cost === undefined ? "" : `, ${moneyText(line.cost)}`;
  const host = lookup.hostText(line);
  return `${what}${price}${cost}${extrasText(line)}${host}; ${GROUND[line.basis]}`;
}
