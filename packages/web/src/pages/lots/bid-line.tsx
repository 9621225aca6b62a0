import { countText } from "../../amounts/counts.ts";
import { Window } from "../../clock/window.tsx";
import { Button } from "../../surface/button.tsx";
import { CountField, OneOf, WordsField } from "../fields.tsx";
import type { LineFields, LineRules, TierFields } from "./bid.ts";

interface BidLineProps {
  readonly rules: LineRules;
  readonly fields: LineFields;
  readonly currency: string;
  /** What is wrong at a field of this line, by its name. */
  readonly problemAt: (place: string) => string | undefined;
  readonly onChange: (fields: LineFields) => void;
  readonly isClosed: boolean;
  /** All of the bid has one price: the line may go without. */
  readonly hasOnePrice: boolean;
  /** One price may be divided by the list prices of its lines. */
  readonly mayDivide: boolean;
}

/** What one offers of a line: how many, from how many on, at which price in which steps. */
export function BidLine({
  rules,
  fields,
  currency,
  problemAt,
  onChange,
  isClosed,
  hasOnePrice,
  mayDivide,
}: BidLineProps) {
  const set = (part: Partial<LineFields>): void => onChange({ ...fields, ...part });
  const setTier = (index: number, part: Partial<TierFields>): void =>
    set({ tiers: fields.tiers.map((tier, at) => (at === index ? { ...tier, ...part } : tier)) });
  const isStepped = fields.tiers.length > 1;
  return (
    <div className="space-y-4">
      {rules.accelerators.length > 1 ? (
        <OneOf
          label="Which accelerators"
          value={fields.accelerator === "" ? (rules.accelerators[0] ?? "") : fields.accelerator}
          values={rules.accelerators.map((one) => [one, one])}
          onChange={(accelerator) => set({ accelerator })}
          none="Choose"
        />
      ) : undefined}
      <div className="grid grid-cols-2 gap-3">
        <CountField
          label="At most"
          value={fields.count}
          onChange={(count) => set({ count })}
          problem={problemAt("count")}
          isDisabled={isClosed}
        />
        <CountField
          label="At least"
          value={fields.min}
          onChange={(min) => set({ min })}
          problem={problemAt("min")}
          isDisabled={isClosed}
        />
      </div>
      {fields.tiers.map((tier, index) => (
        <div
          // oxlint-disable-next-line react/no-array-index-key -- steps have no name but their place
          key={index}
          className={isStepped ? "grid grid-cols-[6rem_minmax(0,1fr)] gap-3" : ""}
        >
          {isStepped ? (
            <CountField
              label={`From, step ${index + 1}`}
              value={tier.from}
              onChange={(from) => setTier(index, { from })}
              problem={problemAt(`from ${index}`)}
              isDisabled={isClosed}
            />
          ) : undefined}
          <WordsField
            label={isStepped ? `Price, step ${index + 1}` : hasOnePrice ? "Price by itself" : "Price"}
            value={tier.price}
            onChange={(price) => setTier(index, { price })}
            unit={`${currency} per accelerator-hour`}
            problem={tier.price === "" ? undefined : problemAt(`price ${index}`)}
            isDisabled={isClosed}
            {...(hasOnePrice && index === 0
              ? { note: "May be left out. A line on which somebody has a right needs it." }
              : {})}
          />
        </div>
      ))}
      {hasOnePrice && mayDivide ? (
        <WordsField
          label="List price of this line"
          value={fields.listPrice}
          onChange={(listPrice) => set({ listPrice })}
          unit={currency}
          note="By list prices the one price may be divided, where all lines have one."
          problem={fields.listPrice === "" ? undefined : problemAt("listPrice")}
          isDisabled={isClosed}
        />
      ) : undefined}
      <div className="flex flex-wrap gap-2">
        <Button
          look="quiet"
          onPress={() =>
            set({ tiers: [...fields.tiers, { from: (fields.tiers.at(-1)?.from ?? 0) + rules.block, price: "" }] })
          }
          disabledReason={isClosed ? "Bids are closed" : undefined}
        >
          Add a step
        </Button>
        {isStepped ? (
          <Button look="quiet" onPress={() => set({ tiers: fields.tiers.slice(0, -1) })}>
            Take the last step away
          </Button>
        ) : undefined}
      </div>
    </div>
  );
}

interface OfferedLineProps extends BidLineProps {
  readonly onSameForAll: (() => void) | undefined;
}

/** One of several lines: offered or not, under its number and window. */
export function OfferedLine({ onSameForAll, ...line }: OfferedLineProps) {
  const { rules, fields, onChange, isClosed } = line;
  return (
    <fieldset className="rounded-md border border-line px-3 pb-3 pt-1" disabled={isClosed}>
      <legend className="px-1 font-medium">Line {rules.line}</legend>
      <label className="mb-2 flex cursor-pointer items-start gap-2">
        <input
          type="checkbox"
          checked={fields.isOffered}
          onChange={() => onChange({ ...fields, isOffered: !fields.isOffered })}
          className="mt-0.5 size-4 shrink-0 accent-(--accent)"
        />
        <span>
          Offer it: <Window span={rules.span} />, up to {countText(rules.upTo)}
        </span>
      </label>
      {fields.isOffered ? <BidLine {...line} /> : <p className="text-xs text-ink-soft">Nothing is offered of it.</p>}
      {fields.isOffered && onSameForAll !== undefined ? (
        <Button look="quiet" onPress={onSameForAll}>
          The same price for all lines
        </Button>
      ) : undefined}
    </fieldset>
  );
}
