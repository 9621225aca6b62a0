import type { AgreementVersion, Clause } from "@offtake/core/agreements";
import { findClause } from "@offtake/core/agreements";
import type { Finding, OpenPoint, Review } from "@offtake/core/review";
import { countOf } from "../../terminal/failures.ts";
import type { LookedAt } from "./looked-at.ts";

/** The questions as a letter that can be sent to a lawyer: per agreement and clause, with its words and a place for each answer. */
export function questionsLetter(
  { findings, open }: Review,
  looked: LookedAt,
  only: string | undefined,
  all: boolean,
): string {
  const asked = open.filter(({ weight }) => all || weight < 3);
  const rare = open.length - asked.length;
  const told = findings.filter(({ severity }) => severity !== "note");
  const versions = looked.reviewed.versions.filter(
    ({ id, version }) =>
      (only === undefined || id === only) &&
      [...asked, ...findings].some((one) => one.agreement === id && one.version === version),
  );
  const lines = [
    "# Questions about our agreements",
    "",
    `We plan by these ${countOf(versions.length, "agreement")}. Where the text says nothing we have taken a value for the time being; please say what the contract means. The questions that change most come first.`,
    "",
    ...(told.length === 0 ? [] : ["## What does not seem to fit together", "", ...told.map(findingLine), ""]),
    ...versions.flatMap((version) => agreementPart(version, asked, findings, looked)),
    ...(rare === 0
      ? []
      : [
          `${countOf(rare, "further question")} about what seldom happens ${rare === 1 ? "is" : "are"} left out here.`,
          "",
        ]),
  ];
  return lines.join("\n");
}

function findingLine({ agreement, clause, message, remedy }: Finding): string {
  return `- **${clause === undefined ? agreement : `${agreement}, clause ${clause}`}**: ${message}. ${sentence(remedy)}`;
}

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;

function agreementPart(
  version: AgreementVersion,
  open: readonly OpenPoint[],
  findings: readonly Finding[],
  looked: LookedAt,
): string[] {
  const own = open.filter((one) => one.agreement === version.id && one.version === version.version);
  const head = own.filter(({ clause }) => clause === undefined);
  const clauses = [
    ...new Set(
      [...own, ...findings.filter((one) => one.agreement === version.id)].flatMap(({ clause }) => clause ?? []),
    ),
  ];
  const parties = `Between ${looked.nameOf(version.buyer)} and ${looked.nameOf(version.provider)}.`;
  return [
    `## ${version.title}`,
    "",
    parties,
    "",
    ...table(head),
    ...clauses.flatMap((id) => {
      const clause = findClause(version, id);
      return clause === undefined
        ? []
        : clausePart(
            clause,
            own.filter((one) => one.clause === id),
          );
    }),
  ];
}

function clausePart(clause: Clause, open: readonly OpenPoint[]): string[] {
  const words =
    clause.text === undefined
      ? "The words of this clause are missing: please send them."
      : clause.text
          .split("\n")
          .map((line) => `> ${line}`)
          .join("\n");
  const reading =
    clause.reading === undefined ? ["Nobody has confirmed yet that we read this clause rightly.", ""] : [];
  return [`### Clause ${clause.id} (${clause.kind.replaceAll("-", " ")})`, "", words, "", ...reading, ...table(open)];
}

const cell = (text: string): string => text.replaceAll("|", "\\|").replaceAll("\n", " ");

function table(open: readonly OpenPoint[]): string[] {
  if (open.length === 0) return [];
  const rows = open.map(
    ({ asks, term, taken, otherwise }, index) =>
      `| ${index + 1} | ${cell(asks)} (${cell(term)}) | ${cell(taken)} | ${cell(otherwise)} | |`,
  );
  return ["| | Question | Taken meanwhile | Otherwise | Answer |", "| --- | --- | --- | --- | --- |", ...rows, ""];
}
