import { addMonths, formatCivilDate, parseCivilDate } from "@offtake/core/calendar";
import { type Field, FIELD_NAMES, FIELDS } from "@offtake/wire/mapping";
import type { Plain } from "@offtake/wire/writing";
import { COMMITMENTS, type Draft } from "./assemble.ts";
import { slugOf } from "./slug.ts";

/** Keys of a document in the order in which they are written; undefined ones are left out. */
export type Group = { readonly [key: string]: Plain | undefined };

export interface DocumentParties {
  /** Id of the keeper of the book. */
  readonly keeper: string;
  readonly keeperBuys: boolean;
  /** Id of the party of a name. */
  readonly idOf: (counterparty: string) => string;
}

const MONTHS: Readonly<Record<string, number>> = { month: 1, quarter: 3, year: 12 };
const SCHEDULE_MAX = 200;

/** The agreement of a draft. What no clause can hold is a record, in the words of the list. */
export function documentOf(draft: Draft, parties: DocumentParties): Group {
  return new Composer(draft, parties).document();
}

class Composer {
  private readonly draft: Draft;
  private readonly parties: DocumentParties;
  private readonly fields: Draft["fields"];
  private readonly used = new Set<Field>([
    "id",
    "title",
    "counterparty",
    "start",
    "end",
    "owner",
    "status",
    "signed",
    "amends",
  ]);

  constructor(draft: Draft, parties: DocumentParties) {
    this.draft = draft;
    this.parties = parties;
    this.fields = draft.fields;
  }

  document(): Group {
    const { name, version } = this.draft;
    const { id, title, counterparty = "", start = "", end, owner, status, signed } = this.fields;
    const { keeper, keeperBuys, idOf } = this.parties;
    const other = idOf(counterparty);
    const evidence = this.evidence();
    const renewal = this.renewal();
    const clauses = this.clauses();
    return {
      name,
      version: version === 1 ? undefined : version,
      title,
      reference: id === name && version === 1 ? undefined : id,
      parties: keeperBuys ? { buyer: keeper, provider: other } : { buyer: other, provider: keeper },
      effective: { from: start, ...(end === undefined ? {} : { to: end }) },
      renewal,
      owner,
      status,
      signed,
      evidence,
      clauses: clauses.length === 0 ? undefined : (clauses as readonly Plain[]),
    };
  }

  private use<Name extends Field>(...names: readonly Name[]): Readonly<Partial<Record<Name, string>>> {
    for (const name of names) this.used.add(name);
    return this.fields as Readonly<Partial<Record<Name, string>>>;
  }

  private evidence(): Group | undefined {
    const { grade, source, sourceDate } = this.fields;
    if (grade === undefined || source === undefined) return undefined;
    this.use("grade", "source", "sourceDate");
    return { grade, source, date: sourceDate };
  }

  private renewal(): Plain | undefined {
    const { renewal, renewalNotice, end } = this.fields;
    if (renewal === "none" && renewalNotice === undefined) {
      this.use("renewal");
      return "none";
    }
    if (renewal === undefined || renewal === "none" || renewalNotice === undefined) return undefined;
    if (renewal !== "evergreen" && end === undefined) return undefined;
    this.use("renewal", "renewalNotice");
    return renewal === "evergreen"
      ? { kind: "evergreen", notice: renewalNotice }
      : { kind: "automatic", term: renewal, notice: renewalNotice };
  }

  private clauses(): Group[] {
    const kinds = (this.fields.kind ?? "").split("; ").filter((kind) => kind !== "");
    const made = kinds.map((kind) => [kind, this.clause(kind)] as const);
    const missed = made.filter(([, clause]) => clause === undefined).map(([kind]) => kind);
    this.used.add("kind");
    return [
      ...made.map(([, clause]) => clause).filter((clause) => clause !== undefined),
      ...missed.map((kind) => record(`sheet-kind-${kind}`, `${FIELDS.kind.title}: ${kind}`)),
      ...FIELD_NAMES.filter((field) => this.fields[field] !== undefined && !this.used.has(field)).map((field) =>
        record(`sheet-${field}`, `${FIELDS[field].title}: ${this.fields[field]}`),
      ),
      ...this.draft.kept.map(({ column, text }, index) =>
        record(`column-${slugOf(column, "c")?.slice(0, 40) ?? "c"}-${index + 1}`, `${column}: ${text}`),
      ),
    ];
  }

