import type { ExpectationKind } from "@offtake/wire/cases";
import { judgeEvent, judgeExplains, judgeNeverSees, judgeSees } from "./judge-told.ts";
import { differences, type Fields, nearest, type Thing } from "./match.ts";
import type { Scene } from "./scene.ts";
import {
  capacityThings,
  isNoThingKind,
  isThingKind,
  type Kind,
  NO_THINGS,
  THINGS,
  supplyThings,
  togetherOf,
} from "./things/index.ts";
import { writtenAs } from "./written.ts";

/** What is expected, reduced to what a judgement reads. Twins are made of these. */
export interface Expected {
  readonly kind: ExpectationKind;
  readonly fields: Fields;
  /** It must not hold, of a thing that exists. */
  readonly negated: boolean;
  /** Only for twins: something of this kind must be there that a `no-...` denies. */
  readonly contrary?: true;
}

/** What happened instead, in words; undefined where what is expected holds. */
export type Verdict = string | undefined;

const SHOWN_MAX = 4;

/**
 * Holds one expectation against what happened so far. What is expected of a thing holds only where there is such a thing: none
 * passes for want of a match, and one that denies something must name things that exist.
 */
export function judge(expected: Expected, scene: Scene): Verdict {
  const { kind, fields } = expected;
  if (kind === "rejected") return judgeRejected(fields, scene);
  if (kind === "sees") return negate(expected, judgeSees(fields, scene), "the party sees all of it");
  if (kind === "never-sees") return judgeNeverSees(fields, scene);
  if (kind === "explains") return negate(expected, judgeExplains(fields, scene), "the explanation says all of it");
  if (kind === "event") return negate(expected, judgeEvent(fields, scene), "there is such an event");
  if (kind === "capacity")
    return judgeThings(expected, { things: () => capacityThings(scene, fields), handles: ["block", "at"] }, scene);
  if (kind === "supply")
    return judgeThings(expected, { things: () => supplyThings(scene, fields), handles: ["root", "from", "to"] }, scene);
  if (isThingKind(kind)) return judgeThings(expected, THINGS[kind], scene);
  if (isNoThingKind(kind)) return judgeNone(expected, NO_THINGS[kind].kind, scene);
  throw new Error(`Broken belief: every kind of expectation is judged, ${String(kind)} too`);
}

function negate({ negated }: Expected, verdict: Verdict, happened: string): Verdict {
  if (!negated) return verdict;
  return verdict === undefined ? happened : undefined;
}

function judgeRejected(fields: Fields, { rejection, isStep }: Scene): Verdict {
  if (!isStep) return "a rejection belongs to a step";
  if (rejection === undefined) return "the step was accepted";
  return rejection.code === fields["code"]
    ? undefined
    : `the step was rejected with ${rejection.code}: ${rejection.detail}`;
}

function judgeThings(expected: Expected, kind: Kind, scene: Scene): Verdict {
  const { times, ...fields } = expected.fields as { readonly times?: number };
  const things = kind.things(scene);
  const unknown = unknownHandle(fields, scene);
  if (expected.negated) return unknown ?? judgeNot(fields, things, kind);
  const found = expected.kind === "awarded" ? fittingAwards(fields, things, kind) : fitting(fields, things, kind);
  if (times === undefined) return found.length > 0 ? undefined : happenedInstead(expected, fields, things, kind);
  if (times === 0 && unknown !== undefined) return unknown;
  return found.length === times
    ? undefined
    : `${found.length} fit${found.length === 0 ? `; ${happenedInstead(expected, fields, things, kind)}` : `: ${titles(found)}`}`;
}

function fitting(fields: Fields, things: readonly Thing[], kind: Kind): readonly Thing[] {
  return things.filter((thing) => differences(fields, thing, kind.comparers ?? {}).length === 0);
}

/** Counts and costs are those of all lines together that fit everything else. */
function fittingAwards(fields: Fields, things: readonly Thing[], kind: Kind): readonly Thing[] {
  const { count: _1, cost: _2, costReported: _3, offered: _4, ...others } = fields;
  const lines = fitting(others, things, kind);
  const together = togetherOf(lines);
  return fitting(fields, together === undefined ? lines : [together], kind);
}

/** `not`: the thing that is meant exists, and what else is stated does not hold of any that fits the name. */
function judgeNot(fields: Fields, things: readonly Thing[], kind: Kind): Verdict {
  const named = Object.fromEntries(Object.entries(fields).filter(([field]) => kind.handles.includes(field)));
  if (Object.keys(named).length === Object.keys(fields).length)
    return "nothing is stated that could be otherwise: `not` needs a field beside those that say which thing is meant";
  const meant = fitting(named, things, kind);
  if (meant.length === 0)
    return `there is nothing of that name${things.length === 0 ? "" : `; there is ${titles(things)}`}`;
  const hit = fitting(fields, meant, kind)[0];
  return hit === undefined ? undefined : `${hit.title} is so`;
}

function judgeNone(expected: Expected, kind: Kind, scene: Scene): Verdict {
  const { fields, contrary } = expected;
  const things = kind.things(scene);
  const found = fitting(fields, things, kind);
  if (contrary === true) return found.length > 0 ? undefined : "there is none";
  return unknownHandle(fields, scene) ?? (found.length === 0 ? undefined : `there is ${titles(found)}`);
}

/** A request that was never sent, or a lot that was never formed: to deny something of it says nothing. */
function unknownHandle(fields: Fields, { chronicle }: Scene): Verdict {
  const { request, lot } = fields;
  if (typeof request === "string" && !chronicle.requests.has(request)) return `request ${request} was never submitted`;
  if (typeof lot !== "string") return undefined;
  const lots = [...chronicle.lots.values()].map(({ formed }) => formed.lot);
  const isThere = lots.some((item) => item.label === lot && (request === undefined || item.request === request));
  return isThere ? undefined : `there is no lot ${lot}`;
}

function titles(things: readonly Thing[]): string {
  const shown = things.slice(0, SHOWN_MAX).map(({ title }) => title);
  const more = things.length - shown.length;
  return `${shown.join("; ")}${more > 0 ? `; and ${more} more` : ""}`;
}

/** The nearest candidate and the fields in which it differs. */
function happenedInstead({ kind }: Expected, fields: Fields, things: readonly Thing[], how: Kind): string {
  const candidates = kind === "awarded" ? withTogether(fields, things, how) : things;
  const near = nearest(fields, candidates, how.comparers ?? {}, new Set(how.handles));
  if (near === undefined) return `there is no ${kind.replace("-", " ")} at all`;
  const differs = near.differs.map(
    ({ field, expected, actual }) => `${field} is ${writtenAs(actual)}, not ${writtenAs(expected)}`,
  );
  return `nearest is ${near.thing.title}: ${differs.join("; ")}`;
}

function withTogether(fields: Fields, things: readonly Thing[], kind: Kind): readonly Thing[] {
  const { count: _1, cost: _2, costReported: _3, offered: _4, ...others } = fields;
  const together = togetherOf(fitting(others, things, kind));
  return together === undefined ? things : [together];
}
