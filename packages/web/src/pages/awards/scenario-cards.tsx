import { codesText, codeText } from "@offtake/core/explanation";
import type { Schemas } from "@offtake/client";
import { formatMicros } from "@offtake/core/kernel";
import { useId } from "react";
import { acceleratorSecondsOf, countOf, countText } from "../../amounts/counts.ts";
import { microsOf, moneyText, rateText } from "../../amounts/money.ts";
import { useNames } from "../../app/names.ts";
import { Badge } from "../../states/badge.tsx";
import { Button } from "../../surface/button.tsx";
import { CountField } from "../fields.tsx";
import { type Counts, problemOf, type Takeable } from "./by-hand.ts";
import { type Scenario, scenarioName } from "./choices.ts";
import { type SettledPart, wholeOf } from "./settled.ts";

interface ScenarioCardsProps {
  readonly request: Schemas["Request"];
  readonly scenarios: readonly Scenario[];
  /** What the choice by hand comes to; nothing while it cannot be right. */
  readonly manual: Scenario | undefined;
  readonly settled: readonly SettledPart[];
  readonly takeable: readonly Takeable[];
  readonly counts: Counts;
  readonly onCounts: (counts: Counts) => void;
  /** Of the choice by hand: its figures are on their way. */
  readonly isAsking: boolean;
  /** Why nothing can be chosen now. */
  readonly reason: string | undefined;
  readonly onChoose: (scenario: Scenario) => void;
}

/** Rows of a card, which stand beside those of the others: name, cost, whole, parts, what is missing, notes, choice. */
const CARD =
  "row-span-6 grid grid-rows-subgrid gap-y-3 rounded-lg border bg-panel p-4 max-sm:block max-sm:space-y-3 print:break-inside-avoid";

/** Ways to award it side by side, all priced by the same rules, and one by hand. On a narrow screen one below the other. */
export function ScenarioCards({
  scenarios,
  manual,
  takeable,
  isAsking,
  reason,
  onChoose,
  ...others
}: ScenarioCardsProps) {
  const { counts, onCounts } = others;
  const distinct = scenarios.filter(({ sameAs }) => sameAs === undefined);
  const card = { ...others, takeable, onChoose, best: scenarios.find(({ recommended }) => recommended) };
  return (
    <div className="grid grid-cols-[repeat(auto-fit,minmax(min(100%,17rem),1fr))] gap-4">
      {distinct.map((scenario) => (
        <Card
          key={scenario.scenario}
          {...card}
          scenario={scenario}
          also={scenarios.filter(({ sameAs }) => sameAs === scenario.scenario).map(scenarioName)}
          reason={reason ?? (scenario.parts.length === 0 ? "Nothing is taken by it" : undefined)}
        />
      ))}
      <Card
        {...card}
        scenario={manual}
        also={[]}
        isDim={isAsking}
        reason={reason ?? whyNotByHand(manual, takeable, counts, isAsking)}
      >
        {takeable.map((one) => (
          <Taken key={one.key} takeable={one} counts={counts} onCounts={onCounts} />
        ))}
      </Card>
    </div>
  );
}

function whyNotByHand(
  manual: Scenario | undefined,
  takeable: readonly Takeable[],
  counts: Counts,
  isAsking: boolean,
): string | undefined {
  if (takeable.some((one) => problemOf(one, counts[one.key] ?? 0) !== undefined)) return "A number is not right yet";
  if (manual === undefined) return isAsking ? "It is being priced" : "Nothing is taken yet";
  if (isAsking) return "It is being priced";
  return manual.problems.length > 0 ? "It cannot be taken so" : undefined;
}

interface CardProps
  extends Omit<ScenarioCardsProps, "scenarios" | "manual" | "isAsking" | "counts" | "onCounts" | "takeable"> {
  readonly scenario: Scenario | undefined;
  /** The recommended one. */
  readonly best: Scenario | undefined;
  readonly takeable: readonly Takeable[];
  /** Names of scenarios that come to just this. */
  readonly also: readonly string[];
  readonly isDim?: boolean;
  /** Fields in place of parts. */
  readonly children?: React.ReactNode;
}

