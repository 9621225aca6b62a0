import type { Schemas } from "@offtake/client";
import { dayText } from "@offtake/core/calendar";
import { countText, percentText } from "../../amounts/counts.ts";
import { moneyText, rateText } from "../../amounts/money.ts";
import { shownAt } from "../../clock/zoned.ts";

type AgreementView = Schemas["Agreement"]["view"]["agreement"];
export type ClauseTold = AgreementView["clauses"][number];

const KIND: Readonly<Record<string, string>> = {
  exclusivity: "exclusive",
  "first-offer": "first offer",
  "first-refusal": "asked first",
  match: "may match",
  consent: "consent",
  option: "option",
  "soft-hold": "soft hold",
  "minimum-share": "minimum share",
  "most-favoured": "most favoured",
  commitment: "commitment",
  "revenue-share": "revenue share",
};

export const kindText = (kind: string): string => KIND[kind] ?? kind.replaceAll("-", " ");

/** The clauses by which somebody must be asked, may match, or must not be passed over. */
export const rightsOf = (clauses: readonly ClauseTold[]): readonly Extract<ClauseTold, { holder: string }>[] =>
  clauses.filter((clause): clause is Extract<ClauseTold, { holder: string }> => "holder" in clause);

/** Who compared a clause with the contract, and when; undefined where nobody has, or where one is not told. */
export const readingOf = (clause: ClauseTold) => ("reading" in clause ? clause.reading : undefined);

/** Clauses whose reading nobody has confirmed: what rests on them says so. */
export const unconfirmedOf = (clauses: readonly ClauseTold[]): readonly ClauseTold[] =>
  clauses.filter((clause) => readingOf(clause) === undefined);

export const partiesOf = ({ buyer, provider, otherParties }: AgreementView): readonly string[] => [
  buyer,
  provider,
  ...otherParties,
];

/** The day of an instant, for lists; the exact one is on the agreement's page. */
/** "1 Jan 2026": the day on which something begins. */
export const dayOf = (at: string, zone: string): string => dayText(dayAt(Date.parse(at), zone)).slice(4);

/** The last day of what ends before an instant. */
export const lastDayOf = (at: string, zone: string): string => dayText(dayAt(Date.parse(at), zone, 1)).slice(4);

/** The day of an instant, less so many: in the zone, unless it is only in UTC that a day begins with it. */
function dayAt(at: number, zone: string, less = 0): number {
  const own = shownAt(zone, at);
  const universal = shownAt("UTC", at);
  if (own.msOfDay === 0) return own.epochDay - less;
  return universal.msOfDay === 0 ? universal.epochDay - less : own.epochDay;
}

/** What a clause says, in a few rows: what the person who must live with it looks for first. */
export function clauseRows(
  clause: ClauseTold,
  nameOf: (party: string) => string,
  zone: string,
): readonly (readonly [string, string])[] {
  if (clause.kind === "commitment") return commitmentRows(clause, nameOf, zone);
  if (!("holder" in clause)) return otherRows(clause);
  const { holder, window, trigger, silence, partial, passThrough, tail } = clause;
  return [
    ["Holder", nameOf(holder)],
    ["Triggered by", trigger === "request" ? "each request that it reaches" : "an offer of a third party"],
    [
      "Time to answer",
      `${countText(window.n)} ${window.unit.replace("-", " ")}${window.zone === undefined ? "" : `, ${window.zone}`}`,
    ],
    ["Silence", SILENCE[silence]],
    [
      "In part",
      partial.mode === "none"
        ? "all or nothing"
        : `in multiples of ${countText(partial.of)}${partial.min === undefined ? "" : `, ${countText(partial.min)} at least`}`,
    ],
    [
      "Run by others",
      passThrough.allowed
        ? `up to ${percentText(passThrough.maxShareBp, 10_000)}${passThrough.hosts === undefined ? "" : `, by ${passThrough.hosts.map(nameOf).join(", ")}`}`
        : "not allowed",
    ],
    [
      "After a refusal",
      tail.days === 0
        ? "no tail"
        : `others may be awarded for ${countText(tail.days)} days, on terms no better for them`,
    ],
  ];
}

const SILENCE = {
  refusal: "lapses: it goes to the market",
  acceptance: "counts as acceptance",
  blocks: "blocks",
  consents: "counts as consent",
} as const;

/** Who owes what to whom in which period, how far that is drawn, and what becomes of what is missing. */
function commitmentRows(
  { type, obligor, beneficiary, schedule, shortfallBp, price }: Extract<ClauseTold, { kind: "commitment" }>,
  nameOf: (party: string) => string,
  zone: string,
): readonly (readonly [string, string])[] {
  return [
    ["Type", type.replaceAll("-", " ")],
    ["Promised by", `${nameOf(obligor)}, to ${nameOf(beneficiary)}`],
    ...schedule.map(({ amount, acceleratorSeconds, drawn, from, to }): readonly [string, string] => [
      `To ${lastDayOf(to, zone)}`,
      [
        ...(amount === undefined ? [] : [moneyText(amount)]),
        ...(acceleratorSeconds === undefined
          ? []
          : [`${countText(BigInt(acceleratorSeconds) / 3_600n)} accelerator-hours`]),
        ...(drawn === undefined ? [] : [`${moneyText(drawn)} of it drawn`]),
        `from ${dayOf(from, zone)}`,
      ].join(", "),
    ]),
    ...(price === undefined ? [] : [["Price", rateText(price)] as const]),
    ["What is missing", shortfallBp === 0 ? "costs nothing" : `costs ${percentText(shortfallBp, 10_000)} of it`],
  ];
}

function otherRows(clause: ClauseTold): readonly (readonly [string, string])[] {
  const known = clause as Readonly<Record<string, unknown>>;
  const money = (name: string): readonly (readonly [string, string])[] => {
    const value = known[name];
    const isMoney = typeof value === "object" && value !== null && "amount" in value && "currency" in value;
    return isMoney ? [[wordOf(name), moneyText(value as { amount: string; currency: string })]] : [];
  };
  const text = (name: string): readonly (readonly [string, string])[] =>
    typeof known[name] === "string" ? [[wordOf(name), known[name].replaceAll("_", " ")]] : [];
  return [
    ...text("type"),
    ...text("category"),
    ...money("amount"),
    ...money("cap"),
    ...text("from"),
    ...text("to"),
    ...text("shortfall"),
  ];
}

const wordOf = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);
