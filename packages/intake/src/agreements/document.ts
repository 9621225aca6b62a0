import { addMonths, formatCivilDate, parseCivilDate } from "@offtake/core/calendar";
import { type Field, FIELD_NAMES, FIELDS } from "@offtake/wire/mapping";
import { clauseFromAnswers, type TemplateName, templateOf } from "@offtake/wire/templates";
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
      clauses: clauses.length === 0 ? undefined : clauses,
    };
  }

  private use<Name extends Field>(...names: readonly Name[]): Readonly<Partial<Record<Name, string>>> {
    for (const name of names) this.used.add(name);
    return this.fields;
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
    const prices = this.priceBook(kinds.includes("option"));
    return [
      ...made.map(([, clause]) => clause).filter((clause) => clause !== undefined),
      ...(prices === undefined ? [] : [prices]),
      ...missed.map((kind) => record(`sheet-kind-${kind}`, `${FIELDS.kind.title}: ${kind}`)),
      ...FIELD_NAMES.filter((field) => this.fields[field] !== undefined && !this.used.has(field)).map((field) =>
        record(`sheet-${field}`, `${FIELDS[field].title}: ${this.fields[field]}`),
      ),
      ...this.draft.kept.map(({ column, text }, index) =>
        record(`column-${slugOf(column, "c")?.slice(0, 40) ?? "c"}-${index + 1}`, `${column}: ${text}`),
      ),
    ];
  }

  /** The price at which the agreement sells; that of an option is the option's own. */
  private priceBook(isOption: boolean): Group | undefined {
    const { price } = this.fields;
    if (price === undefined || (isOption && this.used.has("price"))) return undefined;
    this.use("price");
    return {
      id: "prices",
      kind: "price-book",
      entries: [{ id: "price", price, scope: this.scope() }],
      reading: this.reading(),
    };
  }

  private scope(): Plain | undefined {
    const { accelerators, regions, purposes } = this.fields;
    if (accelerators === undefined && regions === undefined && purposes === undefined) return undefined;
    this.use("accelerators", "regions", "purposes");
    const isExcept = purposes?.startsWith("except ") === true;
    return {
      ...(accelerators === undefined ? {} : { accelerators: list(accelerators) }),
      ...(regions === undefined ? {} : { regions: list(regions) }),
      ...(purposes === undefined ? {} : { purposes: isExcept ? { except: list(purposes.slice(7)) } : list(purposes) }),
    };
  }

  /** The clause of a kind, as its template makes it from answers; undefined where the row does not say enough for one. */
  private clause(kind: string): Group | undefined {
    const shape = SHAPES[kind];
    if (shape === undefined) return undefined;
    const { period, purposes, until, start, end, amount, currency } = this.fields;
    const isExcept = purposes?.startsWith("except ") === true;
    const isCommitment = COMMITMENTS.has(kind);
    if (isCommitment && (amount === undefined || currency === undefined || end === undefined)) return undefined;
    const isScheduled = period !== undefined || (this.draft.since ?? start) !== start;
    const periods = isCommitment && isScheduled ? this.periods(period) : undefined;
    if (isCommitment && isScheduled && periods === undefined) return undefined;
    const stated: Partial<Record<Field, string | undefined>> = {
      ...this.fields,
      purposes: isExcept ? undefined : purposes,
      until: until ?? end,
      amount: periods === undefined ? `${amount} ${currency}` : undefined,
    };
    if (kind === "minimum-share" && this.fields.share === undefined) return undefined;
    const questions = new Set(templateOf(shape.template).questions.map((question) => question.id));
    const takes = new Set<Field>(["text", ...shape.takes]);
    const asked = ANSWERED.filter(
      ([question, field]) => takes.has(field) && questions.has(question) && stated[field] !== undefined,
    );
    const made = clauseFromAnswers(shape.template, {
      id: kind,
      ...Object.fromEntries(asked.map(([question, field]) => [question, stated[field]])),
    });
    if (!made.ok) return undefined;
    this.use("text", ...shape.takes, ...(isCommitment ? (["currency", "period"] as const) : []));
    const { id, ...document } = made.value.document as Group;
    return {
      id,
      ...document,
      ...shape.base,
      ...this.beside(kind, shape, isExcept, document),
      ...(periods === undefined ? {} : { schedule: periods }),
      reading: this.reading(),
    };
  }

  /** What a template does not ask for and the clause can hold. */
  private beside(kind: string, { takes }: Shape, isExcept: boolean, document: Group): Group {
    const { share, price, purposes } = this.fields;
    const scope = document["scope"] as Group | undefined;
    return {
      ...(isExcept && takes.includes("purposes")
        ? { scope: { ...scope, purposes: { except: list(purposes?.slice(7)) } } }
        : {}),
      ...(kind === "minimum-share" ? { minimumShare: { share } } : {}),
      ...(kind === "take-or-pay" && price !== undefined ? { price } : {}),
    };
  }

  private periods(period: string | undefined): readonly Plain[] | undefined {
    const { start = "", end = "", amount, currency } = this.fields;
    const since = this.draft.since ?? start;
    const spans = period === undefined ? [{ from: since, to: end }] : periodsOf(since, end, MONTHS[period] ?? 12);
    return spans?.map(({ from, to }) => ({ from, to, amount: `${amount} ${currency}` }));
  }

  private reading(): Plain | undefined {
    const { confirmedBy, confirmedAt } = this.fields;
    if (confirmedBy === undefined || confirmedAt === undefined) return undefined;
    this.use("confirmedBy", "confirmedAt");
    return { by: confirmedBy, at: confirmedAt };
  }
}

