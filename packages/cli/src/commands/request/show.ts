import type { Schemas } from "@offtake/client";
import { countText, statusText } from "@offtake/core/explanation";
import { atBroker, allOf } from "../../broker/run.ts";
import type { BrokerOptions, Line } from "../../broker/connect.ts";
import { clauseText, moneyText, rateText, whenText, windowText } from "../../broker/texts.ts";
import type { ExitCode } from "../../terminal/exit-codes.ts";
import type { Io } from "../../terminal/io.ts";
import { acceleratorsText } from "./list.ts";

export function showRequest(io: Io, request: string, options: BrokerOptions): Promise<ExitCode> {
  return atBroker(
    io,
    options,
    async ({ client, book }) => {
      const { data } = (await client.call("requestRead", { params: { book, request } })).value;
      const [notices, awards] = await hangingOn({ client, book }, request);
      return { data, notices, awards };
    },
    ({ data, notices, awards }) => requestText(data, notices, awards),
  );
}

/** The notices and awards of a request, as far as the reader knows of any. */
async function hangingOn({ client, book }: Pick<Line, "client" | "book">, request: string) {
  const notices = await allOf(
    async (cursor) =>
      (
        await client.call("noticeList", {
          params: { book },
          query: { limit: 100, order: "created", descending: "false", ...(cursor === undefined ? {} : { cursor }) },
        })
      ).value,
  );
  const awards = await allOf(
    async (cursor) =>
      (
        await client.call("awardList", {
          params: { book },
          query: { limit: 100, ...(cursor === undefined ? {} : { cursor }) },
        })
      ).value,
  );
  return [
    notices.filter(({ view }) => view.notice.request === request),
    awards.filter(({ view }) => view.as === "keeper" && view.award.request === request),
  ] as const;
}

function requestText(
  { id, status, deadline, view }: Schemas["Request"],
  notices: readonly Schemas["Notice"][],
  awards: readonly Schemas["Award"][],
): string {
  const asked = view.request.lines.flatMap((line) => [
    `  ${countText(line.count)} × ${acceleratorsText(line)}${line.blockSize > 1 ? ` (by ${countText(line.blockSize)})` : ""}, ${windowText(line.window)}`,
    `  ${line.regions.join(", ")}${purposesOf(line)}${line.cap === undefined ? "" : `, at most ${rateText(line.cap)}`}`,
  ]);
  const due = deadline === undefined ? "" : `, next ${whenText(deadline)}`;
  const ended = [view.why, view.nearest === undefined ? undefined : `nearest that would work: ${view.nearest}`];
  return [
    `Request ${id}: ${statusText(status)}${due}`,
    ...asked,
    ...section("Asked", notices.map(noticeLine)),
    ...section("Awarded", awards.flatMap(awardLines)),
    ...section(
      "Why",
      ended.filter((text) => text !== undefined),
    ),
    `Next: offtake explain ${id} --broker`,
  ]
    .map((line) => `${line}\n`)
    .join("");
}

const section = (title: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : [title, ...lines.map((line) => `  ${line}`)];

const purposesOf = (line: Schemas["Request"]["view"]["request"]["lines"][number]): string =>
  line.purposes.length === 0 ? "" : `, ${line.purposes.map(({ purpose }) => purpose).join(" and ")}`;

function noticeLine({ id, status, deadline, view }: Schemas["Notice"]): string {
  const { notice } = view;
  const under = view.as === "keeper" ? view.notice.right : view.notice;
  const due = deadline === undefined ? "" : `, answer by ${whenText(deadline, view.clock?.zone)}`;
  const taken = view.taken === undefined ? "" : `, took ${countText(view.taken)}`;
  return `${id}  ${notice.holder}, ${notice.kind}, ${countText(notice.count)}: ${statusText(status)}${taken}${due} (${clauseText(under)})`;
}

function awardLines({ view, id }: Schemas["Award"]): readonly string[] {
  if (view.as !== "keeper") return [];
  return view.award.lines.map(
    (line) =>
      `${id}  ${line.provider}${line.host === undefined ? "" : ` on ${line.host}`} ${countText(line.count)} × ${line.acceleratorType}, ${line.region}, ${rateText(line.price)}${line.cost === undefined ? "" : `, ${moneyText(line.cost)}`} (${statusText(view.status)})`,
  );
}