function Card({
  scenario,
  best,
  also,
  request,
  settled,
  takeable,
  isDim = false,
  reason,
  onChoose,
  children,
}: CardProps) {
  const id = useId();
  const name = scenario === undefined ? "By hand" : scenarioName(scenario);
  const dim = isDim ? "opacity-60" : "";
  return (
    <section
      aria-labelledby={id}
      aria-busy={isDim}
      className={`${CARD} ${scenario?.recommended === true ? "border-accent" : "border-line"}`}
    >
      <header className="space-y-1">
        <div className="flex flex-wrap items-center gap-2">
          <h2 id={id} className="text-md font-semibold">
            {name}
          </h2>
          {scenario?.recommended === true ? <Badge family="secured" word="Recommended" /> : undefined}
          {scenario?.exact === false ? <Badge family="attention" word="Not proved" /> : undefined}
        </div>
        {also.length === 0 ? undefined : (
          <p className="text-xs text-ink-soft">The same as {also.join(" and ").toLowerCase()}.</p>
        )}
      </header>
      <div className={dim}>
        {scenario === undefined ? (
          <p className="text-ink-soft">Say how many of which bid.</p>
        ) : (
          <Cost scenario={scenario} />
        )}
      </div>
      <div className={dim}>
        {scenario === undefined ? undefined : (
          <Totals request={request} settled={settled} best={best} scenario={scenario} />
        )}
      </div>
      {children === undefined ? (
        <PartsShown takeable={takeable} scenario={scenario} />
      ) : (
        <div className="space-y-3">{children}</div>
      )}
      <div className={`space-y-1 text-xs ${dim}`}>
        {scenario === undefined ? undefined : <Notes scenario={scenario} />}
      </div>
      <div className="self-end">
        <Button
          writes
          operation="awardChoose"
          look={scenario?.recommended === true ? "main" : "plain"}
          disabledReason={scenario === undefined ? (reason ?? "Nothing is taken yet") : reason}
          onPress={() => (scenario === undefined ? undefined : onChoose(scenario))}
          className="w-full justify-center"
        >
          Choose {name.toLowerCase()}
        </Button>
        {reason === undefined ? undefined : <p className="mt-1 text-xs text-ink-soft">{reason}</p>}
      </div>
    </section>
  );
}

function Cost({ scenario: { cost, value, more, providers } }: { readonly scenario: Scenario }) {
  return (
    <>
      <p className="text-xs text-ink-soft">What it adds, from {countOf(providers.length, "provider")}</p>
      <p className="text-lg font-semibold tracking-tight">
        {cost === undefined ? "in several currencies" : moneyText(cost)}
      </p>
      <p className="text-xs text-ink-soft">
        {moneyText(value)} effectively
        {more === undefined ? "" : `, ${more.amount.startsWith("-") ? "" : "+"}${moneyText(more)}`}
      </p>
    </>
  );
}

interface TotalsProps extends Pick<CardProps, "request" | "settled" | "best"> {
  readonly scenario: Scenario;
}

function Totals({ request, settled, best, scenario }: TotalsProps) {
  const windows = new Map(request.view.lots.map(({ lot }) => [lot.id, lot.window]));
  const whole = wholeOf(settled, scenario, (lot, count) => {
    const window = windows.get(lot);
    return window === undefined ? 0n : acceleratorSecondsOf(count, window);
  });
  return (
    <dl className="grid grid-cols-[1fr_auto] gap-x-3 gap-y-0.5 rounded-md bg-sunken px-3 py-2">
      <dt className="text-ink-soft">Whole request</dt>
      <dd className="text-right font-medium">{whole.cost === undefined ? "–" : moneyText(whole.cost)}</dd>
      <dt className="text-ink-soft">Against the recommended</dt>
      <dd className="text-right">{againstText(scenario, best)}</dd>
      <dt className="text-ink-soft">Blended</dt>
      <dd className="text-right">{whole.blended === undefined ? "–" : rateText(whole.blended)}</dd>
      <dt className="text-ink-soft">Accelerators</dt>
      <dd className="text-right">{countText(whole.count)}</dd>
    </dl>
  );
}

