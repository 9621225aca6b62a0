import { type Currency, isDocumentId } from "../kernel/index.ts";
import {
  isAmount,
  isCount,
  isInstant,
  isNameList,
  isPrice,
  LINES_MAX,
  problem,
  type RequestProblem,
} from "./check-fields.ts";
import { checkLine } from "./check-line.ts";
import { NO_PRODUCT } from "./product.ts";
import type { ComputeRequest } from "./request.ts";

/**
 * What is wrong with a request, or undefined. The first problem in this order: the request's own fields, its sale, its release, its lines
 * from first to last (window, counts, accelerators, regions, purposes, price cap, latest start, stated terms, switching
 * costs), and last that all its prices, caps and its budget are in one currency.
 */
export function checkRequest(request: ComputeRequest): RequestProblem | undefined {
  const head = checkHead(request) ?? checkSale(request) ?? checkRelease(request);
  if (head !== undefined) return head;
  for (let index = 0; index < request.lines.length; index += 1) {
    const found = checkLine(request.lines[index] as ComputeRequest["lines"][number]);
    if (found !== undefined) return problem(found.code, `Line ${index + 1}: ${found.detail}`);
  }
  return checkCurrencies(request);
}

function checkHead(request: ComputeRequest): RequestProblem | undefined {
  if (!isDocumentId(request.id)) return problem("malformed", `"${request.id}" is no id of a request.`);
  if (!isCount(request.version)) return problem("malformed", "The version is a whole number from 1.");
  const lines = request.lines.length;
  if (lines === 0 || lines > LINES_MAX) return problem("malformed", `A request has 1 to ${LINES_MAX} lines.`);
  if (request.budget !== undefined && !isAmount(request.budget))
    return problem("malformed", "The budget is no amount.");
  if (request.bidsCloseAt !== undefined && !isInstant(request.bidsCloseAt)) {
    return problem("invalid_window", "The close of the bids is no instant.");
  }
  const overrides = checkOverrides(request.overrides ?? NO_OVERRIDES);
  if (overrides !== undefined) return overrides;
  return isNameList(request.approvals) ? undefined : problem("malformed", "Approvals are different names.");
}

const NO_OVERRIDES: NonNullable<ComputeRequest["overrides"]> = [];

function checkOverrides(overrides: NonNullable<ComputeRequest["overrides"]>): RequestProblem | undefined {
  const clauses = overrides.map(({ agreement, clause }) => `${agreement}/${clause}`);
  if (!isNameList(clauses)) return problem("malformed", "Overrides are of different clauses.");
  for (const { cost, by, reason } of overrides) {
    if (!isAmount(cost)) return problem("malformed", "The cost of an override is no amount.");
    if (by === "" || reason === "") return problem("malformed", "An override names who decided it, and why.");
  }
  return undefined;
}

function checkSale({ sale, buyer }: ComputeRequest): RequestProblem | undefined {
  if (sale === undefined) return undefined;
  if (sale.to === buyer) return problem("malformed", "A sale is to another party than the keeper.");
  if (!isPrice(sale.price)) return problem("malformed", "The price of a sale is above zero, in a currency.");
  return isNameList(sale.blocks) ? undefined : problem("malformed", "The blocks of a sale are different names.");
}

/** An announcement is of one product, by name, and buys nothing: neither a sale nor a call belongs to it, and no price. */
function checkRelease({ release, sale, budget, lines }: ComputeRequest): RequestProblem | undefined {
  if (release === undefined) return undefined;
  if (release === "" || release === NO_PRODUCT) return problem("malformed", "A release is of a product, by its name.");
  if (sale !== undefined) return problem("malformed", "A release of a product sells no capacity.");
  if (lines.some(({ product }) => product !== undefined && product !== release))
    return problem("malformed", `All lines of a release are for its product, ${release}.`);
  if (lines.some(({ under }) => under !== undefined))
    return problem("malformed", "A release buys nothing: a call is a request of its own.");
  if (budget !== undefined || lines.some(({ cap }) => cap !== undefined))
    return problem("malformed", "A release buys nothing: it has no budget and no price cap.");
  return undefined;
}

/** Conversion belongs to awards and reports, so one request is in one currency. */
function checkCurrencies({ budget, sale, lines }: ComputeRequest): RequestProblem | undefined {
  let currency = budget?.currency ?? sale?.price.currency;
  if (currency !== undefined && sale !== undefined && sale.price.currency !== currency) return mismatch(currency);
  for (const { cap } of lines) {
    if (cap === undefined) continue;
    if (currency !== undefined && cap.currency !== currency) return mismatch(currency);
    currency = cap.currency;
  }
  return undefined;
}

function mismatch(currency: Currency): RequestProblem {
  return problem(
    "currency_mismatch",
    `Caps, prices and the budget of a request are in one currency, here ${currency}.`,
  );
}
