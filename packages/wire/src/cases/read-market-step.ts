import type { PartyId, RequestId } from "@offtake/core/kernel";
import { unreachable } from "@offtake/core/kernel";
import type { Path } from "../source/index.ts";
import type { StepAction } from "./model.ts";
import { readBid, readProposal } from "./read-bids.ts";
import type { Script } from "./script.ts";
import type { StepOf } from "./step-document.ts";

export type MarketStep = StepOf<
  "open-tender" | "bid" | "withdraw-bid" | "extend-bid" | "propose" | "decide-award" | "report-default"
>;

export function readMarketAction(step: MarketStep, path: Path, script: Script): StepAction | undefined {
  const { context } = script;
  const stated = step.request === undefined ? undefined : script.request(step.request, path);
  const handle = stated === undefined ? {} : { request: stated };
  switch (step.do) {
    case "open-tender": {
      const request = stated ?? script.request(undefined, path);
      return request === undefined
        ? undefined
        : { kind: "open-tender", request, ...(step.lots === undefined ? {} : { lots: step.lots }) };
    }
    case "bid":
      return { kind: "bid", ...handle, bid: readBid(step, path, context) };
    case "withdraw-bid":
      return { kind: "withdraw-bid", bid: bidHandle(step, path, script) };
    case "extend-bid":
      return { kind: "extend-bid", bid: bidHandle(step, path, script), validUntil: context.until(step.until) };
    case "propose": {
      const request = stated ?? script.request(undefined, path);
      const lines = readProposal(step, path, context);
      return request === undefined ? undefined : { kind: "propose", request, lines };
    }
    case "decide-award": {
      if (step.to !== undefined) context.checkName("party", step.to, [...path, "to"]);
      const award = { ...handle, ...(step.to === undefined ? {} : { provider: step.to as PartyId }) };
      return { kind: "decide-award", award, confirm: step.confirm, person: step.person ?? script.actor(step) };
    }
    case "report-default": {
      context.checkName("party", step.provider, [...path, "provider"]);
      const provider = step.provider as PartyId;
      return { kind: "report-default", award: { ...handle, provider }, provider, why: step.why };
    }
    default:
      return unreachable(step);
  }
}

function bidHandle(step: StepOf<"withdraw-bid"> | StepOf<"extend-bid">, path: Path, script: Script) {
  const { bidder, request, lot } = step;
  if (bidder !== undefined) script.context.checkName("party", bidder, [...path, "bidder"]);
  return {
    bidder: (bidder ?? script.actor(step)) as PartyId,
    ...(request === undefined ? {} : { request: request as RequestId }),
    ...(lot === undefined ? {} : { lot }),
  };
}