/** How much more is paid than by the recommended one: "+$287,539.20"; "–" where that cannot be said. */
function againstText({ cost, recommended }: Scenario, best: Scenario | undefined): string {
  if (recommended || cost === undefined || best?.cost === undefined || cost.currency !== best.cost.currency) return "–";
  const micros = microsOf(cost) - microsOf(best.cost);
  const text = moneyText({ amount: formatMicros(micros), currency: cost.currency });
  return micros > 0n ? `+${text}` : text;
}

interface PartsShownProps {
  readonly takeable: readonly Takeable[];
  readonly scenario: Scenario | undefined;
}

/** The same bids in the same order on each card, so that they can be read across. */
function PartsShown({ takeable, scenario }: PartsShownProps) {
  const nameOf = useNames();
  const most = Math.max(1, ...takeable.map(({ max }) => max));
  return (
    <ul className="space-y-3">
      {takeable.map(({ key, bid, line, provider }) => {
        const part = scenario?.parts.find((one) => one.bid === bid && one.line === line);
        return (
          <li key={key}>
            <div className="flex items-baseline justify-between gap-3">
              <span className={part === undefined ? "text-ink-soft" : "font-medium"}>{nameOf(provider)}</span>
              <span className="text-right">{part === undefined ? "–" : countText(part.count)}</span>
            </div>
            <Bar share={(part?.count ?? 0) / most} />
            <p className="text-right text-xs text-ink-soft">
              {part === undefined ? "not taken" : moneyText(part.cost)}
            </p>
          </li>
        );
      })}
    </ul>
  );
}

function Bar({ share }: { readonly share: number }) {
  return (
    <div aria-hidden="true" className="my-1 h-1.5 overflow-hidden rounded-sm bg-sunken">
      <div
        className="h-full border border-secured bg-[var(--secured-fill)] forced-colors:bg-[CanvasText]"
        style={{ width: `${share * 100}%`, borderWidth: share === 0 ? 0 : undefined }}
      />
    </div>
  );
}

interface TakenProps {
  readonly takeable: Takeable;
  readonly counts: Counts;
  readonly onCounts: (counts: Counts) => void;
}

function Taken({ takeable, counts, onCounts }: TakenProps) {
  const nameOf = useNames();
  const { key, provider, min, max, multiple, price } = takeable;
  const count = counts[key] ?? 0;
  return (
    <CountField
      label={`${nameOf(provider)}, at ${price}`}
      value={count}
      onChange={(next) => onCounts({ ...counts, [key]: next })}
      problem={problemOf(takeable, count)}
      note={`none, or ${countText(min)} to ${countText(max)} by ${countText(multiple)}`}
    />
  );
}

function Notes({ scenario: { unfilled, avoided, binding, runnerUp, problems } }: { readonly scenario: Scenario }) {
  const nameOf = useNames();
  return (
    <>
      {problems.map(({ bid, line, count, why }) => (
        <p key={`${bid} ${line}`} className="text-breach">
          <span aria-hidden="true">✕ </span>
          {countText(count)} of <span className="font-mono">{bid}</span>: {codeText(why)}
        </p>
      ))}
      {unfilled.map(({ lot, count, why }) => (
        <p key={lot} className="text-attention">
          <span aria-hidden="true">▲ </span>
          {countText(count)} not filled: {codeText(why)}
        </p>
      ))}
      {unfilled.length === 0 && problems.length === 0 ? (
        <p className="text-ink-soft">Nothing is left unfilled.</p>
      ) : undefined}
      {avoided
        .filter(({ counted }) => counted)
        .map(({ agreement, clause, avoided: money }) => (
          <p key={`${agreement} ${clause}`} className="text-ink-soft">
            Avoids {moneyText(money)} of shortfall under {agreement} {clause}.
          </p>
        ))}
      {binding.length === 0 ? undefined : <p className="text-ink-soft">Held back by: {codesText(binding)}.</p>}
      {runnerUp === undefined ? undefined : (
        <p className="text-ink-soft">
          Next best: {nameOf(runnerUp.provider)} with {countText(runnerUp.count)}, {moneyText(runnerUp.value)}{" "}
          effectively.
        </p>
      )}
    </>
  );
}
