import type { Schemas } from "@offtake/client";
import { hasEffect } from "@offtake/core/notices";
import { countText } from "../../amounts/counts.ts";
import { rateText } from "../../amounts/money.ts";
import { momentText } from "../../clock/zoned.ts";
import { stateOf } from "../../states/state-of.ts";
import type { Change } from "../../surface/changed-since.tsx";

type Notice = Schemas["Notice"];
type Answer = Notice["view"]["answers"][number]["answer"];

/** "Accepted 2,500 at $2.55/accelerator-h, 800 of them run by corvid-cloud" */
export function answerText({ type, count, price, host, hostCount }: Answer): string {
  if (type === "refuse") return "Refused";
  if (type === "object") return "Objected";
  const at = price === undefined ? "" : ` at ${rateText(price)}`;
  const through = host === undefined ? "" : `, ${countText(hostCount ?? 0)} of them run by ${host}`;
  return `Accepted ${countText(count ?? 0)}${at}${through}`;
}

/**
 * What somebody else did with a notice since one looked: answers that change something, another deadline, another state. That time passes
 * is no news.
 *
 * @param own the answer that one gave oneself meanwhile
 */
export function noticeChanges(before: Notice, now: Notice, own?: Notice["view"]["answers"][number]): readonly Change[] {
  const known = new Set([...before.view.answers.map(({ id }) => id), own?.id]);
  const answers = now.view.answers
    .filter(({ id, verdict }) => !known.has(id) && hasEffect(verdict))
    .map(({ answer }): Change => ({ what: "Somebody of your party has answered:", now: answerText(answer) }));
  const { clock } = now.view;
  const was = before.view.clock;
  const moved: readonly Change[] =
    clock === undefined || was === undefined || clock.respondBy === was.respondBy
      ? []
      : [
          {
            what: "The deadline:",
            before: momentText(clock.zone, Date.parse(was.respondBy)),
            now: momentText(clock.zone, Date.parse(clock.respondBy)),
          },
        ];
  const state: readonly Change[] =
    before.status === now.status || now.status === "lapsed" || (own !== undefined && hasEffect(own.verdict))
      ? []
      : [
          {
            what: "The notice:",
            before: stateOf("notices", before.status).word,
            now: stateOf("notices", now.status).word,
          },
        ];
  return [...answers, ...moved, ...state];
}
