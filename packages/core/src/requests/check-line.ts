import { nearestMultiples } from "./blocks.ts";
import {
  isAmount,
  isCount,
  isInstant,
  isNameList,
  isPrice,
  NAMES_MAX,
  problem,
  type RequestProblem,
} from "./check-fields.ts";
import { NONE_WORD, TERM_DIRECTIONS } from "./directions.ts";
import type { RequestLine } from "./request.ts";
import type { StatedTerms } from "./terms.ts";

type Found = RequestProblem | undefined;

/** What is wrong with one line, or undefined; the order of the checks is that of `checkRequest`. */
export function checkLine(line: RequestLine): Found {
  return (
    checkWindow(line) ??
    checkCounts(line) ??
    checkAccelerators(line) ??
    checkRegions(line) ??
    checkPurposes(line) ??
    checkPriceAndStart(line) ??
    checkStated(line.stated) ??
    checkSwitching(line)
  );
}

function checkWindow({ window }: RequestLine): Found {
  const { from, to } = window;
  if (!isInstant(from) || !isInstant(to)) return problem("invalid_window", "The window has no two instants.");
  if (from >= to) return problem("invalid_window", "The window ends after it begins.");
  if (from % 1000 === 0 && to % 1000 === 0) return undefined;
  return problem("invalid_window", "The window begins and ends on whole seconds.");
}

function checkCounts({ count, blockSize, gangMin }: RequestLine): Found {
  if (!isCount(blockSize)) return problem("invalid_count", "The block is a whole number of accelerators from 1.");
  if (!isCount(count)) return problem("invalid_count", "The count is a whole number of accelerators from 1.");
  if (count % blockSize !== 0) return problem("invalid_count", notMultiple(count, blockSize));
  if (!isCount(gangMin)) return problem("invalid_count", "The smallest part of use is a whole number from 1.");
  if (gangMin <= count) return undefined;
  return problem("invalid_count", `No part of ${count} has the ${gangMin} accelerators of the smallest part of use.`);
}

/** Says what would be right: "2500 is no multiple of 8; 2496 or 2504 is." */
export function notMultiple(count: number, of: number): string {
  const { below, above } = nearestMultiples(count, of);
  return `${count} is no multiple of ${of}; ${below === undefined ? above : `${below} or ${above}`} is.`;
}

function checkAccelerators({ accelerators, blockSize }: RequestLine): Found {
  if (accelerators.length === 0) return problem("malformed", "At least one accelerator is named.");
  const { acceleratorType: base, factor: unit } = accelerators[0] as RequestLine["accelerators"][number];
  if (unit.num !== unit.den || unit.num <= 0n)
    return problem("malformed", "The first accelerator counts as one of itself.");
  if (accelerators.length === 1 && base !== "") return undefined;
  if (!isNameList(accelerators.map((item) => item.acceleratorType))) {
    return problem("malformed", "The accelerators are different names.");
  }
  for (const { acceleratorType, factor } of accelerators) {
    if (factor.num <= 0n || factor.den <= 0n)
      return problem("malformed", `The factor of ${acceleratorType} is above 0.`);
    if ((BigInt(blockSize) * factor.num) % factor.den === 0n) continue;
    return problem("invalid_count", `A block of ${blockSize} is no whole number of ${acceleratorType}.`);
  }
  return undefined;
}

function checkRegions({ regions }: RequestLine): Found {
  if (regions.length === 0 || !isNameList(regions))
    return problem("malformed", "At least one region, each named once.");
  for (const region of regions) {
    const star = region.indexOf("*");
    if (star >= 0 && star < region.length - 1) {
      return problem("malformed", `In "${region}" the * is not at the end.`);
    }
  }
  return undefined;
}

function checkPurposes({ purposes, count, blockSize, gangMin, divisible }: RequestLine): Found {
  if (purposes.length === 0) return undefined;
  if (purposes.length === 1 && purposes[0]?.count === undefined && purposes[0]?.purpose !== "") return undefined;
  if (!isNameList(purposes.map((item) => item.purpose)))
    return problem("malformed", "The purposes are different names.");
  if (purposes.every((item) => item.count === undefined)) return undefined;
  let sum = 0;
  for (const { purpose, count: part } of purposes) {
    if (part === undefined)
      return problem("malformed", `Counts are given for all purposes or none; not for ${purpose}.`);
    if (!isCount(part)) return problem("invalid_count", `The count for ${purpose} is a whole number from 1.`);
    if (part % blockSize !== 0) return problem("invalid_count", `For ${purpose}, ${notMultiple(part, blockSize)}`);
    if (part < gangMin)
      return problem("invalid_count", `${part} for ${purpose} is less than the smallest part of use.`);
    sum += part;
  }
  if (sum !== count) return problem("invalid_count", `The purposes add up to ${sum}, not to ${count}.`);
  if (divisible || purposes.length === 1) return undefined;
  return problem("malformed", "What may not be divided is not split by purpose; give each purpose a line.");
}

function checkPriceAndStart({ cap, latestStart, window, channel, product, sourceClass }: RequestLine): Found {
  if (cap !== undefined && !isPrice(cap)) return problem("malformed", "The price cap is above zero, in a currency.");
  if (channel === "" || product === "" || sourceClass === "")
    return problem("malformed", "A channel, product or source class has a name.");
  if (latestStart === undefined) return undefined;
  if (isInstant(latestStart) && latestStart >= window.from) return undefined;
  return problem("invalid_window", "The latest start is not before the window begins.");
}

/** A term with a declared direction is a number not below zero, or the word "none"; any other term is a number or a text. */
export function checkStated(stated: StatedTerms): Found {
  const names = Object.keys(stated);
  if (names.length === 0) return undefined;
  if (names.length > NAMES_MAX || names.includes(""))
    return problem("malformed", "Stated terms are named, 200 at most.");
  for (const name of names) {
    const value = stated[name];
    const isDeclared = TERM_DIRECTIONS.has(name);
    if (value === undefined) return problem("malformed", `The term ${name} has a value.`);
    if (typeof value === "string") {
      if (isDeclared && value !== NONE_WORD) return problem("malformed", `The term ${name} is a number, or "none".`);
    } else if (value.den <= 0n || (isDeclared && value.num < 0n)) {
      return problem("malformed", `The term ${name} is no number from 0.`);
    }
  }
  return undefined;
}

function checkSwitching({ switchingCosts }: RequestLine): Found {
  if (switchingCosts.length === 0) return undefined;
  if (!isNameList(switchingCosts.map((item) => item.provider))) {
    return problem("malformed", "A cost of switching is declared once for each provider.");
  }
  const wrong = switchingCosts.find((item) => !isAmount(item.cost));
  return wrong && problem("malformed", `The cost of switching to ${wrong.provider} is no amount.`);
}
