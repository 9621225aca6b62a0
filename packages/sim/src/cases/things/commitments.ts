import type { CommitmentClause } from "@offtake/core/agreements";
import { type Commitment, countedSpend, isScenario, type PlainUse, shortfallAvoided } from "@offtake/core/commitments";
import { type AgreementId, type Currency, type Money, windowSeconds } from "@offtake/core/kernel";
import { sameClause, type Thing } from "../match.ts";
import type { Scene } from "../scene.ts";
import type { Kind } from "./kind.ts";
import { clauseText } from "./names.ts";

/** A line of an award to the party that the commitment was made to. */
interface CountedLine extends PlainUse {
  readonly currency: Currency;
}

function linesFor(scene: Scene, request: string, clause: CommitmentClause): CountedLine[] {
  return [...scene.chronicle.awards.values()]
    .filter(({ issued }) => issued.award.request === request)
    .flatMap(({ issued, defaulted }) => {
      const failed = new Set(defaulted.map((event) => event.provider));
      return issued.award.lines
        .filter((line) => line.provider === clause.beneficiary && !failed.has(line.provider))
        .flatMap(({ window, count, price }) =>
          price === undefined
            ? []
            : [{ window, count, hourlyMicros: price.microsPerHour * BigInt(count), currency: price.currency }],
        );
    });
}

/** What the awards of a request count towards a commitment, in the unit in which it counts. */
function countedBy(commitment: Commitment, lines: readonly CountedLine[]): unknown {
  const { clause } = commitment;
  const amount = clause.schedule.find((period) => period.amount !== undefined)?.amount;
  if (amount === undefined) return { kind: "use", acceleratorSeconds: secondsCounted(clause, lines) };
  const counted = lines
    .filter((line) => line.currency === amount.currency)
    .reduce((sum, line) => sum + countedSpend(commitment, line, amount.currency).micros, 0n);
  return { kind: "money", money: { micros: counted, currency: amount.currency } };
}

function secondsCounted(clause: CommitmentClause, lines: readonly CountedLine[]): bigint {
  let seconds = 0n;
  for (const { window, count } of lines) {
    for (const period of clause.schedule) {
      const from = Math.max(window.from, period.from) as typeof window.from;
      const to = Math.min(window.to, period.to) as typeof window.to;
      if (from < to) seconds += BigInt(windowSeconds({ from, to })) * BigInt(count);
    }
  }
  return seconds;
}

function avoidedBy(commitment: Commitment, lines: readonly CountedLine[]): Money | undefined {
  const [first] = lines;
  if (first === undefined || !lines.every(({ currency }) => currency === first.currency)) return undefined;
  return shortfallAvoided([commitment], lines, first.currency);
}

function commitmentThing(scene: Scene, request: string, commitment: Commitment): Thing {
  const { agreement, clause } = commitment;
  const ref = { agreement, clause: clause.id };
  const evaluation = scene.chronicle.all("evaluated").findLast((event) => event.request === request)?.evaluation;
  const effect = evaluation?.effects?.find((item) => item.agreement === agreement && item.clause === clause.id);
  const lines = linesFor(scene, request, clause);
  return {
    title: `commitment ${clauseText(ref)} under request ${request}`,
    fields: {
      clause: ref,
      request,
      counted: countedBy(commitment, lines),
      avoided: effect?.avoided ?? avoidedBy(commitment, lines),
      scenario: effect === undefined ? isScenario(clause) : !effect.counted,
    },
  };
}

export const commitmentKind: Kind = {
  things: (scene) => {
    const commitments = [...scene.chronicle.agreements].flatMap(([agreement, { versions }]): Commitment[] =>
      (versions.at(-1)?.agreement.clauses ?? []).flatMap((clause) =>
        clause.kind === "commitment" ? [{ agreement: agreement as AgreementId, clause }] : [],
      ),
    );
    return [...scene.chronicle.requests.keys()].flatMap((request) =>
      commitments.map((commitment) => commitmentThing(scene, request, commitment)),
    );
  },
  handles: ["clause", "request"],
  comparers: { clause: sameClause },
};
