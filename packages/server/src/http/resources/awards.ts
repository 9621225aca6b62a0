import { type BidPart, SCENARIO_KINDS } from "@offtake/core/awards";
import type { AwardChoices } from "@offtake/core/book";
import type { ViewObject } from "@offtake/core/disclosure";
import type { AwardId, BlockId, LotId, PartyId, RequestId } from "@offtake/core/kernel";
import { awardDecisionBody, awardDefaultBody, awardProposalBody, bidPartsBody } from "@offtake/wire/api";
import type { ProposalLine } from "@offtake/wire/cases";
import { assertSeen, choicesEtag, choicesOf, scenarioValues, sumOfParts } from "../award-choices.ts";
import { type AnyCall, json } from "../call.ts";
import { heldOrSubmitted, waitingAnswer } from "../follow.ts";
import { actRoute, changeAnswer, changed, needObject, readRoutes } from "../objects.ts";
import { type Shown } from "../shown.ts";
import { idParam, inBook, type Route, route, z } from "../operation.ts";
import { problem } from "../problems.ts";

const tag = "awards";
const inRequest = inBook.extend({ request: idParam });
const scenarios = "/v1/books/{book}/requests/{request}/scenarios";
const awards = { kind: "awards", path: "/v1/books/{book}/awards", tag, name: "award" } as const;
const requests = { kind: "requests", path: "/v1/books/{book}/requests", tag, name: "request" } as const;

const SCENARIOS = {
  description: "Side by side; none while bids are sealed.",
  headers: { ETag: "What was seen, for `If-Match`." },
  schema: {
    inline: {
      type: "object",
      properties: {
        data: { type: "array", items: { $ref: "#/components/schemas/AwardScenario" } },
        comparisons: { type: "array", items: { $ref: "#/components/schemas/Evaluation" } },
      },
      required: ["data", "comparisons"],
      additionalProperties: false,
    },
  },
} as const;

const comparisonsOf = ({ value }: Shown<"requests">): unknown =>
  (value as { readonly view: { readonly evaluations: unknown } }).view.evaluations;

/** A choice between opened bids: proposed as the caller has seen it, or, where its party's rules ask for others to agree, held back. */
function chooseRoute(
  variant: string,
  summary: string,
  name: string,
  description: string,
  parts: (call: AnyCall, choices: AwardChoices, scenario: string) => Promise<readonly BidPart[]>,
): Route {
  const scenario = z.enum(SCENARIO_KINDS).openapi({ description: "Which scenario.", example: "cheapest" });
  return route(
    {
      id: "awardChoose",
      variant,
      summary,
      method: "post",
      path: `${scenarios}/${name}/choose`,
      tag,
      description,
      params: name === "manual" ? inRequest : inRequest.extend({ scenario }),
      ...(name === "manual" ? { body: { schema: { component: "BidParts" } } } : {}),
      writes: true,
      ifMatch: true,
      answers: { 200: changeAnswer("requests"), ...waitingAnswer("awardChoose") },
    },
    async (call) => {
      const { request, scenario: kind = name } = call.params as {
        readonly request: string;
        readonly scenario?: string;
      };
      const shown = await needObject(call, "requests", request);
      const choices = await choicesOf(call, request);
      assertSeen(call, choicesEtag(shown, choices));
      const chosen = await parts(call, choices, kind);
      const command = { type: "proposeAward", request: request as RequestId, lines: [], parts: chosen } as const;
      const amount = choices.scenarios.find((one) => one.kind === kind)?.result.chosen;
      const outcome = await heldOrSubmitted(
        call,
        "awardChoose",
        { kind: "requests", id: request },
        command,
        amount && sumOfParts(amount),
      );
      return "waits" in outcome ? outcome.waits : changed(outcome, "requests");
    },
  );
}

export const awardRoutes: readonly Route[] = [
  route(
    {
      id: "awardScenarios",
      method: "get",
      path: scenarios,
      tag,
      description:
        "Ways to award what is in the market, side by side: the cheapest, which the broker itself would choose; from the fewest providers; first from those to whom something is promised. Each is checked and priced by the same rules. Beside them each comparison that the broker has made, the last one at the end. None while bids are sealed, and for the keeper alone. The `ETag` names what was seen: send it as `If-Match` to choose.",
      params: inRequest,
      answers: { 200: SCENARIOS },
    },
    async (call) => {
      const shown = await needObject(call, "requests", call.params.request);
      const choices = await choicesOf(call, call.params.request);
      return json(
        200,
        { data: scenarioValues(choices), comparisons: comparisonsOf(shown) },
        {
          etag: choicesEtag(shown, choices),
        },
      );
    },
  ),
  route(
    {
      id: "awardScenarios",
      variant: "Manual",
      summary: "what a choice by hand comes to",
      method: "post",
      path: `${scenarios}/manual`,
      tag,
      description:
        "Prices and checks so many of which bid, beside the other scenarios. Parts that cannot be taken so are named with the reason. Nothing is decided by it.",
      params: inRequest,
      body: { schema: { component: "BidParts" } },
      answers: { 200: SCENARIOS },
    },
    async (call) => {
      const shown = await needObject(call, "requests", call.params.request);
      const choices = await choicesOf(call, call.params.request, await call.read(bidPartsBody));
      return json(
        200,
        { data: scenarioValues(choices), comparisons: comparisonsOf(shown) },
        {
          etag: choicesEtag(shown, choices),
        },
      );
    },
  ),
  chooseRoute(
    "Manual",
    "propose an award of so many of which bid",
    "manual",
    "Proposes it as it was checked: rights, approvals and the caller's rules follow. Refused as a whole where a part cannot be taken so.",
    async (call) => call.read(bidPartsBody),
  ),
  chooseRoute(
    "Scenario",
    "propose an award by a scenario",
    "{scenario}",
    "Proposes the award of a scenario as the caller has seen it: where anything has moved since, nothing is proposed.",
    async (_call, { scenarios: all }, kind) => {
      const chosen = all.find((one) => one.kind === kind);
      if (chosen === undefined || chosen.parts.length === 0)
        throw problem("not_opened", { detail: "There is nothing to choose: the bids are sealed, or nothing is left." });
      return chosen.parts;
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
