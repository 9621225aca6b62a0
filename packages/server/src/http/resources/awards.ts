import type { ViewObject } from "@offtake/core/disclosure";
import type { AwardId, BlockId, LotId, PartyId, RequestId } from "@offtake/core/kernel";
import { awardDecisionBody, awardDefaultBody, awardProposalBody } from "@offtake/wire/api";
import type { ProposalLine } from "@offtake/wire/cases";
import { json } from "../call.ts";
import { actRoute, needObject, readRoutes } from "../objects.ts";
import { idParam, inBook, type Route, route } from "../operation.ts";
import { problem } from "../problems.ts";

const tag = "awards";
const awards = { kind: "awards", path: "/v1/books/{book}/awards", tag, name: "award" } as const;
const requests = { kind: "requests", path: "/v1/books/{book}/requests", tag, name: "request" } as const;

export const awardRoutes: readonly Route[] = [
  route(
    {
      id: "awardScenarios",
      method: "get",
      path: "/v1/books/{book}/requests/{request}/scenarios",
      tag,
      description:
        "Each comparison of the bids, the last one at the end: what was chosen and what it comes to, the next best, what was left unfilled and why, and every bid with its place. Nothing is decided by reading it.",
      params: inBook.extend({ request: idParam }),
      answers: {
        200: {
          description: "None while bids are sealed.",
          schema: {
            inline: {
              type: "object",
              properties: { data: { type: "array", items: { $ref: "#/components/schemas/Evaluation" } } },
              required: ["data"],
              additionalProperties: false,
            },
          },
        },
      },
    },
    async (call) => {
      const { value } = await needObject(call, "requests", call.params.request);
      return json(200, { data: (value as { readonly view: { readonly evaluations: unknown } }).view.evaluations });
    },
  ),
  actRoute(
    requests,
    {
      id: "awardChoose",
      verb: "awards",
      description:
        "Proposes an award: the parts, to whom, how many at what price. The core checks it against rights, clearances, capacity and commitments like any other.",
      body: { schema: { component: "AwardProposal" } },
    },
    async (id, call, { view }) => ({
      type: "proposeAward",
      request: id as RequestId,
      lines: (await call.read(awardProposalBody)).map((line) => onLot(line, view)),
    }),
  ),
  ...readRoutes({ ...awards, list: "awardList", read: "awardRead" }),
  actRoute(
    awards,
    {
      id: "awardApprove",
      verb: "decision",
      description: "Confirms an award, or lets it go. `If-Match` says which state of it the caller has seen.",
      body: { schema: { component: "AwardDecision" } },
      ifMatch: true,
    },
    async (id, call) => {
      const { confirm } = await call.read(awardDecisionBody);
      return { type: "decideAward", award: id as AwardId, confirm, by: call.principal.person };
    },
  ),
  actRoute(
    awards,
    { id: "awardDefaultReport", verb: "defaults", body: { schema: { component: "AwardDefault" } } },
    async (id, call) => {
      const { provider, why } = await call.read(awardDefaultBody);
      return { type: "reportDefault", award: id as AwardId, provider: provider as PartyId, why };
    },
  ),
];

/** A part that names no lot is for the only one that the request has. */
function onLot({ lot, rootBlocks, ...rest }: ProposalLine, { lots }: ViewObject<"requests">) {
  const standing = [...lots.values()].filter(({ dropped }) => dropped === undefined);
  if (lot === undefined && standing.length > 1)
    throw problem("missing_key", { detail: "The request has several lots: say which one with `lot`." });
  const named = lot ?? standing[0]?.lot.id;
  return {
    ...rest,
    ...(named === undefined ? {} : { lot: named as LotId }),
    rootBlocks: rootBlocks as readonly BlockId[],
  };
}
