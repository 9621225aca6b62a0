import { addMonths, formatCivilDate, parseCivilDate } from "@offtake/core/calendar";
import type { Field, Mapping } from "@offtake/wire/mapping";
import { type Amount, readAmount, readCurrency, takePeriod } from "./amounts.ts";
import { type Cell, cellText, EMPTY, type SheetRow } from "./cells.ts";
import type { Choice, RowRefusal } from "./codes.ts";
import { cellsOf, type Column, type ReadableSheet } from "./columns.ts";
import { type DateOrder, orderOf, readDate } from "./dates.ts";
import { readLength } from "./lengths.ts";
import { type DecimalMark, markOf, readNumber } from "./numbers.ts";
import { isNothing, isUnknown, NOTHING, read, type Reading, refuse, shown } from "./reading.ts";
import { readRenewal } from "./renewals.ts";
import type { AgreementRow, KeptText, ReadRows } from "./row.ts";
import { readAccelerators, readGrade, readKinds, readPurposes, readRegions, readStatus, readYesNo } from "./words.ts";

/** Characters of a text cell that an agreement takes. */
const TEXT_CHARS_MAX = 10_000;

interface ColumnSettings {
  readonly order: DateOrder | undefined;
  readonly decidedBy: string;
  readonly mark: DecimalMark | undefined;
}

/** Reads the rows below the header. A row with anything that cannot be read is refused as a whole, with every reason. */
export function readRows(readable: ReadableSheet, mapping: Mapping | undefined): ReadRows {
  const settings = new Map(readable.columns.map((column) => [column.index, settingsOf(column, readable, mapping)]));
  const rows: AgreementRow[] = [];
  const refused: RowRefusal[] = [];
  const refusedIds: string[] = [];
  const choices: Choice[] = [...readable.choices];
  for (const row of readable.rows) {
    if (row.cells.every((cell) => cellText(cell) === "")) continue;
    const reader = new RowReader(row, readable, mapping, settings);
    const result = reader.read();
    choices.push(...reader.choices);
    if (result === undefined) {
      refused.push(...reader.refused);
      if (reader.fields.id !== undefined) refusedIds.push(reader.fields.id);
    } else rows.push(result);
  }
  return { rows, refused, choices, refusedIds };
}

function settingsOf(column: Column, { rows }: ReadableSheet, mapping: Mapping | undefined): ColumnSettings {
  const stated = column.settings?.dates ?? mapping?.dates;
  const mark = column.settings?.decimals ?? mapping?.decimals ?? markOf([...cellsOf(rows, column)].map(cellText));
  const order = stated ?? orderOf(cellsOf(rows, column));
  return { order, decidedBy: stated === undefined ? "another date of this column" : "the mapping", mark };
}

type Fields = Partial<Record<Field, string>>;

class RowReader {
  readonly refused: RowRefusal[] = [];
  readonly choices: Choice[] = [];
  private readonly row: SheetRow;
  private readonly readable: ReadableSheet;
  private readonly mapping: Mapping | undefined;
  private readonly settings: ReadonlyMap<number, ColumnSettings>;
  readonly fields: Fields = {};
  private readonly cleared: Field[] = [];
  private readonly kept: KeptText[] = [];

  constructor(
    row: SheetRow,
    readable: ReadableSheet,
    mapping: Mapping | undefined,
    settings: ReadonlyMap<number, ColumnSettings>,
  ) {
    this.row = row;
    this.readable = readable;
    this.mapping = mapping;
    this.settings = settings;
  }

  read(): AgreementRow | undefined {
    if (this.row.isHidden === true && !this.allows("hidden", "read", "the row is hidden")) {
      this.refuseRow("hidden_row", "the row is hidden, by a filter or by hand");
      return undefined;
    }
    if (this.isTotal()) {
      this.refuseRow("not_an_agreement", "the row looks like a total or a heading");
      return undefined;
    }
    this.refuseExtraCells();
    for (const column of this.readable.columns) this.readColumn(column);
    this.settleTerm();
    if (this.refused.length > 0) return undefined;
    return { number: this.row.number, fields: this.fields, kept: this.kept, cleared: this.cleared };
  }

