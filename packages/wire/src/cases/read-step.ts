import type { CommandBody } from "@offtake/core/book";
import type { Path } from "../source/index.ts";
import type { StepAction } from "./model.ts";
import { readAgreementCommand } from "./read-agreement-step.ts";
import { readFactCommand } from "./read-fact-step.ts";
import { type MarketStep, readMarketAction } from "./read-market-step.ts";
import { type NoticeStep, readNoticeAction } from "./read-notice-step.ts";
import { readRequestCommand } from "./read-request-step.ts";
import type { Script } from "./script.ts";
import type { StepDocument } from "./step-document.ts";

/** What a step does; undefined once it is reported that it cannot be told. */
export function readAction(step: StepDocument, path: Path, script: Script): StepAction | undefined {
  switch (step.do) {
    case "accept":
    case "refuse":
    case "object":
    case "ratify":
    case "waive-lateness":
    case "deliver":
    case "acknowledge":
    case "bounce":
    case "take-offer":
    case "decline-offer":
      return readNoticeAction(step, path, script.context);
    case "open-tender":
    case "bid":
    case "withdraw-bid":
    case "extend-bid":
    case "propose":
    case "decide-award":
    case "report-default":
      return readMarketAction(step, path, script);
    default: {
      const command = readCommand(step, path, script);
      return command === undefined ? undefined : { kind: "command", command };
    }
  }
}

type CommandStep = Exclude<StepDocument, NoticeStep | MarketStep>;

function readCommand(step: CommandStep, path: Path, script: Script): CommandBody | undefined {
  switch (step.do) {
    case "submit":
    case "call":
    case "renew":
    case "revise":
    case "withdraw":
    case "close":
    case "approve":
    case "disapprove":
    case "report-use":
      return readRequestCommand(step, path, script);
    case "sign":
    case "activate":
    case "suspend":
    case "amend":
    case "terminate":
    case "stop-renewal":
    case "assign":
    case "control-change":
    case "decide-conflict":
    case "waive":
    case "revoke-waiver":
      return readAgreementCommand(step, path, script);
    default:
      return readFactCommand(step, path, script);
  }
}
