import type { CarveOut, Partial, RightClause } from "@offtake/core/agreements";
import type { BlockId, PartyId } from "@offtake/core/kernel";
import { readScope } from "../scope/index.ts";
import type { ReadingContext } from "../shape/index.ts";
import type { Path } from "../source/index.ts";
import { Defaults } from "./defaults.ts";
import type { ClauseFrame } from "./frame.ts";
import { clauseBase, readParties } from "./frame.ts";
import type { PartialDocument, RightDocument } from "./right-document.ts";
import { readTimes } from "./right-times.ts";

/** Reads a right of any kind; what the document leaves out is its default, and is named in `defaults`. */
export function readRight(
  document: RightDocument,
  path: Path,
  context: ReadingContext,
  frame: ClauseFrame,
): RightClause {
  const defaults = new Defaults();
  checkKind(document, path, context);
  const { kind, scope } = document;
  const takesNothing = kind === "consent" || kind === "first-ship";
  const isOption = kind === "option" || kind === "soft-hold";
  const { holder, grantor, burdens } = readSides(document, path, context, frame, defaults);
  const capCount = defaults.absent("cap", document.cap);
  const deMinimis = defaults.absent("deMinimis", document.deMinimis);
  const newCapacityOnly =
    document.newCapacityOnly ??
    (typeof scope === "object" && "newCapacityOnly" in scope ? scope.newCapacityOnly : undefined);
  const right: RightClause = {
    ...clauseBase(document, frame),
    kind,
    burdens,
    holder,
    grantor,
    rank: defaults.take("rank", document.rank, 10),
    sameRank: defaults.take("sameRank", document.sameRank, "undecided"),
    weight: defaults.take("weight", document.weight, 1),
    parallel: defaults.take("parallel", document.parallel, false),
    scope: readScope(defaults.take("scope", scope, "everything" as const), [...path, "scope"], context),
    carveOuts: readCarveOuts(document, path, context, defaults),
    trigger: readTrigger(document, path, context, defaults),
    attachBy: defaults.take("attachBy", document.attachBy, "request"),
    ...readTimes(document, path, context, defaults),
    noticeRequires: defaults.take("noticeRequires", document.noticeRequires, []),
    partial: readPartial(defaults.take("partial", document.partial, takesNothing ? 0 : 1)),
    matchBasis: readMatchBasis(document, defaults),
    silence: defaults.take("silence", document.silence, kind === "consent" ? "blocks" : "refusal"),
    refusalFinal: defaults.take("refusalFinal", document.refusalFinal, true),
    ...(deMinimis === undefined
      ? {}
      : {
          deMinimis: {
            count: deMinimis.count,
            aggregateDays: deMinimis.days,
            by: defaults.take("deMinimis.by", deMinimis.by, "control-group"),
          },
        }),
    newCapacityOnly: defaults.take("newCapacityOnly", newCapacityOnly, false),
    aggregateAllOrNone: defaults.take("aggregateAllOrNone", document.aggregateAllOrNone, false),
    inseparable: defaults.take("inseparable", document.inseparable, "reject"),
    holderMayBid: defaults.take("holderMayBid", document.holderMayBid, true),
    matchAfterBidding: defaults.take("matchAfterBidding", document.matchAfterBidding, false),
    passThrough: readPassThrough(document, path, context, defaults),
    affiliates: {
      aggregate: defaults.take("affiliates.aggregate", document.affiliates?.aggregate, true),
      lookThrough: defaults.take("affiliates.lookThrough", document.affiliates?.lookThrough, true),
    },
    disclosure: {
      identity: defaults.take("disclosure.identity", document.disclosure?.identity, false),
      price: defaults.take("disclosure.price", document.disclosure?.price, true),
    },
    release: readRelease(document, defaults),
    ...(capCount === undefined ? {} : { capCount }),
    suspendOnDefault: defaults.take("suspendOnDefault", document.suspendOnDefault, false),
    ...(isOption && document.option !== undefined ? { option: readOption(document.option, path, context) } : {}),
    ...(document.minimumShare === undefined
      ? {}
      : {
          minimumShare: {
            shareBp: document.minimumShare.share,
            period: defaults.take("minimumShare.period", document.minimumShare.period, "year"),
          },
        }),
    defaults: defaults.names,
  };
  return right;
}

/** Parameters that only some kinds have, and those without which a kind says nothing. */
function checkKind(document: RightDocument, path: Path, context: ReadingContext): void {
  const { kind } = document;
  const isOption = kind === "option" || kind === "soft-hold";
  const refuse = (key: "option" | "minimumShare" | "release" | "mode", only: string): void => {
    if (document[key] !== undefined)
      context.report.addAtKey(path, key, "unknown_key", `\`${key}\` is for ${only} only`);
  };
  if (!isOption) refuse("option", "option and soft-hold");
  else if (document.option === undefined)
    context.report.add([...path, "option"], "missing_key", "this is missing", {
      expected: "how many accelerators, and until when",
    });
  if (kind !== "minimum-share") refuse("minimumShare", "minimum-share");
  else if (document.minimumShare === undefined)
    context.report.add([...path, "minimumShare"], "missing_key", "this is missing", {
      expected: "the share and its period",
    });
  if (kind !== "exclusivity") refuse("release", "exclusivity");
  if (kind !== "first-refusal") refuse("mode", "first-refusal");
  if (kind === "first-ship" && document.burdens === "capacity")
    context.report.add([...path, "burdens"], "conflicting_keys", "a product is released by who buys its compute", {
      expected: "demand",
    });
  const consentOnly = document.silence === "blocks" || document.silence === "consents";
  if (consentOnly && kind !== "consent")
    context.report.add([...path, "silence"], "unknown_value", `\`${document.silence}\` is for a consent only`, {
      expected: "refusal or acceptance",
    });
}

