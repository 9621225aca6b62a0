import { countText } from "@offtake/core/explanation";
import { countOf } from "../../terminal/failures.ts";
import type { ToldAmendment } from "./amend.ts";
import { type AmendWords, closingLine, remarks, shortfallLines, totalRows } from "./amend-words.ts";

/** A comment on GitHub holds 65,536 characters; whoever posts it may add a line of its own. */
const CHARS_MAX = 60_000;

/**
 * A comment for a pull request: totals as a table, requests one by one folded away. The first line is a marker that a reader does not
 * see and that stays the same, by which the comment is found again and replaced.
 */
export function amendmentMarkdown(told: ToldAmendment, words: AmendWords): string {
  const { book, comparison } = told;
  const { changed, compared } = comparison;
  const head = [
    `<!-- offtake plan: ${book.before.book.header.keeper} -->`,
    `### Offtake: ${changed.length === 0 ? "no request" : `${countText(changed.length)} of ${countOf(compared, "request")}`} would come out otherwise`,
    "",
    ...book.agreements.map(({ sign, agreement }) => `- \`${sign}\` agreement \`${agreement}\``),
    ...(book.agreements.length === 0 ? [] : [""]),
    ...totalTable(told),
    ...remarks(told).map((text) => `> ${plain(text)}\n`),
  ].join("\n");
  const tail = `\n${plain(closingLine(told))}\n`;
  return `${head}\n${details(told, words, CHARS_MAX - head.length - tail.length)}${tail}`;
}

function totalTable(told: ToldAmendment): string[] {
  const rows = totalRows(told).map(
    ({ what, before, after, change }) => `| ${plain(what)} | ${before} | ${after} | ${change} |`,
  );
  return ["| | as it is | as it would be | change |", "| --- | ---: | ---: | --- |", ...rows, ""];
}

/** As many requests as there is room for, and how many are left out. */
function details(told: ToldAmendment, words: AmendWords, room: number): string {
  const { changed, shortfalls } = told.comparison;
  if (changed.length + shortfalls.length === 0) return "";
  const open =
    "<details><summary>Request by request (<code>+</code> new, <code>~</code> other than before, <code>-</code> gone)</summary>\n\n```diff\n";
  const close = "```\n\n</details>\n";
  const blocks = [
    ...shortfallLines(told).map(({ sign, text }) => `${sign} ${fenced(text)}\n`),
    ...changed.map((request) =>
      [
        `~ request ${request.request}`,
        ...words.linesOf(request).map(({ sign, text }) => `${sign}   ${fenced(text)}`),
        "",
      ].join("\n"),
    ),
  ];
  let left = room - open.length - close.length - MORE_CHARS;
  let taken = 0;
  while (taken < blocks.length && (blocks[taken]?.length ?? 0) <= left) {
    left -= blocks[taken]?.length ?? 0;
    taken += 1;
  }
  const more = blocks.length - taken;
  const rest = more === 0 ? "" : `~ and ${countOf(more, "more change")}: offtake plan --json has all of them\n`;
  return `${open}${blocks.slice(0, taken).join("")}${rest}${close}`;
}

const MORE_CHARS = 100;

/** Names are the words of whoever wrote the files: nothing in them is to act as markup, or to call anybody. */
function plain(text: string): string {
  return text.replace(/\s+/g, " ").replace(/[\\`*_{}[\]<>|#~@]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

/** Inside a fence only the fence itself could end it. */
function fenced(text: string): string {
  return text.replace(/\s+/g, " ").replaceAll("`", "'");
}
