import { rateText } from "@offtake/core/explanation";
import type { Rate } from "@offtake/core/kernel";
import type { Plan, PlannedSource } from "@offtake/core/planning";
import { roundRate } from "@offtake/wire/planned";
import { isAwarded, sourceName } from "../plan-lines.ts";
import { element, escaped, joined } from "./markup.ts";

const WIDTH = 1040;
const LABELS = 250;
const RIGHT = 120;
const BAR = 11;
const GAP = 3;
/** Room for a name and what kind of source it is. */
const ROW_MIN = 34;
const BETWEEN = 14;
const TOP = 24;
/** Sources that a picture has room for. */
const SHOWN_MAX = 10;

/** Prices by accelerator-hour, three bars for each source that has one. Undefined where nothing has a price. */
export function priceChartSvg(plan: Plan): string | undefined {
  const sources = plan.sources.filter(({ ownPrice }) => ownPrice !== undefined).slice(0, SHOWN_MAX);
  const currency = sources[0]?.ownPrice?.currency;
  const shown = sources.filter(({ ownPrice }) => ownPrice?.currency === currency);
  if (shown.length === 0) return undefined;
  const most = Math.max(...shown.flatMap((source) => barsOf(source).map(({ rate }) => number(rate))), 0.000001);
  const x = (value: number): number => LABELS + (Math.max(0, value) / most) * (WIDTH - LABELS - RIGHT);
  const rowsOf = placed(shown);
  const height = TOP + rowsOf.height;
  const title = element("title", { id: "prices-title" }, "Prices of each source");
  const desc = element("desc", { id: "prices-desc" }, escaped(priceSentence(plan)));
  const rows = shown.map((source, index) => rowMarks(plan, source, TOP + (rowsOf.tops[index] ?? 0), x));
  return element(
    "svg",
    { viewBox: `0 0 ${WIDTH} ${height}`, role: "img", "aria-labelledby": "prices-title prices-desc" },
    title + desc + PATTERNS + axis(currency ?? "", most, x, height) + capMark(plan, most, x, height) + joined(rows),
  );
}

const PATTERNS = `<defs><pattern id="hatch" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><line class="hatch" x1="0" y1="0" x2="0" y2="7"/></pattern></defs>`;

/** "Harbor Cloud is the cheapest after commitments: $1.32 effectively, $2.88 paid." */
export function priceSentence({ sources }: Plan): string {
  const [first] = sources;
  if (first?.ownPrice === undefined || first.effectivePrice === undefined) return "No source has a price on record.";
  return `${first.providerName} costs least by accelerator-hour after commitments: ${roundRate(first.effectivePrice)} effectively, ${roundRate(first.ownPrice)} paid.`;
}

interface Bar {
  readonly name: "list" | "own" | "effective";
  readonly text: string;
  readonly rate: Rate;
}

/** What differs: where the list asks what is paid, or commitments change nothing, one bar says it. */
function barsOf({ listPrice, ownPrice, effectivePrice }: PlannedSource): Bar[] {
  const same = (a: Rate | undefined, b: Rate | undefined): boolean =>
    a?.microsPerHour === b?.microsPerHour && a?.currency === b?.currency;
  const list = listPrice === undefined || same(listPrice, ownPrice) ? undefined : listPrice;
  const effective = effectivePrice === undefined || same(effectivePrice, ownPrice) ? undefined : effectivePrice;
  const alone = list === undefined && effective === undefined;
  const bar = (name: Bar["name"], rate: Rate | undefined): Bar[] =>
    rate === undefined ? [] : [{ name, rate, text: `${roundRate(rate)}${alone ? "" : ` ${name}`}` }];
  return [...bar("list", list), ...bar("own", ownPrice), ...bar("effective", effective)];
}

/** Where each source's row begins, and how high all of them are. */
function placed(sources: readonly PlannedSource[]): { readonly tops: readonly number[]; readonly height: number } {
  const tops: number[] = [];
  let height = 0;
  for (const source of sources) {
    tops.push(height);
    height += Math.max(ROW_MIN, barsOf(source).length * (BAR + GAP)) + BETWEEN;
  }
  return { tops, height };
}

/** For drawing only. */
const number = (rate: Rate): number => Number(rate.microsPerHour) / 1e6;

function rowMarks(plan: Plan, source: PlannedSource, y: number, x: (value: number) => number): string {
  const name = `${isAwarded(plan, source) ? "● " : ""}${sourceName(source)}`;
  const head =
    element("text", { x: 0, y: y + 13 }, escaped(name)) +
    element("text", { class: "q", x: 0, y: y + 29 }, escaped(KINDS[source.quote.kind]));
  const bars = barsOf(source).map(({ name: kind, rate, text }, index) => {
    const top = y + index * (BAR + GAP);
    const place = {
      x: LABELS,
      y: top,
      width: Math.max(1.5, Math.round((x(number(rate)) - LABELS) * 10) / 10),
      height: BAR,
    };
    const shape =
      kind === "effective"
        ? element("rect", { ...place, fill: "url(#hatch)" }) + element("rect", { ...place, class: "edge" })
        : element("rect", { ...place, class: kind });
    return (
      shape +
      element(
        "text",
        { class: kind === "effective" ? "" : "q", x: LABELS + place.width + 8, y: top + 10 },
        escaped(text),
      )
    );
  });
  return head + bars.join("");
}

const KINDS: Readonly<Record<PlannedSource["quote"]["kind"], string>> = {
  entitlement: "contracted already",
  agreement: "under agreement",
  market: "price list",
};

/** Half dollars or whole ones, whichever gives few. */
function axis(currency: string, most: number, x: (value: number) => number, height: number): string {
  const step = [0.25, 0.5, 1, 2, 5, 10, 20, 50, 100].find((one) => most / one <= 8) ?? most;
  const marks = [element("text", { class: "q", x: 0, y: 10 }, escaped(`${currency} by accelerator-hour`))];
  for (let value = 0; value <= most + 1e-9; value += step) {
    const place = Math.round(x(value) * 10) / 10;
    marks.push(
      element("line", { class: "grid", x1: place, x2: place, y1: TOP - 8, y2: height }) +
        element("text", { class: "q", x: place, y: 10, "text-anchor": "middle" }, value.toFixed(step < 1 ? 2 : 0)),
    );
  }
  return marks.join("");
}

function capMark({ request }: Plan, most: number, x: (value: number) => number, height: number): string {
  const cap = request.lines[0]?.cap;
  if (cap === undefined || number(cap) > most) return "";
  const place = Math.round(x(number(cap)) * 10) / 10;
  return (
    element("line", { class: "cap", x1: place, x2: place, y1: TOP - 8, y2: height }) +
    element(
      "text",
      { x: place + 4, y: height - 2 },
      escaped(`cap ${rateText(cap).replace(" per accelerator-hour", "")}`),
    )
  );
}
