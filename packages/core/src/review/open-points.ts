import {
  agreementParameter,
  type AgreementVersion,
  type Clause,
  isHeadSettled,
  isSettled,
  type Parameter,
  parameterOf,
  takenText,
} from "../agreements/index.ts";
import type { Spot } from "./finding.ts";
import { type Finding, finding } from "./finding.ts";
import { currentVersions, type Reviewed } from "./reviewed.ts";

/** One thing that the words of a clause leave open: a question for whoever can read the contract. */
export interface OpenPoint extends Spot {
  /** As clauses name it among their `defaults`. */
  readonly parameter: string;
  /** What lawyers call it. */
  readonly term: string;
  /** In plain words. */
  readonly asks: string;
  /** The value that stands meanwhile. */
  readonly taken: string;
  readonly otherwise: string;
  /** 1: who is asked, or by when. 2: what follows from an answer. 3: what seldom happens. */
  readonly weight: 1 | 2 | 3;
}

/** Every default in use, the ones that change most first; of equal weight in the order of the agreements and their clauses. */
export function openPoints(reviewed: Reviewed): OpenPoint[] {
  const all = currentVersions(reviewed).flatMap((version) => [
    ...(version.defaults ?? []).flatMap((name) => pointOf(version, undefined, agreementParameter(name), name)),
    ...version.clauses.flatMap((clause) =>
      clause.defaults.flatMap((name) => pointOf(version, clause, parameterOf(clause.kind, name), name)),
    ),
  ]);
  return [1, 2, 3].flatMap((weight) => all.filter((point) => point.weight === weight));
}

function pointOf(
  version: AgreementVersion,
  clause: Clause | undefined,
  parameter: Parameter | undefined,
  name: string,
): OpenPoint[] {
  const isEmpty = clause === undefined ? isHeadSettled(version, name) : isSettled(clause, name);
  if (parameter === undefined || isEmpty) return [];
  const { term, asks, otherwise, weight } = parameter;
  const spot = {
    agreement: version.id,
    version: version.version,
    ...(clause === undefined ? {} : { clause: clause.id }),
  };
  return [{ ...spot, parameter: name, term, asks, taken: takenText(parameter, clause?.kind), otherwise, weight }];
}

/** Clauses that nobody has compared with the contract, and those that do not even quote it. */
export function readingFindings(reviewed: Reviewed): Finding[] {
  return currentVersions(reviewed).flatMap((version) =>
    version.clauses.flatMap((clause) => {
      if (clause.kind === "record") return [];
      if (clause.text === undefined)
        return [
          finding(
            "text_missing",
            version,
            clause,
            "it does not quote the contract: nobody can compare the two",
            "add the words as `text`",
          ),
        ];
      if (clause.reading !== undefined) return [];
      const message = "nobody has confirmed that its fields say what its text says";
      return [
        finding(
          "reading_unconfirmed",
          version,
          clause,
          message,
          `offtake agreement confirm FILE ${clause.id} --by NAME`,
        ),
      ];
    }),
  );
}