  private clause(kind: string): Group | undefined {
    if (COMMITMENTS.has(kind)) return this.commitment(kind);
    if (kind === "revenue-share") {
      const { share } = this.use("share");
      return { ...this.head(kind), kind, share };
    }
    const special = this.special(kind);
    if (special === undefined) return undefined;
    const { window, passThrough } = this.use("window", "passThrough");
    return {
      ...this.head(kind),
      kind,
      scope: this.scope(),
      window,
      passThrough: passThrough === undefined ? undefined : { allowed: passThrough === "yes" },
      ...special,
    };
  }

  /** What an option or a minimum share cannot do without; undefined where it is not said. */
  private special(kind: string): Group | undefined {
    if (kind === "option") {
      const { count, until, end, price } = this.fields;
      const last = until ?? end;
      if (count === undefined || last === undefined) return undefined;
      this.use("count", "until", "price");
      return { option: { count: Number(count), ...(price === undefined ? {} : { price }), until: last } };
    }
    if (kind !== "minimum-share") return {};
    const { share } = this.fields;
    if (share === undefined) return undefined;
    this.use("share");
    return { minimumShare: { share } };
  }

  private commitment(kind: string): Group | undefined {
    const { amount, currency, period, start = "", end } = this.fields;
    if (amount === undefined || currency === undefined || end === undefined) return undefined;
    const quantity = `${amount} ${currency}`;
    const periods = period === undefined ? undefined : periodsOf(start, end, MONTHS[period] ?? 12);
    if (period !== undefined && periods === undefined) return undefined;
    const { price } = this.use("amount", "currency", "period", "price");
    return {
      ...this.head(kind),
      kind: "commitment",
      type: kind === "spend-commitment" ? "spend" : kind === "volume-commitment" ? "volume" : kind,
      scope: this.scope(),
      ...(periods === undefined
        ? { amount: quantity }
        : { schedule: periods.map(({ from, to }) => ({ from, to, amount: quantity })) }),
      price,
    };
  }

  private head(kind: string): Group {
    const { text, confirmedBy, confirmedAt } = this.fields;
    this.use("text");
    const isRead = confirmedBy !== undefined && confirmedAt !== undefined;
    if (isRead) this.use("confirmedBy", "confirmedAt");
    return { id: kind, text, reading: isRead ? { by: confirmedBy, at: confirmedAt } : undefined };
  }

  private scope(): Plain | undefined {
    const { accelerators, regions, purposes } = this.use("accelerators", "regions", "purposes");
    if (accelerators === undefined && regions === undefined && purposes === undefined) return undefined;
    const except = purposes?.startsWith("except ") === true;
    const words = list(purposes?.replace(/^except /, ""));
    return {
      ...(accelerators === undefined ? {} : { accelerators: list(accelerators) }),
      ...(regions === undefined ? {} : { regions: list(regions) }),
      ...(purposes === undefined ? {} : { purposes: except ? { except: words } : words }),
    };
  }
}

const list = (text: string | undefined): readonly string[] => (text ?? "").split(", ").filter((item) => item !== "");

const record = (id: string, about: string): Group => ({ id, kind: "record", about });

/** Whole periods from the first day to the last; undefined where the last one would be cut, or there are too many. */
export function periodsOf(
  start: string,
  end: string,
  months: number,
): readonly { from: string; to: string }[] | undefined {
  const [first, last] = [parseCivilDate(start), parseCivilDate(end)];
  if (first === undefined || last === undefined) return undefined;
  const periods: { from: string; to: string }[] = [];
  let from = first;
  for (let n = 1; from <= last; n += 1) {
    const next = addMonths(first, months * n);
    if (next - 1 > last || n > SCHEDULE_MAX) return undefined;
    periods.push({ from: formatCivilDate(from), to: formatCivilDate(next - 1) });
    from = next;
  }
  return periods;
}
