import { runsUntil, termEnd } from "@offtake/core/agreements";
import type { AgreementId } from "@offtake/core/kernel";
import type { AgreementTale } from "../chronicle.ts";
import { type Comparer, sameClause, sameMembers, type Thing } from "../match.ts";
import type { Scene } from "../scene.ts";
import type { Kind } from "./kind.ts";
import { type ClauseName, clauseText } from "./names.ts";

/** Its status as of the scene: what was decided about it comes before its dates. */
function statusAt(tale: AgreementTale, end: number | undefined, now: number): string {
  const decided = tale.statuses.at(-1)?.status ?? "signed";
  if (tale.terminated.some((event) => event.clauses === undefined && event.effectiveAt <= now)) return "terminated";
  if (decided === "active" && end !== undefined && end <= now) return "expired";
  return decided;
}

/** Of the versions in effect the one effective last, and of several from one instant the one recorded last; the first while none is. */
function versionAt(tale: AgreementTale, now: number): number | undefined {
  let found = tale.versions[0]?.agreement;
  for (const { agreement } of tale.versions) {
    if (agreement.effectiveFrom <= now && agreement.effectiveFrom >= (found?.effectiveFrom ?? now)) found = agreement;
  }
  return found?.version;
}

function agreementThing(scene: Scene, name: string, tale: AgreementTale): Thing {
  const { now, agreements } = scene.book.state;
  const state = agreements.get(name as AgreementId);
  const version = tale.versions.at(-1)?.agreement;
  const end = state === undefined || version === undefined ? undefined : termEnd(state, version);
  const until = state === undefined || version === undefined ? undefined : runsUntil(state, version, now);
  return {
    title: `agreement ${name}`,
    fields: {
      name,
      status: statusAt(tale, end, now),
      version: versionAt(tale, now),
      renewals: tale.renewed.length,
      ...(until === undefined ? {} : { until }),
    },
  };
}

export const renewalNoticeKind: Kind = {
  things: ({ chronicle }) =>
    chronicle.all("renewalNoticeGiven").map(({ agreement, notice }) => ({
      title: `the notice of ${notice.by} under ${agreement}`,
      fields: {
        agreement,
        by: notice.by,
        received: notice.deemedReceivedAt,
        late: notice.late,
        ...(notice.endsAt === undefined ? {} : { ends: notice.endsAt }),
      },
    })),
  handles: ["agreement"],
};

export const agreementKind: Kind = {
  things: (scene) => [...scene.chronicle.agreements].map(([name, tale]) => agreementThing(scene, name, tale)),
  handles: ["name"],
};

/** Two clauses, in any order. */
const samePair: Comparer = (expected, actual) => {
  const [a, b] = expected as readonly unknown[];
  const [x, y] = actual as readonly unknown[];
  return (sameClause(a, x) && sameClause(b, y)) || (sameClause(a, y) && sameClause(b, x));
};

export const conflictKind: Kind = {
  things: ({ chronicle }) => {
    const decided = chronicle.all("conflictDecided");
    return chronicle.all("conflictFound").map((event) => {
      const one = { agreement: event.agreement, clause: event.clause };
      const other = { agreement: event.withAgreement, clause: event.withClause };
      const between: readonly ClauseName[] = [one, other];
      const decision = decided.findLast((item) =>
        samePair(
          [
            { agreement: item.agreement, clause: item.clause },
            { agreement: item.withAgreement, clause: item.withClause },
          ],
          between,
        ),
      );
      return {
        title: `the conflict of ${clauseText(one)} and ${clauseText(other)}`,
        fields: { between, kind: event.kind, certain: event.certain, prevails: decision?.prevails ?? "undecided" },
      };
    });
  },
  handles: ["between"],
  comparers: { between: samePair },
};

export const retroReviewKind: Kind = {
  things: ({ chronicle }) =>
    chronicle.all("retroReviewListed").map(({ agreement, version, requests }) => ({
      title: `the review listed for ${agreement} version ${version}`,
      fields: { agreement, version, requests },
    })),
  handles: ["agreement", "version"],
  comparers: { requests: sameMembers },
};
