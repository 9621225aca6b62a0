import { type Consequences, consequencesOf } from "@offtake/core/planning";
import type { CommandBody } from "@offtake/core/book";
import { documented } from "@offtake/wire/documented";
import { asKeeperKnows, nowOf } from "./ahead.ts";
import type { AnyCall } from "./call.ts";
import { isKeeper } from "./objects.ts";

const text = { type: "string" } as const;
const count = { type: "integer" } as const;
const instant = { type: "string", format: "date-time" } as const;
const changedTo = (value: object) =>
  ({ type: "object", properties: { before: value, after: value }, additionalProperties: false }) as never;

export const CONSEQUENCES = {
  type: "object",
  description:
    "What would become of what is open: it is played to its end as things are and as they would be, where nobody answers but those who have answered in advance. Sealed bids are not in it.",
  properties: {
    summary: text,
    open: { ...count, description: "Requests that are open." },
    complete: { type: "boolean", description: "false: there is too much to look through it all." },
    changed: {
      type: "array",
      description: "Requests that would come out otherwise.",
      items: {
        type: "object",
        properties: {
          request: text,
          asked: {
            type: "array",
            items: {
              type: "object",
              properties: { holder: text, agreement: text, clause: text, count, respondBy: instant },
              required: ["holder", "agreement", "clause", "count"],
              additionalProperties: false,
            },
            description: "Who would be asked that otherwise is not.",
          },
          awarded: changedTo(count),
          marketOpens: changedTo(instant),
          lastDeadline: changedTo(instant),
        },
        required: ["request", "asked"],
        additionalProperties: false,
      },
    },
    notices: {
      type: "array",
      description: "Notices that are out and would end otherwise.",
      items: {
        type: "object",
        properties: { notice: text, request: text, holder: text, before: text, after: text },
        required: ["notice", "request", "holder", "before", "after"],
        additionalProperties: false,
      },
    },
    asked: { type: "array", items: text, description: "Holders who would be asked again, or for the first time." },
  },
  required: ["summary", "open", "complete", "changed", "notices", "asked"],
  additionalProperties: false,
} as const;

/** What commands of the keeper would do to what is open, or why the book would not take them; undefined for everybody else. */
export async function consequencesFor(call: AnyCall, commands: readonly CommandBody[]) {
  if (commands.length === 0 || !(await isKeeper(call))) return undefined;
  const now = nowOf(call);
  const { party } = call.principal;
  const bodies = await Promise.all(commands.map((body) => call.supposed(body)));
  const found = await asKeeperKnows(call, (state) =>
    consequencesOf(
      state,
      bodies.map((body) => ({ actor: party, body })),
      state.now > now ? state.now : now,
    ),
  );
  return found.ok ? { consequences: valueOf(found.value) } : { rejection: found.rejection };
}

function valueOf(found: Consequences) {
  const { open, complete, changed, notices, asked } = found;
  const value = {
    summary: summaryOf(found),
    open,
    complete,
    changed: changed.map(({ request, asks, awarded, market, lastDeadline }) => ({
      request,
      asked: asks.flatMap((one) =>
        one.sign === "+"
          ? [
              {
                holder: one.after.holder,
                agreement: one.after.agreement,
                clause: one.after.clause,
                count: one.after.count,
                respondBy: one.after.respondBy,
              },
            ]
          : [],
      ),
      awarded,
      marketOpens: market === undefined ? undefined : { before: market.before?.opensAt, after: market.after?.opensAt },
      lastDeadline,
    })),
    notices,
    asked,
  };
  return JSON.parse(JSON.stringify(documented(value))) as typeof value;
}

/** "3 open requests change resolution; 1 right holder must be re-offered". */
function summaryOf({ open, changed, notices, asked, complete }: Consequences): string {
  const many = (number: number, one: string, more = `${one}s`): string => `${number} ${number === 1 ? one : more}`;
  if (changed.length + notices.length + asked.length === 0)
    return open === 0 ? "no request is open" : `none of ${many(open, "open request")} changes resolution`;
  return [
    `${many(changed.length, "open request")} ${changed.length === 1 ? "changes" : "change"} resolution`,
    ...(notices.length === 0
      ? []
      : [
          `${many(notices.length, "notice")} that ${notices.length === 1 ? "is" : "are"} out ${notices.length === 1 ? "ends" : "end"} otherwise`,
        ]),
    ...(asked.length === 0 ? [] : [`${many(asked.length, "right holder")} must be re-offered`]),
    ...(complete ? [] : ["not everything could be looked through"]),
  ].join("; ");
}
