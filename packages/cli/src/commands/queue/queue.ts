import type { Schemas } from "@offtake/client";
import { countText } from "@offtake/core/explanation";
import type { Instant } from "@offtake/core/kernel";
import type { BrokerOptions, Line } from "../../broker/connect.ts";
import { atBroker } from "../../broker/run.ts";
import { clauseText, leftText, supplyText, whenText } from "../../broker/texts.ts";
import type { ExitCode } from "../../terminal/exit-codes.ts";
import type { Io } from "../../terminal/io.ts";
import { tableText } from "../../terminal/table.ts";

/** Something that waits for somebody. */
interface Waiting {
  readonly what: "notice" | "award" | "approval" | "conflict" | "invitation";
  readonly id: string;
  readonly text: string;
  readonly deadline?: string;
  readonly zone?: string;
  /** What to type. */
  readonly next: string;
}

interface Queue {
  readonly yours: readonly Waiting[];
  readonly others: readonly Waiting[];
}

const LIMIT = 200;

export function showQueue(io: Io, options: BrokerOptions): Promise<ExitCode> {
  return atBroker(
    io,
    options,
    (line) => readQueue(line),
    (queue) => {
      if (queue.yours.length + queue.others.length > 0) return queueText(queue, Date.now() as Instant);
      io.err("Nothing waits. Next: offtake request submit FILE, or offtake watch\n");
      return "";
    },
  );
}

async function readQueue({ client, book, party }: Line): Promise<Queue> {
  const params = { book };
  const open = (status: string) => ({
    params,
    query: { status, limit: LIMIT, order: "next" as const },
  });
  const [notices, invitations, awards, conflicts, requests] = [
    (await client.call("noticeList", open("sent,open"))).value.data,
    (await client.call("invitationList", open("open"))).value.data,
    (await client.call("awardList", open("held"))).value.data,
    (await client.call("agreementListConflicts", open("open"))).value.data,
    (await client.call("requestList", open("awaiting_approval"))).value.data,
  ];
  const [own, asked] = [
    notices.filter(({ view }) => view.notice.holder === party),
    notices.filter(({ view }) => view.notice.holder !== party),
  ];
  return {
    yours: [
      ...own.map((notice) => noticeWaiting(notice, `offtake notice accept ${notice.id}`)),
      ...invitations.map(invitationWaiting),
      ...awards.map(awardWaiting),
      ...requests.flatMap(approvalsWaiting),
      ...conflicts.map(conflictWaiting),
    ].sort(byDeadline),
    others: asked.map((notice) => noticeWaiting(notice, `offtake notice show ${notice.id}`)).sort(byDeadline),
  };
}

/** What has a deadline comes first, the nearest on top. Instants of the API are compared as the texts that they are. */
function byDeadline(a: Waiting, b: Waiting): number {
  const [first, second] = [a.deadline ?? "~", b.deadline ?? "~"];
  return first < second ? -1 : first > second ? 1 : 0;
}

function noticeWaiting({ id, deadline, view }: Schemas["Notice"], next: string): Waiting {
  const { notice, clock } = view;
  const under = view.as === "keeper" ? view.notice.right : view.notice;
  return {
    what: "notice",
    id,
    text: `${view.as === "keeper" ? notice.holder : view.notice.fromName}: ${supplyText({ ...notice.terms, count: notice.count })}, ${clauseText(under)}`,
    ...(deadline === undefined ? {} : { deadline }),
    ...(clock === undefined ? {} : { zone: clock.zone }),
    next,
  };
}

function invitationWaiting({ id, view }: Schemas["Invitation"]): Waiting {
  const count = view.lines.reduce((sum, line) => sum + line.countUpTo, 0);
  return {
    what: "invitation",
    id,
    text: `${view.buyerName}: up to ${countText(count)}`,
    deadline: view.closesAt,
    zone: view.zone,
    next: `offtake bid place ${id} --price PRICE --valid-until DATE`,
  };
}

function awardWaiting({ id, deadline, view }: Schemas["Award"]): Waiting {
  const text = view.as === "keeper" ? `of request ${view.award.request}` : "";
  return {
    what: "award",
    id,
    text,
    ...(deadline === undefined ? {} : { deadline }),
    next: `offtake award approve ${id}`,
  };
}

function approvalsWaiting({ id, view }: Schemas["Request"]): readonly Waiting[] {
  return view.approvals
    .filter(({ status }) => status === "awaited")
    .map(({ approval }) => ({
      what: "approval",
      id,
      text: `${approval} of request ${id}`,
      next: `offtake request show ${id}`,
    }));
}

function conflictWaiting({ id, view }: Schemas["Conflict"]): Waiting {
  const text = `${clauseText(view)} and ${clauseText({ agreement: view.withAgreement, clause: view.withClause })}`;
  return { what: "conflict", id, text, next: `offtake agreement show ${view.agreement}` };
}

const COLUMNS = [
  { title: "WHAT" },
  { title: "ID" },
  { title: "ABOUT" },
  { title: "DUE" },
  { title: "LEFT" },
  { title: "NEXT" },
] as const;

function queueText({ yours, others }: Queue, now: Instant): string {
  const rows = (waiting: readonly Waiting[]) =>
    waiting.map(({ what, id, text, deadline, zone, next }) => [
      what,
      id,
      text,
      whenText(deadline, zone),
      leftText(deadline, now),
      next,
    ]);
  const part = (title: string, waiting: readonly Waiting[]) =>
    waiting.length === 0 ? [] : [`${title}\n${tableText(COLUMNS, rows(waiting))}`];
  return [...part("Waits for you", yours), ...part("Waits for others", others)].join("\n");
}
