import { datesWorld } from "@offtake/core/book";
import { type ContractDate, type Dates, datesOf, dueAt, type UnknownDate } from "@offtake/core/dates";
import { partyDatesWorld } from "@offtake/core/disclosure";
import { dateTitle, type NameOf, silenceText } from "@offtake/core/explanation";
import type { TimeWindow } from "@offtake/core/kernel";
import { documented } from "@offtake/wire/documented";
import { asKeeperKnows, nowOf, windowOf, windowQuery } from "../ahead.ts";
import { type AnyCall, json } from "../call.ts";
import { inBook, type Route, route, z } from "../operation.ts";
import { ownView } from "../own-view.ts";
import { notFound } from "../problems.ts";

const text = { type: "string" } as const;
const instant = { type: "string", format: "date-time" } as const;

export const CONTRACT_DATE = {
  type: "object",
  description: "A date that a contract causes, as `offtake dates --json` has it.",
  properties: {
    id: { type: "string", description: "Stays the same when the date moves." },
    kind: { type: "string", description: "Stable: what happens." },
    title: text,
    agreement: text,
    version: { type: "integer" },
    clause: text,
    owner: { type: "string", description: "Who looks after it in the keeper's house; the keeper alone is told." },
    actor: { type: "string", description: "Who may act." },
    recipient: { type: "string", description: "Whom a notice goes to." },
    due: { ...instant, description: "By when something must be done at the latest." },
    at: { ...instant, description: "The date itself." },
    atIs: { type: "string", enum: ["begins", "ends", "by"] },
    zone: text,
    sendBy: { ...instant, description: "When a notice must leave so that it is received in time." },
    channels: { type: "array", items: text },
    silence: { type: "string", description: "What it means that nobody acts." },
    own: { type: "boolean", description: "The caller's party is who may act." },
    unconfirmed: {
      type: "boolean",
      description: "Nobody has confirmed how the clause is read; the keeper alone is told.",
    },
    defaults: { type: "array", items: text },
    what: { type: "object", description: "What happens, with its amounts and counts." },
  },
  required: ["id", "kind", "title", "agreement", "version", "due", "at", "atIs", "zone", "own", "what"],
  additionalProperties: false,
} as const;

export const CONTRACT_DATES = {
  type: "object",
  properties: {
    from: instant,
    to: instant,
    dates: { type: "array", items: { $ref: "#/definitions/ContractDate" } },
    unknown: {
      type: "array",
      description: "Dates that cannot be worked out, and why.",
      items: {
        type: "object",
        properties: { agreement: text, clause: text, about: text, code: text, detail: text },
        required: ["agreement", "about", "code", "detail"],
        additionalProperties: false,
      },
    },
  },
  required: ["from", "to", "dates", "unknown"],
  additionalProperties: false,
} as const;

export const dateRoutes: readonly Route[] = [
  route(
    {
      id: "dateList",
      method: "get",
      path: "/v1/books/{book}/dates",
      tag: "agreements",
      description:
        "What agreements cause when, what must be done by then, and what silence means: renewals, options, commitments, windows of notices, tails, waivers. What must be done first comes first.",
      params: inBook,
      query: z.object({
        ...windowQuery,
        owner: z
          .string()
          .min(1)
          .max(200)
          .optional()
          .openapi({ description: "Only what this person looks after; `-` for what nobody does." }),
      }),
      answers: {
        200: {
          description: "All dates of that time.",
          schema: {
            inline: {
              type: "object",
              properties: { data: { $ref: "#/components/schemas/ContractDates" } },
              required: ["data"],
              additionalProperties: false,
            },
          },
        },
      },
    },
    async (call) => {
      const window = windowOf(call.query, nowOf(call));
      const { owner } = call.query;
      const { parties } = await ownView(call, ["parties"]);
      const nameOf: NameOf = (party) => parties.get(party)?.name ?? party;
      const { dates, unknown } = await found(call, window);
      const names = await namesOf(call, dates);
      const asked = dates.filter(
        (date) => owner === undefined || isOf(names.get(date.owner ?? "") ?? date.owner, owner),
      );
      const data = {
        ...window,
        dates: asked.map((date) => dateValue(date, nameOf, call.principal.party)),
        unknown: unknown.map(unknownValue),
      };
      return json(200, { data: documented(data) });
    },
  ),
];

async function found(call: AnyCall, window: TimeWindow): Promise<Dates> {
  const { party } = call.principal;
  const keeper = await call.services.keeperOf(call.book);
  if (keeper === undefined) throw notFound();
  if (keeper === party) return asKeeperKnows(call, (state) => datesOf(datesWorld(state, keeper), window));
  const view = await ownView(call, ["agreements", "agreementVersions", "parties", "calendars", "waivers", "notices"]);
  const known = datesOf(partyDatesWorld(view, party, keeper), window);
  // Whether somebody has confirmed a reading it was not told: to say so would be a guess.
  return { ...known, dates: known.dates.map((date) => ({ ...date, unconfirmedReading: false })) };
}

/** What owners are called, by what the log knows them by. */
async function namesOf({ services, book, principal }: AnyCall, dates: readonly ContractDate[]) {
  const owners = dates.map(({ owner }) => owner ?? "").join(" ");
  return (await services.office?.texts.contents(book, principal.party, owners)) ?? new Map<string, string>();
}

/** Without regard to case; `-` is what nobody looks after. */
const isOf = (owner: string | undefined, asked: string): boolean =>
  asked === "-" ? owner === undefined : owner?.toLowerCase() === asked.toLowerCase();

function dateValue(date: ContractDate, nameOf: NameOf, party: string) {
  const { id, what, agreement, version, clause, owner, actor, recipient, form, at, zone, send } = date;
  return {
    id,
    kind: what.kind,
    title: dateTitle(date, nameOf),
    agreement,
    version,
    clause,
    owner,
    actor,
    recipient,
    due: dueAt(date),
    at,
    atIs: form,
    zone,
    sendBy: send?.by,
    channels: send?.channels,
    silence: silenceText(date, nameOf),
    own: actor === party,
    ...(date.unconfirmedReading ? { unconfirmed: true } : {}),
    ...(date.defaults.length === 0 ? {} : { defaults: date.defaults }),
    what,
  };
}

const unknownValue = ({ agreement, clause, about, problem: { code, detail } }: UnknownDate) => ({
  agreement,
  clause,
  about,
  code,
  detail,
});