  private cell(column: Column): Cell {
    return this.row.cells[column.index] ?? EMPTY;
  }

  /** Whether the mapping lets something pass that is refused otherwise; then it is told. */
  private allows(key: "hidden" | "merged" | "formulas", value: string, why: string, column = "", text = ""): boolean {
    if (this.mapping?.[key] !== value) return false;
    this.choices.push({ row: this.row.number, column, ...(text === "" ? {} : { value: text }), taken: "read", why });
    return true;
  }

  private isTotal(): boolean {
    const filled = this.readable.columns.filter((column) => cellText(this.cell(column)) !== "");
    const [first] = filled;
    if (first === undefined) return true;
    const text = cellText(this.cell(first));
    const hasBoth = filled.some(({ is }) => is === "counterparty") && filled.some(({ is }) => is === "start");
    const isWord =
      /^(?:(?:sub|grand )?totals?|sum|summe|gesamt(?:summe)?|zwischensumme|total général|somme|sous-total)\b/i.test(
        text,
      );
    return !hasBoth && (isWord || (filled.length === 1 && this.readable.columns.length > 3));
  }

  private refuseExtraCells(): void {
    const known = new Set(this.readable.columns.map(({ index }) => index));
    const extra = this.row.cells.find((cell, index) => !known.has(index) && cellText(cell) !== "");
    if (extra !== undefined) this.refuseRow("no_column_for_value", `there is no column for ${shown(cellText(extra))}`);
  }

  private refuseRow(code: RowRefusal["code"], message: string): void {
    const value = this.row.cells
      .map(cellText)
      .filter((text) => text !== "")
      .join(" | ")
      .slice(0, 120);
    this.refused.push({ code, row: this.row.number, column: "", value, message });
  }

  private readColumn(column: Column): void {
    if (column.is === "ignore") return;
    const cell = this.worded(column, this.cell(column));
    if (cell === undefined || !this.isSound(column, cell)) return;
    if (column.is === "keep") {
      const text = cellText(cell);
      if (text.length > TEXT_CHARS_MAX)
        this.refuseAt(column, refuse("text_too_long", `the text has ${text.length} characters`));
      else if (text !== "") this.kept.push({ column: column.header, text });
      return;
    }
    this.readField(column, column.is, cell);
  }

  /** The cell, or what the mapping says that its word stands for. */
  private worded(column: Column, cell: Cell): Cell | undefined {
    const text = cellText(cell);
    const stated = column.settings?.words?.[text];
    if (stated === undefined) return cell;
    return { kind: "text", text: stated };
  }

  private isSound(column: Column, cell: Cell): boolean {
    const text = cellText(cell);
    switch (cell.flaw) {
      case "error":
        this.refuseAt(column, refuse("error_cell", `the cell holds the error ${shown(text)}`));
        return false;
      case "formula":
        if (this.allows("formulas", "cached", "the value that a formula gave last", column.header, text)) return true;
        this.refuseAt(
          column,
          refuse(
            "formula",
            text === "" || text.startsWith("=") ? "the cell holds a formula" : `a formula gave ${shown(text)} last`,
          ),
        );
        return false;
      case "merged":
        if (text === "") return true;
        if (this.allows("merged", "fill", "the value of the merged cells", column.header, text)) return true;
        this.refuseAt(column, refuse("merged_cell", `the cell is merged with others that say ${shown(text)}`));
        return false;
      default:
        return true;
    }
  }

  private refuseAt(column: Column, reading: Extract<Reading, { kind: "refused" }>): void {
    const { kind: _, ...refusal } = reading;
    this.refused.push({
      ...refusal,
      row: this.row.number,
      column: column.header,
      value: cellText(this.cell(column)).slice(0, 200),
    });
  }

