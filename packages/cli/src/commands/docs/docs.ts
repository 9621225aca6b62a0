import { FIRST_WORDS, type Word, WORDS } from "@offtake/core/explanation";
import { nearNames, PROBLEM_CODES, type ProblemCode } from "@offtake/wire/problems";
import { wordOf } from "@offtake/wire/words";
import { EXIT, type ExitCode } from "../../terminal/exit-codes.ts";
import { tellFailure } from "../../terminal/failures.ts";
import type { Io } from "../../terminal/io.ts";
import { jsonText } from "../../terminal/json.ts";
import { styleOf } from "../../terminal/style.ts";

const PAGES = [
  "docs/README.md",
  "docs/tutorials/first-case.md",
  "docs/reference/commands.md",
  "docs/reference/case-files.md",
  "docs/reference/book-files.md",
  "docs/reference/story-files.md",
  "docs/reference/problem-codes.md",
  "docs/glossary.md",
];

/** A word of the glossary, or a code of a problem. */
export function docs(io: Io, topic: string | undefined, json: boolean): ExitCode {
  if (topic === undefined) return tellStart(io, json);
  const wanted = topic.toLowerCase();
  const word = wordOf(topic);
  if (word !== undefined) {
    io.out(json ? jsonText(word) : `${styleOf(io).strong(word.word)}: ${word.meaning}\n`);
    return EXIT.ok;
  }
  const entry = PROBLEM_CODES.get(wanted as ProblemCode);
  if (entry !== undefined) {
    io.out(
      json
        ? jsonText({ code: wanted, ...entry })
        : `${styleOf(io).strong(wanted)}: ${entry.title}. ${entry.whatToDo}\n`,
    );
    return EXIT.ok;
  }
  const known = [...WORDS.map((one) => one.word), ...PROBLEM_CODES.keys()];
  return tellFailure(
    io,
    {
      code: "unknown_topic",
      message: `nothing is written about ${topic.slice(0, 60)}`,
      exit: EXIT.notFound,
      didYouMean: nearNames(wanted, known),
    },
    json,
  );
}

function tellStart(io: Io, json: boolean): ExitCode {
  if (json) {
    io.out(jsonText({ words: FIRST_WORDS, pages: PAGES }));
    return EXIT.ok;
  }
  const style = styleOf(io);
  const line = ({ word, meaning }: Word): string => `  ${style.strong(word.padEnd(10))} ${meaning}\n`;
  io.out(`Seven words carry the first hour:\n\n${FIRST_WORDS.map(line).join("")}\n`);
  io.out(`Read on:\n${PAGES.map((page) => `  ${page}\n`).join("")}\nAny other word or code: offtake docs WORD\n`);
  return EXIT.ok;
}
