import type { BlockId, PartyId, RequestId } from "@offtake/core/kernel";
import { unreachable } from "@offtake/core/kernel";
import type { Answer } from "@offtake/core/notices";
import { readSpan, readTerms } from "../requests/index.ts";
import type { ReadingContext } from "../shape/index.ts";
import type { Path } from "../source/index.ts";
import type { NoticeHandle, StepAction } from "./model.ts";
import type { StepOf } from "./step-document.ts";

export type NoticeStep = StepOf<
  | "accept"
  | "refuse"
  | "object"
  | "ratify"
  | "waive-lateness"
  | "deliver"
  | "acknowledge"
  | "bounce"
  | "take-offer"
  | "decline-offer"
>;

export function readNoticeAction(step: NoticeStep, path: Path, context: ReadingContext): StepAction | undefined {
  const notice = readHandle(step, path, context);
  if (notice === undefined) return undefined;
  switch (step.do) {
    case "accept":
      return { kind: "answer", notice, answer: readAcceptance(step, path, context) };
    case "refuse":
    case "object":
      return { kind: "answer", notice, answer: plainAnswer(step.do, step) };
    case "ratify":
      return { kind: "ratify", notice, signer: step.signer };
    case "waive-lateness":
      return { kind: "waive-lateness", notice };
    case "take-offer":
    case "decline-offer":
      return { kind: "decide-offer", notice, take: step.do === "take-offer" };
    case "deliver":
      return { kind: "delivery", notice, event: "delivered" };
    case "acknowledge":
      return { kind: "delivery", notice, event: "acknowledged" };
    case "bounce":
      return { kind: "delivery", notice, event: "bounced" };
    default:
      return unreachable(step);
  }
}

function readHandle(step: NoticeStep, path: Path, context: ReadingContext): NoticeHandle | undefined {
  const { right, holder, request, lot, kind, round } = step;
  if (holder !== undefined) context.checkName("party", holder, [...path, "holder"]);
  if (request !== undefined) context.checkName("request", request, [...path, "request"]);
  const found = right === undefined ? undefined : context.clause(right, [...path, "right"]);
  if (right !== undefined && found === undefined) return undefined;
  return {
    ...(found === undefined ? {} : { right: found }),
    ...(holder === undefined ? {} : { holder: holder as PartyId }),
    ...(request === undefined ? {} : { request: request as RequestId }),
    ...(lot === undefined ? {} : { lot }),
    ...(kind === undefined ? {} : { kind }),
    ...(round === undefined ? {} : { round }),
  };
}

function plainAnswer(type: "refuse" | "object", step: StepOf<"refuse"> | StepOf<"object">): Answer {
  const { reason, signer } = step;
  return {
    type,
    orLess: false,
    rootBlocks: [],
    ...(reason === undefined ? {} : { reason }),
    ...(signer === undefined ? {} : { signer }),
  };
}

function readAcceptance(step: StepOf<"accept">, path: Path, context: ReadingContext): Answer {
  const { count, price, window, terms, blocks, host, hostCount, signer, condition } = step;
  for (const block of blocks ?? []) context.checkName("block", block, [...path, "blocks"]);
  if (host !== undefined) context.checkName("party", host, [...path, "host"]);
  else if (hostCount !== undefined)
    context.report.addAtKey(path, "hostCount", "conflicting_keys", "`hostCount` goes with `host`");
  return {
    type: "accept",
    ...(count === undefined ? {} : { count }),
    ...(price === undefined ? {} : { price }),
    ...(window === undefined ? {} : { window: readSpan(window, [...path, "window"], context) }),
    ...(terms === undefined ? {} : { stated: readTerms(terms, [...path, "terms"], context) }),
    orLess: step.orLess ?? false,
    rootBlocks: (blocks ?? []) as BlockId[],
    ...(host === undefined ? {} : { host: host as PartyId }),
    ...(hostCount === undefined ? {} : { hostCount }),
    ...(signer === undefined ? {} : { signer }),
    ...(condition === undefined ? {} : { condition }),
  };
}