  private readField(column: Column, field: Field, cell: Cell): void {
    const settings = this.settings.get(column.index) as ColumnSettings;
    const put = (reading: Reading): void => this.put(column, field, reading);
    switch (field) {
      case "start":
      case "end":
        return put(this.date(cell, settings, field));
      case "until":
      case "signed":
      case "confirmedAt":
      case "sourceDate":
        return put(
          isNothing(cellText(cell)) ? NOTHING : this.date(cell, settings, field === "until" ? "end" : "start"),
        );
      case "amount":
        return this.putAmount(column, readAmount(cell, this.amountSettings(column, settings)));
      case "currency":
        return put(readCurrency(cell, this.mapping?.signs ?? {}));
      case "price":
        return put(this.price(column, cell, settings));
      case "window":
        return put(readLength(cell, { unit: column.unit, months: false }));
      case "term":
      case "renewalNotice":
        return put(readLength(cell, { unit: column.unit, months: true }));
      case "renewal":
        return put(readRenewal(cell, column.unit));
      case "count":
        return put(readCount(cell, settings.mark));
      case "share":
        return put(readShare(cell, column.unit, settings.mark));
      case "passThrough":
        return put(readYesNo(cell));
      case "status":
        return put(readStatus(cell));
      case "grade":
        return put(readGrade(cell));
      case "period":
        return put(readPeriod(cell));
      case "kind":
        return put(mapped(readKinds(cell), ({ kinds }) => kinds.join("; ")));
      case "accelerators":
        return this.putAccelerators(column, readAccelerators(cell));
      case "regions":
        return put(mapped(readRegions(cell), (regions) => regions.join(", ")));
      case "purposes":
        return put(mapped(readPurposes(cell), ({ words, isExcept }) => (isExcept ? "except " : "") + words.join(", ")));
      default:
        return put(readText(cell));
    }
  }

  private amountSettings(column: Column, { mark }: ColumnSettings) {
    return { mark, unit: column.unit, signs: this.mapping?.signs ?? {} };
  }

  private date(cell: Cell, { order, decidedBy }: ColumnSettings, edge: "start" | "end" | Field): Reading {
    const text = cellText(cell);
    if (text === "" || (edge === "end" && isNothing(text))) return NOTHING;
    if (isUnknown(text))
      return refuse("vague_date", `${shown(text)}: not known is not the same as without`, {
        expected: "a day such as 2027-12-31, or nothing",
      });
    if (edge === "end" && WITHOUT_END.test(text)) return read("", `${shown(text)} is read as without end`);
    return readDate(cell, {
      edge: edge === "end" ? "end" : "start",
      order,
      decidedBy,
      from1904: this.readable.sheet.from1904,
    });
  }

  private price(column: Column, cell: Cell, settings: ColumnSettings): Reading {
    const unit = column.unit ?? "";
    const perHour = /(?:\/|per|pro|par|je)?\s*(?:gpu|acc(?:elerator)?)?[\s-]*(?:\bh|hour|std\.?|stunde|heure)\b/i;
    const rest = unit
      .replace(perHour, " ")
      .replace(/\/|\bper\b|\bpro\b|\bgpu\b/gi, " ")
      .trim();
    const header = /hour|stunde|heure|\bstd\b/i.test(column.header);
    const amount = readAmount(cell, { ...this.amountSettings(column, settings), unit: rest });
    if (amount.kind !== "read") return amount;
    const { digits, currency, perHour: isPerHour, period } = amount.value;
    if (period !== undefined || (isPerHour !== true && !perHour.test(unit) && !header))
      return refuse("wrong_unit", `${shown(cellText(cell))} does not say for one accelerator and hour`, {
        expected: "a price such as 2.55 USD/h",
      });
    if (currency === undefined || currency === "accelerator-hours")
      return refuse("unknown_currency", `${shown(cellText(cell))} has no currency`, {
        expected: "a price such as 2.55 USD/h",
      });
    return read(`${digits} ${currency}/h`, amount.why);
  }

