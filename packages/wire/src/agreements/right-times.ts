import type { RightClause, WindowSpec } from "@offtake/core/agreements";
import type { ReadingContext } from "../shape/index.ts";
import type { Path } from "../source/index.ts";
import type { Defaults } from "./defaults.ts";
import type { RightDocument, TailDocument } from "./right-document.ts";
import { readWindow, type WindowDocument } from "./window.ts";

export const businessDays = (n: number): WindowSpec => ({ n, unit: "business-days" });

type Times = Pick<
  RightClause,
  | "window"
  | "delivery"
  | "objectionWindow"
  | "tail"
  | "reoffer"
  | "confirmWindow"
  | "replacementWindow"
  | "contingencies"
  | "stranded"
> &
  Partial<Pick<RightClause, "definitiveWindow" | "overAllotment">>;

/** Every period of a right, with its default (evidence table of the domain notes: what tariffs, leases and share rules use). */
export function readTimes(document: RightDocument, path: Path, context: ReadingContext, defaults: Defaults): Times {
  const stated = (key: string, window: WindowDocument | undefined): WindowSpec | undefined =>
    window === undefined ? undefined : readWindow(window, [...path, key], context);
  const isMatch = document.kind === "match" || document.mode === "match" || document.trigger === "third-party-offer";
  const definitive = defaults.absent("definitiveWindow", document.definitiveWindow);
  const overAllotment = defaults.absent("overAllotment", document.overAllotment);
  return {
    window: defaults.take("window", stated("window", document.window), businessDays(isMatch ? 2 : 5)),
    delivery: readDelivery(document, path, context, defaults),
    objectionWindow: defaults.take(
      "objectionWindow",
      stated("objectionWindow", document.objectionWindow),
      businessDays(2),
    ),
    ...(definitive === undefined || definitive === "none"
      ? {}
      : { definitiveWindow: readWindow(definitive, [...path, "definitiveWindow"], context) }),
    tail: readTail(document, path, context, defaults),
    reoffer: readReoffer(document, path, context, defaults),
    ...(overAllotment === undefined || overAllotment === "none"
      ? {}
      : { overAllotment: readWindow(overAllotment, [...path, "overAllotment"], context) }),
    confirmWindow: defaults.take("confirmWindow", stated("confirmWindow", document.confirmWindow), businessDays(1)),
    stranded: readStranded(document, path, context, defaults),
    replacementWindow: defaults.take(
      "replacementWindow",
      stated("replacementWindow", document.replacementWindow),
      businessDays(1),
    ),
    contingencies: readContingencies(document, path, context, defaults),
  };
}

function readDelivery(
  document: RightDocument,
  path: Path,
  context: ReadingContext,
  defaults: Defaults,
): RightClause["delivery"] {
  const { delivery } = document;
  const rule = typeof delivery === "object" ? delivery.rule : delivery;
  const fallback = typeof delivery === "object" ? delivery.fallbackAfter : undefined;
  return {
    rule: defaults.take("delivery.rule", rule, "delivered"),
    fallbackAfter: defaults.take(
      "delivery.fallbackAfter",
      fallback === undefined ? undefined : readWindow(fallback, [...path, "delivery", "fallbackAfter"], context),
      businessDays(1),
    ),
  };
}

function readStranded(
  document: RightDocument,
  path: Path,
  context: ReadingContext,
  defaults: Defaults,
): RightClause["stranded"] {
  const { stranded } = document;
  if (stranded === "none") return { offer: false, window: businessDays(1) };
  const window = stranded === undefined ? undefined : readWindow(stranded, [...path, "stranded"], context);
  return { offer: true, window: defaults.take("stranded", window, businessDays(1)) };
}

function readContingencies(
  document: RightDocument,
  path: Path,
  context: ReadingContext,
  defaults: Defaults,
): RightClause["contingencies"] {
  const contingencies = defaults.take("contingencies", document.contingencies, "none");
  if (contingencies === "none") return { allowed: false };
  if (contingencies === "allowed") return { allowed: true };
  return { allowed: true, waiveBy: readWindow(contingencies.waiveBy, [...path, "contingencies", "waiveBy"], context) };
}

/** A tail counts whole civil days (rule G4): a length in hours or business days has no meaning there. */
function tailDays(length: WindowDocument, path: Path, context: ReadingContext): number {
  const window = readWindow(length, path, context);
  if (window.unit !== "days") {
    context.report.add(path, "wrong_unit", "a tail is counted in whole days", { expected: "days, such as 60 days" });
  }
  return window.n;
}

function readTail(
  document: RightDocument,
  path: Path,
  context: ReadingContext,
  defaults: Defaults,
): RightClause["tail"] {
  const { tail, closing } = document;
  if (tail !== undefined && closing !== undefined) {
    context.report.add([...path, "closing"], "conflicting_keys", "`tail` says the same", {
      expected: "one of the two",
    });
  }
  if (closing !== undefined) {
    return { days: tailDays(closing.length, [...path, "closing", "length"], context), ...tolerances({}, defaults) };
  }
  if (tail === undefined) return { days: defaults.take("tail.days", undefined, 60), ...tolerances({}, defaults) };
  if (isTolerant(tail)) return { days: tail.days, ...tolerances(tail, defaults) };
  return { days: tailDays(tail, [...path, "tail"], context), ...tolerances({}, defaults) };
}

type TolerantTail = Extract<TailDocument, { days: number }>;

const isTolerant = (tail: TailDocument): tail is TolerantTail => "days" in tail;

function tolerances(
  tail: Partial<TolerantTail>,
  defaults: Defaults,
): { priceToleranceBp: number; countToleranceBp: number } {
  return {
    priceToleranceBp: defaults.take("tail.priceTolerance", tail.priceTolerance, 0),
    countToleranceBp: defaults.take("tail.countTolerance", tail.countTolerance, 0),
  };
}

function readReoffer(
  document: RightDocument,
  path: Path,
  context: ReadingContext,
  defaults: Defaults,
): RightClause["reoffer"] {
  const { reoffer, closing } = document;
  if (closing?.resetIf !== undefined && reoffer?.on !== undefined) {
    context.report.add([...path, "closing", "resetIf"], "conflicting_keys", "`reoffer.on` says the same", {
      expected: "one of the two",
    });
  }
  const window =
    reoffer?.window === undefined ? undefined : readWindow(reoffer.window, [...path, "reoffer", "window"], context);
  return {
    on: defaults.take("reoffer.on", reoffer?.on ?? resetOn(closing?.resetIf, path, context), "supplier-favourable"),
    window: defaults.take("reoffer.window", window, businessDays(2)),
    maxRounds: defaults.take("reoffer.maxRounds", reoffer?.maxRounds, 3),
    lastRoundToleranceBp: defaults.take("reoffer.lastRoundTolerance", reoffer?.lastRoundTolerance, 1000),
  };
}

/** The three named changes are the supplier-favourable ones; some of them alone would be a narrower right than any here. */
function resetOn(
  resetIf: readonly string[] | undefined,
  path: Path,
  context: ReadingContext,
): "supplier-favourable" | "any" | undefined {
  if (resetIf === undefined) return undefined;
  const named = new Set(resetIf);
  if (named.has("any-change")) return "any";
  if (named.size < 3) {
    context.report.add(
      [...path, "closing", "resetIf"],
      "not_supported",
      "a reset on some of these changes only is not possible",
      {
        expected: "[price-above-notice, term-longer, quantity-larger] or [any-change]",
      },
    );
  }
  return "supplier-favourable";
}
