import { endText, respondByText, zonedText } from "../calendar/index.ts";
import type { ContractDate, Happening } from "../dates/model.ts";
import { type PartyId, unreachable } from "../kernel/index.ts";
import { countText, moneyText, rateText } from "./amounts.ts";

/** Names of parties for people. */
export type NameOf = (party: PartyId) => string;

const COMMITMENT: Readonly<Record<string, string>> = {
  spend: "spend commitment",
  volume: "volume commitment",
  "take-or-pay": "take-or-pay",
  prepaid: "prepaid balance",
  "minimum-share": "minimum share",
};

const SUBJECT: Readonly<Record<string, string>> = {
  "price-review": "price review",
  milestone: "milestone",
  expansion: "expansion",
  termination: "termination",
  payment: "payment",
  other: "date of the contract",
};

/** What a date is, in a few words without its place: "last day to stop the renewal". */
export function dateTitle({ what, actor, zone }: ContractDate, nameOf: NameOf): string {
  const who = actor === undefined ? "" : nameOf(actor);
  switch (what.kind) {
    case "start":
      return what.number === 1 ? "takes effect" : `version ${what.number} takes effect`;
    case "end":
      return { term: "its term ends", notice: "ends by notice", terminated: "ends, as it was terminated" }[what.why];
    case "renewal":
      return what.to === undefined ? "first term ends, and it runs on" : `term ends, and renewal ${what.number} begins`;
    case "last-notice":
      return "last day to stop the renewal";
    case "option":
      return `last day for ${who} to take up ${countText(what.count)}${what.price === undefined ? "" : ` at ${rateText(what.price)}`}`;
    case "entitlement":
      return `last day to ${what.act === "renewal" ? "renew" : "call"} ${countText(what.count)} at ${rateText(what.price)}`;
    case "commitment":
      return `${COMMITMENT[what.type] ?? what.type}: a period ends`;
    case "measurement":
      return what.of === "carve-out" ? "use under the carve-out is measured" : "minimum share is measured";
    case "waiver":
      return `waiver of ${who} ends`;
    case "answer":
      return `answer of ${who} about ${countText(what.count)} for request ${what.request}`;
    case "tail":
      return `tail ends: what ${countText(what.count)} for request ${what.request} were cleared for`;
    case "signing":
      return `${who} signs what it was awarded of request ${what.request}`;
    case "date":
      return what.noticed
        ? `last day for notice before the ${SUBJECT[what.subject] ?? what.subject} of ${endText(zone, what.on)}`
        : (SUBJECT[what.subject] ?? what.subject);
    default:
      return unreachable(what);
  }
}

/** The instant itself, on the clock of its zone: "Fri 31 Dec 2027 24:00 PST". */
export function dateAtText({ form, at, zone }: Pick<ContractDate, "form" | "at" | "zone">): string {
  if (form === "ends") return endText(zone, at);
  return form === "by" ? respondByText(zone, at) : zonedText(zone, at);
}

/** What it means that nobody does anything, in one sentence; undefined where nothing could be done. */
export function silenceText(date: ContractDate, nameOf: NameOf): string | undefined {
  const { what, actor, zone } = date;
  const by = dateAtText(date);
  const who = actor === undefined ? "the holder" : nameOf(actor);
  switch (what.kind) {
    case "start":
    case "end":
    case "renewal":
      return undefined;
    case "last-notice":
      return what.next === undefined
        ? `No notice by ${by} = it runs on until somebody gives notice.`
        : `No notice by ${by} = renews to ${endText(zone, what.next)}.`;
    case "option":
      return `Not taken up by ${by} = the option is over, and the capacity is free for others.`;
    case "entitlement":
      return `Not ${what.act === "renewal" ? "renewed" : "called"} by ${by} = it is no longer to be had at this price.`;
    case "commitment":
      return shortfallText(what, by);
    case "measurement":
      return what.of === "carve-out"
        ? "Use beyond the tolerance brings the right back for the excess."
        : "A share that is not reached is owed as the clause says.";
    case "waiver":
      return `From ${by} on ${who} is asked again.`;
    case "answer":
      return `No answer by ${by} = ${ANSWER[what.silence]}.`;
    case "tail":
      return `Not signed by ${by} = the holder must be asked again.`;
    case "signing":
      return `Not signed by ${by} = the award falls, and the next best is taken.`;
    case "date":
      return what.silence === undefined
        ? "What silence means is not stated in the clause: ask whoever reads the contract."
        : `${what.silence.replace(/\.$/, "")}.`;
    default:
      return unreachable(what);
  }
}

const ANSWER = {
  refusal: "refused",
  acceptance: "accepted",
  blocks: "not allowed",
  consents: "agreed",
} as const;

function shortfallText(what: Extract<Happening, { kind: "commitment" }>, by: string): string {
  const { type, shortfall } = what;
  if (type === "minimum-share") return `A share that is not reached by ${by} is owed as the clause says.`;
  if (shortfall === undefined) return `What is missing by ${by} is owed as the clause says.`;
  if (shortfall.micros === 0n) return `By what is drawn and expected, nothing is missing by ${by}.`;
  const amount = moneyText(shortfall);
  if (type === "prepaid") return `Not used by ${by} = ${amount} is forfeited, by what is drawn and expected.`;
  return `Not used by ${by} = ${amount} falls due, by what is drawn and expected.`;
}
