import { codeText } from "@offtake/core/explanation";
import { useNames } from "../../app/names.ts";
import { countText } from "../../amounts/counts.ts";
import { NoneYet } from "../../lists/list-states.tsx";
import { Panel } from "../../surface/panel.tsx";
import { Timeline, type TimelineEntry } from "../../timeline/timeline.tsx";
import type { Told } from "./request-page.tsx";

/** What happened to a request, and what is still to happen, the oldest first. */
export function RequestTimeline(told: Told) {
  const nameOf = useNames();
  const entries = timelineOf(told, nameOf);
  return (
    <Panel title="Timeline">
      {entries.length === 0 ? (
        <NoneYet>Notices, answers, openings of the market and awards will be here as they happen.</NoneYet>
      ) : (
        <Timeline entries={entries} />
      )}
    </Panel>
  );
}

function timelineOf({ request, notices, awards }: Told, nameOf: (party: string) => string): readonly TimelineEntry[] {
  const ofNotices = notices.flatMap(({ id, view }): TimelineEntry[] => {
    const holder = nameOf(view.notice.holder);
    return [
      {
        id: `${id} sent`,
        at: view.notice.sentAt,
        text: `${holder} is asked for ${countText(view.notice.count)}`,
        detail: <span className="font-mono text-xs">{id}</span>,
        family: "waiting",
      },
      ...view.answers.map(
        ({ id: answer, answer: said, receivedAt, verdict }): TimelineEntry => ({
          id: answer,
          at: receivedAt,
          text: `${holder} ${answerText(said, nameOf)}`,
          detail: verdict === "binding" || verdict === "refusal" ? undefined : codeText(verdict),
          family: said.type === "accept" ? "secured" : "neutral",
        }),
      ),
      ...(view.clock === undefined
        ? []
        : [
            {
              id: `${id} due`,
              at: view.clock.respondBy,
              text: `Last instant for ${holder} to answer`,
              isDeadline: true,
            },
          ]),
    ];
  });
  const ofTenders = request.view.tenders.flatMap(({ tender, opened }): TimelineEntry[] => [
    {
      id: tender.id,
      at: tender.closesAt,
      text: `Bids close${opened.length === 0 ? "" : `; ${opened.length} are opened`}`,
      isDeadline: true,
    },
  ]);
  const ofAwards = awards.flatMap(({ id, view }): TimelineEntry[] =>
    view.as === "keeper"
      ? [
          {
            id,
            at: view.award.issuedAt,
            text: `Awarded: ${view.award.lines.map(({ provider, count }) => `${nameOf(provider)} ${countText(count)}`).join(", ")}`,
            detail: <span className="font-mono text-xs">{id}</span>,
            family: "secured",
          },
        ]
      : [],
  );
  const entries = [...ofNotices, ...ofTenders, ...ofAwards];
  return entries.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
}

function answerText(
  { type, count, host, hostCount }: Told["notices"][number]["view"]["answers"][number]["answer"],
  nameOf: (party: string) => string,
): string {
  if (type === "refuse") return "refuses";
  if (type === "object") return "objects";
  const through = host === undefined ? "" : `, ${countText(hostCount ?? 0)} of them run by ${nameOf(host)}`;
  return `accepts${count === undefined ? "" : ` ${countText(count)}`}${through}`;
}
