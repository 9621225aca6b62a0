import type { Schemas } from "@offtake/client";
import { countText } from "../../amounts/counts.ts";
import { moneyText, rateText } from "../../amounts/money.ts";
import { Window } from "../../clock/window.tsx";
import { type Seen, WhoSees } from "../../sharing/who-sees.tsx";
import { type AnswerFields, type AnswerRules, ownOf, totalOf, valueOf } from "./answer.ts";

interface SeenByOthersProps {
  readonly notice: Schemas["Notice"];
  readonly fields: AnswerFields;
  readonly rules: AnswerRules;
}

/** The answer as the buyer will see it, what of it the one who runs a part is told, and that nobody else sees anything. */
export function SeenByOthers({ notice: { view }, fields, rules }: SeenByOthersProps) {
  const buyer = view.as === "party" ? view.notice.fromName : "The buyer";
  const through = fields.way === "part" ? fields.through : 0;
  const seen: readonly Seen[] = [
    { who: buyer, what: asBuyerSees(fields, rules) },
    ...(through === 0 || fields.host === ""
      ? []
      : [
          {
            who: fields.host,
            what: (
              <>
                {countText(through)} for you, <Window span={rules.span} />. Not the price, nor who asked, nor how much
                you run yourself.
              </>
            ),
          },
        ]),
    { who: "Other providers", what: "Nothing: not that you were asked, nor what you answered.", nothing: true },
  ];
  return <WhoSees seen={seen} />;
}

function asBuyerSees(fields: AnswerFields, rules: AnswerRules): string {
  if (fields.way === "refuse")
    return `You refuse all ${countText(rules.asked)}${fields.reason === "" ? "" : `: ${fields.reason}`}.`;
  const total = totalOf(fields, rules);
  const value = valueOf(fields, rules);
  const through = total - ownOf(fields, rules);
  const parts =
    through === 0
      ? ""
      : `: ${countText(ownOf(fields, rules))} of your own, ${countText(through)} run by ${fields.host}`;
  const worth =
    value === undefined
      ? ""
      : `, ${moneyText(value)} at ${rateText({ amount: fields.price, currency: rules.currency })}`;
  return `You accept ${countText(total)} of ${countText(rules.asked)}${parts}${worth}. Binding once it is recorded.`;
}