  private put(column: Column, field: Field, reading: Reading): void {
    if (reading.kind === "refused") return this.refuseAt(column, reading);
    const text = cellText(this.cell(column));
    if ((reading.kind === "empty" && text !== "") || (reading.kind === "read" && reading.value === ""))
      this.cleared.push(field);
    if (reading.kind === "empty") return;
    if (reading.kind === "kept") {
      this.kept.push({ column: column.header, text });
      this.choose(column, "kept as text", reading.why);
      return;
    }
    if (reading.value !== "") this.fields[field] = reading.value;
    if (reading.why !== undefined) this.choose(column, reading.value === "" ? "nothing" : reading.value, reading.why);
    if (field === "kind" && reading.why !== undefined) this.kept.push({ column: column.header, text });
  }

  private choose(column: Column, taken: string, why: string): void {
    this.choices.push({
      row: this.row.number,
      column: column.header,
      value: cellText(this.cell(column)).slice(0, 200),
      taken,
      why,
    });
  }

  private putAmount(column: Column, reading: Reading<Amount>): void {
    if (reading.kind !== "read") return this.put(column, "amount", reading);
    const { digits, currency, period, perHour } = reading.value;
    if (perHour === true)
      return this.refuseAt(column, refuse("wrong_unit", "this is a price for an hour, not an amount"));
    this.put(column, "amount", read(digits, reading.why));
    if (period !== undefined) this.fields.period = period;
    if (currency !== undefined) this.fields.currency = currency;
  }

  private putAccelerators(column: Column, reading: ReturnType<typeof readAccelerators>): void {
    if (reading.kind !== "read") return this.put(column, "accelerators", reading);
    const { names, count } = reading.value;
    this.put(column, "accelerators", read(names.join(", "), reading.why));
    if (count !== undefined) this.fields.count ??= count;
  }

  /** The end that a start and a term make; where the end is stated too, both must say the same. */
  private settleEnd(column: Column | undefined): void {
    const { fields } = this;
    const { term, start, end } = fields;
    delete fields.term;
    if (column === undefined || term === undefined || start === undefined) return;
    const last = lastDayOf(start, term);
    if (last === undefined)
      this.refuseAt(column, refuse("wrong_unit", `${shown(term)}: a term runs in days, months or years`));
    else if (end === undefined) {
      fields.end = last;
      this.choose(column, last, `${term} from ${start} are read as until ${last}`);
    } else if (end !== last)
      this.refuseAt(column, refuse("term_differs", `${term} from ${start} are until ${last}, and the end is ${end}`));
  }

  /** What only the cells of a row together can say. */
  private settleTerm(): void {
    const { fields } = this;
    const columnOf = (field: Field): Column | undefined => this.readable.columns.find(({ is }) => is === field);
    const isRefused = (field: Field): boolean => this.refused.some(({ column }) => column === columnOf(field)?.header);
    for (const field of ["counterparty", "start"] as const) {
      const column = columnOf(field);
      const isInherited = fields.amends !== undefined && field === "counterparty";
      if (column !== undefined && fields[field] === undefined && !isInherited && !isRefused(field))
        this.refuseAt(column, refuse("value_missing", `the ${field} is missing`));
    }
    this.settleEnd(columnOf("term"));
    const end = columnOf("end");
    if (end !== undefined && fields.start !== undefined && fields.end !== undefined && fields.end < fields.start)
      this.refuseAt(end, refuse("ends_before_start", `the end ${fields.end} is before the start ${fields.start}`));
    const amount = columnOf("amount");
    if (amount !== undefined && fields.amount !== undefined && fields.currency === undefined && !isRefused("currency"))
      this.refuseAt(
        amount,
        refuse("unknown_currency", `${shown(fields.amount)} has no currency`, {
          expected: "an amount such as 4500000 EUR",
        }),
      );
    if (fields.amount === undefined) {
      delete fields.currency;
      delete fields.period;
    } else if (fields.period === "total") delete fields.period;
    const status = columnOf("status");
    if (fields.status === "ended") {
      if (fields.end === undefined && fields.amends === undefined && status !== undefined)
        this.refuseAt(status, refuse("value_missing", "an agreement that has ended needs its end"));
      delete fields.status;
    } else if (fields.status === "active") delete fields.status;
  }
}

