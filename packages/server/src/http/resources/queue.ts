import type { ViewKind } from "@offtake/core/disclosure";
import type { FeedObject } from "@offtake/store/feeds";
import { type AnyCall, json } from "../call.ts";
import { COMPONENT_OF, shown } from "../objects.ts";
import { inBook, type Route, route } from "../operation.ts";

/** What is not over yet, by kind; a notice that was closed, a bid that was withdrawn, wait for nothing. */
const WAITING: { readonly [Kind in ViewKind]?: readonly string[] } = {
  requests: ["open", "held", "awaiting_approval", "resting"],
  notices: ["sent", "open"],
  invitations: ["open"],
  awards: ["issued", "held"],
  conflicts: ["open"],
};

/** Of each kind so many at most: who has more looks at the list of the kind. */
const EACH_MAX = 500;

/** What waits, and until when. */
export const queueRoutes: readonly Route[] = [
  route(
    {
      id: "queueRead",
      method: "get",
      path: "/v1/books/{book}/queue",
      tag: "requests",
      description:
        "The caller's requests, notices, invitations, awards and conflicts that are not over yet, what falls due first at the top. The status says what a thing waits for.",
      params: inBook,
      answers: {
        200: {
          description: `At most ${EACH_MAX} of each kind.`,
          schema: {
            inline: {
              type: "object",
              properties: {
                data: {
                  type: "array",
                  items: {
                    type: "object",
                    properties: {
                      kind: { type: "string", enum: Object.keys(WAITING) },
                      object: {
                        oneOf: (Object.keys(WAITING) as ViewKind[]).map((kind) => ({
                          $ref: `#/components/schemas/${COMPONENT_OF[kind]}`,
                        })),
                      },
                    },
                    required: ["kind", "object"],
                    additionalProperties: false,
                  },
                },
              },
              required: ["data"],
              additionalProperties: false,
            },
          },
        },
      },
    },
    async (call) => {
      const found = await Promise.all(
        (Object.keys(WAITING) as ViewKind[]).map((kind) => waiting(call, kind, WAITING[kind] ?? [])),
      );
      const data = found
        .flat()
        .toSorted((a, b) => due(a) - due(b))
        .map((object) => ({ kind: object.kind, object: shown(object.kind as ViewKind, object).value }));
      return json(200, { data });
    },
  ),
];

const due = ({ deadline }: FeedObject): number => deadline ?? Infinity;

async function waiting(
  { services, book, principal }: AnyCall,
  kind: ViewKind,
  status: readonly string[],
): Promise<readonly FeedObject[]> {
  const query = { kind, status, limit: EACH_MAX } as const;
  return (await services.telling.store.listObjects(book, principal.party, query)).objects;
}
