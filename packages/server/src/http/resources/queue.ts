import type { ViewKind } from "@offtake/core/disclosure";
import type { FeedObject } from "@offtake/store/feeds";
import { type AnyCall, json } from "../call.ts";
import { nextCursorOf } from "../cursors.ts";
import { COMPONENT_OF } from "../objects.ts";
import { shown } from "../shown.ts";
import { inBook, pageQuery, type Route, route, z } from "../operation.ts";
import { queuePage } from "../queue-page.ts";
import { QUEUED, waitingOf } from "../waiting.ts";

const LIMIT_DEFAULT = 500;

/** What waits, and until when. */
export const queueRoutes: readonly Route[] = [
  route(
    {
      id: "queueRead",
      method: "get",
      path: "/v1/books/{book}/queue",
      tag: "requests",
      description:
        "The caller's requests, notices, invitations, awards and conflicts that are not over yet: what falls due first at the top, behind it what waits without a date, the last changed first. The status says what a thing waits for.",
      params: inBook,
      query: z.object({
        ...pageQuery,
        limit: pageQuery.limit.openapi({
          description: `How many at most, from 1 to 1,000. Default: ${LIMIT_DEFAULT}.`,
        }),
        kind: z.enum(QUEUED).optional().openapi({ description: "Only these." }),
        counts: z.enum(["true", "false"]).optional().openapi({
          description: "`true`: says also how many wait of each kind, whatever kind is asked for.",
        }),
      }),
      answers: {
        200: {
          description: "A page; `nextCursor` is null on the last one.",
          schema: {
            inline: {
              type: "object",
              properties: {
                data: {
                  type: "array",
                  items: {
                    type: "object",
                    properties: {
                      kind: { type: "string", enum: [...QUEUED] },
                      object: {
                        oneOf: QUEUED.map((kind) => ({ $ref: `#/components/schemas/${COMPONENT_OF[kind]}` })),
                      },
                    },
                    required: ["kind", "object"],
                    additionalProperties: false,
                  },
                },
                nextCursor: { type: ["string", "null"] },
                counts: {
                  type: "object",
                  additionalProperties: { type: "integer" },
                  description: "How many wait of each kind, where that was asked for.",
                },
              },
              required: ["data", "nextCursor"],
              additionalProperties: false,
            },
          },
        },
      },
    },
    async (call) => {
      const { limit = LIMIT_DEFAULT, cursor, kind, counts } = call.query;
      const kinds = kind === undefined ? QUEUED : [kind];
      const { objects, next } = await queuePage(call, kinds, limit, cursor);
      const data = objects.map(entryOf);
      const page = { data, ...nextCursorOf(next, call.listed) };
      return json(200, counts === "true" ? { ...page, counts: await waitingCounts(call) } : page);
    },
  ),
];

const entryOf = (object: FeedObject) => ({
  kind: object.kind,
  object: shown(object.kind as ViewKind, object).value,
});

async function waitingCounts({ services, book, principal }: AnyCall): Promise<Readonly<Record<string, number>>> {
  const counted = QUEUED.map(async (kind) => {
    const counts = await services.telling.store.countObjects(book, principal.party, { kind });
    return [kind, waitingOf(kind).reduce((sum, status) => sum + (counts.get(status) ?? 0), 0)] as const;
  });
  return Object.fromEntries(await Promise.all(counted));
}
