import { codeText } from "@offtake/core/explanation";
import type { Schemas } from "@offtake/client";
import { moneyText, rateText } from "../../amounts/money.ts";
import { countText } from "../../amounts/counts.ts";
import { Instant } from "../../clock/instant.tsx";
import { Badge } from "../../states/badge.tsx";
import type { StateShown } from "../../states/families.ts";
import { KeyFigures } from "../../surface/key-figures.tsx";

type Plan = Schemas["PlanRequest"];

const VERDICT: Readonly<Record<Plan["verdict"], StateShown>> = {
  works: { family: "secured", word: "Works" },
  late: { family: "attention", word: "Comes late" },
  part: { family: "attention", word: "In part", partial: true },
  blocked: { family: "breach", word: "Blocked" },
  none: { family: "breach", word: "Nothing to be had" },
};

/** What would follow from a request: who must be asked first and by when, what the market would do, and what it would cost. */
export function PlanShown({ plan }: { readonly plan: Plan }) {
  const {
    verdict,
    recommendation,
    nearest,
    asked,
    notAsked,
    awards,
    times,
    zone,
    wanted,
    awarded,
    cost,
    effectivePrice,
    restsOn,
  } = plan;
  const unconfirmed = restsOn.filter(({ kind }) => kind === "reading");
  return (
    <div className="space-y-4">
      <div>
        <Badge {...VERDICT[verdict]} />
        <p className="mt-2 text-md">{recommendation}</p>
        {nearest === undefined ? undefined : <p className="mt-1 text-ink-soft">{codeText(nearest)}</p>}
      </div>
      <KeyFigures
        figures={[
          { label: "Awarded", value: `${countText(awarded)} of ${countText(wanted)}` },
          ...(cost === undefined ? [] : [{ label: "Cost", value: moneyText(moneyOf(cost)) }]),
          ...(effectivePrice === undefined
            ? []
            : [{ label: "Effective price", value: rateText(moneyOf(effectivePrice)) }]),
          ...(times.slackDays === undefined ? [] : [{ label: "Slack", value: `${countText(times.slackDays)} d` }]),
        ]}
      />
      {unconfirmed.length === 0 ? undefined : (
        <p className="rounded-md border border-line bg-sunken px-3 py-2 text-xs">
          <span aria-hidden="true" className="text-attention">
            ▲{" "}
          </span>
          <span className="font-medium">Rests on readings that nobody has confirmed:</span>{" "}
          {unconfirmed.map(({ agreement = "", clause = "" }) => `${agreement} ${clause}`).join(", ")}
        </p>
      )}
      <ol aria-label="Steps" className="space-y-3">
        {asked.map(({ step, holderName, count, agreement, clause, respondBy, zone: own, window }) => (
          <li key={`${agreement} ${clause} ${step}`} className="grid grid-cols-[1.25rem_minmax(0,1fr)] gap-x-2">
            <span className="text-ink-faint">{step}</span>
            <div>
              <p>
                <span className="font-medium">{holderName}</span> is asked for {countText(count)}
                {respondBy === undefined ? undefined : (
                  <>
                    , answers by <Instant at={respondBy} zone={own} isDeadline />
                  </>
                )}
              </p>
              <p className="text-xs text-ink-soft">
                {agreement} {clause}
                {window === undefined ? "" : ` · ${window}`}
              </p>
            </div>
          </li>
        ))}
        {times.tenders.map(({ opensAt, closesAt, count, invited }) => (
          <li key={opensAt} className="grid grid-cols-[1.25rem_minmax(0,1fr)] gap-x-2">
            <span className="text-ink-faint">{asked.length + 1}</span>
            <div>
              <p>
                <span className="font-medium">Market</span>: {countText(count)} open to {countText(invited)} providers
              </p>
              <p className="text-xs text-ink-soft">
                from <Instant at={opensAt} zone={zone} />, bids by <Instant at={closesAt} zone={zone} isDeadline />
              </p>
            </div>
          </li>
        ))}
      </ol>
      {awards.length === 0 ? undefined : (
        <div>
          <h3 className="mb-1 text-xs text-ink-soft">What would be awarded</h3>
          <ul className="divide-y divide-line rounded-md border border-line">
            {awards.map(({ providerName, hostName, count, price, cost: own }, index) => (
              // oxlint-disable-next-line react/no-array-index-key -- lines of a plan stand in its order
              <li key={index} className="flex flex-wrap items-baseline gap-x-4 px-3 py-2">
                <span className="min-w-0 flex-1">
                  <span className="font-medium">{providerName}</span> {countText(count)}
                  {hostName === undefined ? "" : `, run by ${hostName}`}
                </span>
                {price === undefined ? undefined : <span className="text-ink-soft">{rateText(moneyOf(price))}</span>}
                {own === undefined ? undefined : <span>{moneyText(moneyOf(own))}</span>}
              </li>
            ))}
          </ul>
        </div>
      )}
      {notAsked.length === 0 ? undefined : (
        <div>
          <h3 className="mb-1 text-xs text-ink-soft">Looked at, and not asked</h3>
          <ul className="space-y-1">
            {notAsked.map(({ agreement, clause, why: reason }) => (
              <li key={`${agreement} ${clause}`}>
                {agreement} <span className="font-medium">{clause}</span>{" "}
                <span className="text-ink-soft">{codeText(reason)}</span>
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}

/** "21894019.20 USD", "2.55 USD/h": an amount as a plan writes it. */
function moneyOf(text: string): { readonly amount: string; readonly currency: string } {
  const [amount = "0", currency = "USD"] = text.split(/[ /]/);
  return { amount, currency };
}