/** The template that makes a clause of a kind, what is said otherwise than there, and the fields that it takes. */
interface Shape {
  readonly template: TemplateName;
  readonly base: Group;
  readonly takes: readonly Field[];
}

const SCOPE = ["accelerators", "regions", "purposes"] as const;
const RIGHT = [...SCOPE, "window", "passThrough"] as const;
const COMMITTED = [...SCOPE, "amount"] as const;
const commitmentOf = (type: string): Shape => ({ template: "spend-commitment", base: { type }, takes: COMMITTED });
const rightOf = (kind: string): Shape => ({ template: "ask-first", base: { kind, mode: undefined }, takes: RIGHT });

const SHAPES: Readonly<Record<string, Shape>> = {
  "first-refusal": { template: "ask-first", base: {}, takes: RIGHT },
  "first-offer": rightOf("first-offer"),
  match: { template: "match", base: {}, takes: RIGHT },
  exclusivity: { template: "exclusive", base: {}, takes: RIGHT },
  consent: { template: "consent", base: {}, takes: [...SCOPE, "window"] },
  "first-ship": { template: "ship-first", base: {}, takes: [...SCOPE, "window"] },
  option: { template: "option", base: {}, takes: [...SCOPE, "count", "until", "price"] },
  "minimum-share": { ...rightOf("minimum-share"), takes: [...RIGHT, "share"] },
  "most-favoured": rightOf("most-favoured"),
  "spend-commitment": commitmentOf("spend"),
  "take-or-pay": commitmentOf("take-or-pay"),
  prepaid: commitmentOf("prepaid"),
  "volume-commitment": commitmentOf("volume"),
  "revenue-share": { template: "revenue-share", base: {}, takes: [...SCOPE, "share"] },
};

/** Questions of the templates that a field answers. */
const ANSWERED: readonly (readonly [question: string, field: Field])[] = [
  ["text", "text"],
  ["accelerators", "accelerators"],
  ["regions", "regions"],
  ["purposes", "purposes"],
  ["window", "window"],
  ["pass-through-allowed", "passThrough"],
  ["amount", "amount"],
  ["price", "price"],
  ["count", "count"],
  ["until", "until"],
  ["share", "share"],
];

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