/** The last day of a term: the day before its anniversary. */
function lastDayOf(start: string, term: string): string | undefined {
  const first = parseCivilDate(start);
  const match = /^(\d+) (day|month|year)s?$/.exec(term);
  if (first === undefined || match === null) return undefined;
  const n = Number(match[1]);
  const next = match[2] === "day" ? first + n : addMonths(first, match[2] === "month" ? n : n * 12);
  return formatCivilDate(next - 1);
}

const WITHOUT_END =
  /^(?:open(?:[- ]?ended)?|evergreen|indefinite(?:ly)?|unlimited|no end|perpetual|until terminated|∞|unbefristet|unbegrenzt|ohne ende|offenes ende|auf unbestimmte zeit|bis auf weiteres|unbest\.?|indéterminée?|sans fin|durée indéterminée|illimitée?)$/i;

function mapped<From>(reading: Reading<From>, text: (value: From) => string): Reading {
  return reading.kind === "read" ? read(text(reading.value), reading.why) : reading;
}

function readText(cell: Cell): Reading {
  const text = cellText(cell);
  if (/^[-–—]*$/.test(text)) return NOTHING;
  return text.length > TEXT_CHARS_MAX ? refuse("text_too_long", `the text has ${text.length} characters`) : read(text);
}

function readCount(cell: Cell, mark: DecimalMark | undefined): Reading {
  const text = cellText(cell).replace(/\s*(?:gpus?|accelerators?|units?|stück|stk\.?|pcs|x)$/i, "");
  if (text === "" || isNothing(text)) return NOTHING;
  const number = readNumber(text, mark);
  const digits = number.kind === "ambiguous" ? number.grouped : number.kind === "number" ? number.digits : "";
  if (!/^\d{1,9}$/.test(digits) || Number(digits) < 1)
    return refuse("bad_count", `${shown(text)} is no count`, { expected: "a whole number from 1 up" });
  return read(
    digits,
    number.kind === "ambiguous" ? `a count is whole: ${shown(text)} is read as ${digits}` : undefined,
  );
}

function readShare(cell: Cell, unit: string | undefined, mark: DecimalMark | undefined): Reading {
  const text = cellText(cell);
  if (text === "" || isNothing(text)) return NOTHING;
  const match = /^(.*?)\s*(%|prozent|percent|per cent|pct|v\.?\s?h\.?|pour\s?cent)$/i.exec(text);
  const isStated = match !== null || /%|prozent|percent|pour\s?cent/i.test(unit ?? "");
  if (!isStated) return refuse("bad_share", `${shown(text)} does not say that it is a percentage`, { expected: "40%" });
  const number = readNumber(match?.[1] ?? text, mark);
  const digits = number.kind === "number" ? number.digits : number.kind === "ambiguous" ? number.decimal : "";
  if (!/^\d{1,3}(?:\.\d{1,2})?$/.test(digits) || Number(digits) > 100)
    return refuse("bad_share", `${shown(text)} is no percentage from 0 to 100`, { expected: "40%" });
  if (match === null && Number(digits) < 1 && Number(digits) > 0)
    return refuse("bad_share", `${shown(text)} is ${digits}% or ${Number(digits) * 100}%`, { expected: "40%" });
  return read(`${digits}%`);
}

function readPeriod(cell: Cell): Reading {
  const text = cellText(cell);
  if (text === "" || isNothing(text)) return NOTHING;
  const { period, rest } = takePeriod(text);
  if (period === undefined || !/^(?:each|every|jede[sn]?|chaque|calendar|contract)?$/i.test(rest))
    return refuse("unknown_word", `${shown(text)} is no period`, { expected: "total, year, quarter or month" });
  return read(period);
}