function readSides(
  document: RightDocument,
  path: Path,
  context: ReadingContext,
  frame: ClauseFrame,
  defaults: Defaults,
) {
  const isOption = document.kind === "option" || document.kind === "soft-hold";
  const { buyer, provider } = frame;
  const byDefault = isOption || document.burdens === "capacity" ? buyer : provider;
  const holder = defaults.take("holder", document.holder, byDefault) as PartyId;
  const grantor = defaults.take("grantor", document.grantor, holder === buyer ? provider : buyer) as PartyId;
  const burdens = defaults.take("burdens", document.burdens, isOption || holder === buyer ? "capacity" : "demand");
  readParties(document, ["holder", "grantor"], path, context);
  return { holder, grantor, burdens };
}

function readTrigger(
  document: RightDocument,
  path: Path,
  context: ReadingContext,
  defaults: Defaults,
): RightClause["trigger"] {
  const { kind, mode, trigger } = document;
  const byMode = mode === undefined ? undefined : mode === "match" ? "third-party-offer" : "request";
  if (byMode !== undefined && trigger !== undefined && byMode !== trigger) {
    context.report.add([...path, "trigger"], "conflicting_keys", `\`mode: ${mode}\` says otherwise`, {
      expected: "one of the two",
    });
  }
  if (kind === "match" && trigger === "request") {
    context.report.add([...path, "trigger"], "conflicting_keys", "a match is due on a third-party offer", {
      expected: "third-party-offer",
    });
  }
  const stated = byMode ?? trigger;
  if (kind === "first-refusal") return defaults.take("trigger", stated, "request");
  return stated ?? (kind === "match" ? "third-party-offer" : "request");
}

function readCarveOuts(document: RightDocument, path: Path, context: ReadingContext, defaults: Defaults): CarveOut[] {
  const carveOuts = defaults.take("carveOuts", document.carveOuts, []);
  const seen = new Set<string>();
  return carveOuts.map((carveOut, index) => {
    const at = [...path, "carveOuts", index];
    if (seen.has(carveOut.id))
      context.report.add([...at, "id"], "duplicate_id", `there is a carve-out \`${carveOut.id}\` already`);
    seen.add(carveOut.id);
    for (const party of carveOut.ownBuild ?? []) context.checkName("party", party, [...at, "ownBuild"]);
    return {
      id: carveOut.id,
      scope: readScope(carveOut.scope, [...at, "scope"], context),
      ...(carveOut.ownBuild === undefined ? {} : { ownBuild: carveOut.ownBuild as PartyId[] }),
      ...(carveOut.share === undefined
        ? {}
        : { share: { toleranceBp: carveOut.share.tolerance, period: "month" as const } }),
    };
  });
}

function readPartial(document: PartialDocument): Partial {
  if (typeof document === "number") return document === 0 ? { mode: "none" } : { mode: "multiple", of: document };
  if (!document.allowed) return { mode: "none" };
  return {
    mode: "multiple",
    of: document.block ?? 1,
    ...(document.minimum === undefined ? {} : { min: document.minimum }),
    ...(document.byMonth === true ? { byMonth: true } : {}),
  };
}

function readMatchBasis(document: RightDocument, defaults: Defaults): RightClause["matchBasis"] {
  const basis = defaults.take("matchBasis", document.matchBasis, "pareto");
  return basis === "pareto" ? { mode: "pareto" } : { mode: "levelised", ...basis.levelised };
}

function readPassThrough(
  document: RightDocument,
  path: Path,
  context: ReadingContext,
  defaults: Defaults,
): RightClause["passThrough"] {
  const stated = document.passThrough;
  if (stated?.hosts !== undefined && stated.subcontractors !== undefined) {
    context.report.add([...path, "passThrough", "subcontractors"], "conflicting_keys", "`hosts` says the same", {
      expected: "one of the two",
    });
  }
  const key = stated?.subcontractors === undefined ? "hosts" : "subcontractors";
  const hosts = stated?.hosts ?? stated?.subcontractors;
  for (const host of hosts ?? []) context.checkName("party", host, [...path, "passThrough", key]);
  return {
    allowed: defaults.take("passThrough.allowed", stated?.allowed, true),
    maxShareBp: defaults.take("passThrough.maxShare", stated?.maxShare, 10_000),
    ...(hosts === undefined ? {} : { hosts: hosts as PartyId[] }),
    consent: defaults.take("passThrough.consent", stated?.consent, hosts !== undefined),
  };
}

function readRelease(document: RightDocument, defaults: Defaults): RightClause["release"] {
  const { release } = document;
  const stated =
    document.kind === "exclusivity" ? defaults.take("release", release, "never" as const) : (release ?? "never");
  const ends: readonly string[] = stated === "never" ? [] : stated;
  return {
    refusal: ends.includes("refusal"),
    silence: ends.includes("silence"),
    inability: ends.includes("inability"),
  };
}

function readOption(
  option: NonNullable<RightDocument["option"]>,
  path: Path,
  context: ReadingContext,
): NonNullable<RightClause["option"]> {
  for (const block of option.blocks ?? []) context.checkName("block", block, [...path, "option", "blocks"]);
  return {
    count: option.count,
    blocks: (option.blocks ?? []) as BlockId[],
    ...(option.price === undefined ? {} : { price: option.price }),
    until: context.until(option.until),
  };
}
