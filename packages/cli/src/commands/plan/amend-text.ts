import { countOf } from "../../terminal/failures.ts";
import type { Io } from "../../terminal/io.ts";
import { type Style, styleOf } from "../../terminal/style.ts";
import { tableText, wrapText } from "../../terminal/table.ts";
import type { ToldAmendment } from "./amend.ts";
import { type AmendWords, closingLine, remarks, shortfallLines, type Sign, totalRows } from "./amend-words.ts";

/** Requests that are told one by one; `--json` has all of them. */
const REQUESTS_SHOWN = 20;

/** What an amendment changes, agreement by agreement, request by request, and in all. */
export function tellAmendment(io: Io, told: ToldAmendment, words: AmendWords): void {
  const style = styleOf(io);
  const { book, comparison } = told;
  const { changed, compared } = comparison;
  for (const { sign, agreement } of book.agreements)
    io.out(`${signed(sign, style)} agreement ${style.strong(agreement)}\n`);
  for (const request of changed.slice(0, REQUESTS_SHOWN)) {
    io.out(`${signed("~", style)} request ${style.strong(request.request)}\n`);
    for (const { sign, text } of words.linesOf(request)) item(io, sign, text, style);
  }
  const more = changed.length - REQUESTS_SHOWN;
  if (more > 0) io.out(`${signed("~", style)} and ${countOf(more, "more request")} (--json has all of them)\n`);
  for (const { sign, text } of shortfallLines(told)) io.out(`${signed(sign, style)} ${text}\n`);
  if (changed.length + comparison.shortfalls.length > 0) {
    io.out(`\n${style.strong(`In all, of ${countOf(compared, "request")}`)}\n`);
    const rows = totalRows(told).map(({ what, before, after, change }) => [what, before, after, change]);
    io.out(
      tableText(
        [
          { title: "" },
          { title: "as it is", align: "right" },
          { title: "as it would be", align: "right" },
          { title: "change" },
        ],
        rows,
      ),
    );
  }
  for (const text of remarks(told)) io.err(`${wrapText(`offtake: note: ${text}`, io.width)}\n`);
  io.out(`${book.agreements.length + changed.length > 0 ? "\n" : ""}${closingLine(told)}\n`);
}

function item(io: Io, sign: Sign, text: string, style: Style): void {
  const hang = "      ";
  io.out(`    ${signed(sign, style)} ${wrapText(text, io.width, hang).slice(hang.length)}\n`);
}

function signed(sign: Sign, style: Style): string {
  return sign === "+" ? style.good(sign) : sign === "-" ? style.bad(sign) : style.attention(sign);
}
