import { countText, rateText } from "@offtake/core/explanation";
import { formatInstant } from "@offtake/core/kernel";
import type { Asked, Awarded, Resolution } from "@offtake/sim/stories";
import { outcomeText } from "../../telling/phrases.ts";
import { countOf } from "../../terminal/failures.ts";
import type { Io } from "../../terminal/io.ts";
import { type Style, styleOf } from "../../terminal/style.ts";
import type { Preview } from "./preview.ts";

/** One thing that only the one or only the other side has. */
export interface ChangeLine {
  readonly sign: "+" | "-";
  readonly text: string;
}

export interface Comparison {
  readonly before: Preview;
  readonly after: Preview;
  readonly lines: readonly ChangeLine[];
}

/** What differs between two ways in which one request comes out: notices, awards, its end. */
export function compare(before: Preview, after: Preview): Comparison {
  const lines = [
    ...differing(before.resolution.asked.map(noticeText), after.resolution.asked.map(noticeText)),
    ...differing(before.resolution.awards.map(awardText), after.resolution.awards.map(awardText)),
    ...differing([endOf(before.resolution)], [endOf(after.resolution)]),
  ];
  return { before, after, lines };
}

function noticeText({ holderName, kind, clause, agreement, count, price, respondBy }: Asked): string {
  const by = respondBy === undefined ? "" : `, answer by ${formatInstant(respondBy)}`;
  return `notice to ${holderName}: ${kind.replace("-", " ")} for ${countText(count)}${price === undefined ? "" : ` at ${rateText(price)}`} (clause ${clause} of agreement ${agreement})${by}`;
}

function awardText({ providerName, count, price, hostName }: Awarded): string {
  return `award to ${providerName}: ${countText(count)}${price === undefined ? "" : ` at ${rateText(price)}`}${hostName === undefined ? "" : `, run by ${hostName}`}`;
}

const endOf = (resolution: Resolution): string => `request ${outcomeText(resolution)}`;

/** Lines of one side that the other does not have, as often as they stand there. */
function differing(before: readonly string[], after: readonly string[]): ChangeLine[] {
  const rest = [...after];
  const gone = before.filter((text) => {
    const place = rest.indexOf(text);
    if (place >= 0) rest.splice(place, 1);
    return place < 0;
  });
  return [
    ...gone.map((text): ChangeLine => ({ sign: "-", text })),
    ...rest.map((text): ChangeLine => ({ sign: "+", text })),
  ];
}

export function tellComparisons(io: Io, comparisons: readonly Comparison[]): void {
  const style = styleOf(io);
  for (const { before, lines } of comparisons) {
    if (lines.length === 0) continue;
    io.out(`${style.attention("~")} request ${style.strong(before.request.id)}\n`);
    for (const { sign, text } of lines) io.out(`    ${signed(sign, style)} ${text}\n`);
  }
  const changed = comparisons.filter(({ lines }) => lines.length > 0).length;
  const asked = (side: "before" | "after"): number =>
    comparisons.reduce((sum, one) => sum + one[side].notices.length, 0);
  const difference = asked("after") - asked("before");
  const more =
    difference === 0
      ? "as many notices as before"
      : `${countOf(Math.abs(difference), "notice")} ${difference > 0 ? "more" : "fewer"}`;
  io.out(
    `${changed === 0 ? "" : "\n"}Plan: ${countOf(changed, "request")} to come out otherwise, ${comparisons.length - changed} as before; ${more}.\n`,
  );
}

function signed(sign: ChangeLine["sign"], style: Style): string {
  return sign === "+" ? style.good(sign) : style.bad(sign);
}
