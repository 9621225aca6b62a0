import { GLOSSARY, type Section, type Word } from "./glossary-words.ts";

export type { Word } from "./glossary-words.ts";

/** The words of the first hour: they carry every explanation and are not explained again in it. */
export const FIRST_WORDS: readonly Word[] = GLOSSARY[0]?.words ?? [];

/** All of them, in the order of the glossary. */
export const WORDS: readonly Word[] = GLOSSARY.flatMap(({ words }) => words);

/** The words that are explained to a reader where they first appear. */
export const OTHER_WORDS: readonly Word[] = GLOSSARY.flatMap(({ words }) => words.filter((word) => word.explained));

/** The glossary as a page of the documentation. */
export function glossaryMarkdown(): string {
  return [
    "# Glossary: one word for one thing",
    "",
    "Code, documents, commands, output and prose use the same word. Seven words carry the first hour; what Offtake prints explains",
    "every other word where it first appears, as it is explained here. This page is made from",
    "`packages/core/src/explanation/glossary-words.ts`: change it there, then run `npm run generate`.",
    "",
    ...GLOSSARY.flatMap((section) => ["## " + section.title, "", ...table(section), ""]),
    "A holder **refuses**, the core **rejects**, a notice **lapses**, an agreement **expires**.",
    "",
  ].join("\n");
}

function table({ words }: Section): string[] {
  const rows = words.map(({ word, meaning, identifier, avoid }) => {
    const code =
      identifier === ""
        ? ""
        : identifier
            .split(", ")
            .map((one) => `\`${one}\``)
            .join(", ");
    return `| ${word} | ${sentence(meaning)} | ${code} | ${avoid.join(", ")} |`.replaceAll("  |", " |");
  });
  return ["| Word | Meaning | In code | Not |", "| --- | --- | --- | --- |", ...rows];
}

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
