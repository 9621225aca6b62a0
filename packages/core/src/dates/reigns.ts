import type { AgreementVersion } from "../agreements/agreement.ts";
import { type AgreementState, stopOf, termEnd } from "../agreements/timeline.ts";
import type { Instant } from "../kernel/index.ts";

/** The time in which a version is the one in force, `[from, to)`; without end where nothing ends it so far. */
export interface Reign {
  readonly version: AgreementVersion;
  readonly from: Instant;
  readonly to: Instant | undefined;
  /** Why it ends, where the agreement ends with it. */
  readonly ends?: "term" | "notice" | "terminated";
}

/** Which version is in force when, by effective time: the one effective last, of several from one instant the one recorded last. */
export function reignsOf(agreement: AgreementState): readonly Reign[] {
  if (agreement.status === "draft") return [];
  const inOrder = agreement.versions
    .map((version, index) => ({ version, index }))
    .sort((a, b) => a.version.effectiveFrom - b.version.effectiveFrom || a.index - b.index)
    .map(({ version }) => version);
  const over = endedAt(agreement);
  return inOrder.flatMap((version, index): Reign[] => {
    const next = inOrder[index + 1]?.effectiveFrom;
    const end = termEnd(agreement, version);
    const to = earliest([next, end, over]);
    if (to !== undefined && to <= version.effectiveFrom) return [];
    const reign = { version, from: version.effectiveFrom, to };
    if (to === undefined || to === next) return [reign];
    if (to === over) return [{ ...reign, ends: "terminated" }];
    return [{ ...reign, ends: stopOf(agreement, version) === undefined ? "term" : "notice" }];
  });
}

/** When the agreement as a whole was ended by somebody. */
function endedAt(agreement: AgreementState): Instant | undefined {
  return earliest(agreement.endings.filter(({ clauses }) => clauses === undefined).map(({ at }) => at));
}

function earliest(instants: readonly (Instant | undefined)[]): Instant | undefined {
  return instants.reduce(
    (least, one) => (one === undefined || (least !== undefined && least <= one) ? least : one),
    undefined,
  );
}

/** Whether something that comes about at an instant comes about under the version. The end itself is its own. */
export function isUnder(reign: Reign, at: Instant): boolean {
  return at >= reign.from && (reign.to === undefined || at <= reign.to);
}
