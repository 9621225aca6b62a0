import { auditFeeds, auditReplay } from "@offtake/core/audit";
import { BookState, type Command, type Decision, decide, fold, recordedOf, run } from "@offtake/core/book";
import { feedsOf } from "@offtake/core/disclosure";
import { canonicalText } from "@offtake/core/kernel";
import { REJECTION_CODES } from "@offtake/wire/problems";
import type { MemoryBook } from "../memory-book/index.ts";

/** Something that must hold of every market and did not in this one. */
export interface Problem {
  readonly what: string;
  readonly detail: string;
}

/** Every so many commands the whole state is compared; in between only what is decided. */
const WHOLE_STATE_EVERY = 40;

/** Everything that must hold of a played market, however odd; empty where all is well. */
export function checkMarket(book: MemoryBook): Problem[] {
  return [...checkAudit(book), ...checkCodes(book), ...checkReplay(book), ...checkFeeds(book)];
}

function checkAudit(book: MemoryBook): Problem[] {
  return book.audit().map((finding) => ({
    what: `${finding.invariant} at ${finding.position}`,
    detail: `${finding.message} (${finding.ids.join(", ")})`,
  }));
}

function checkFeeds(book: MemoryBook): Problem[] {
  const history = book.history();
  return auditFeeds(history, feedsOf(history)).map((finding) => ({
    what: `${finding.invariant} at ${finding.position} of a feed`,
    detail: `${finding.message} (${finding.ids.join(", ")})`,
  }));
}

/** What the core says no with is a code that the world knows. */
function checkCodes(book: MemoryBook): Problem[] {
  const codes = new Set(book.rejections.flatMap((rejection) => (rejection === undefined ? [] : [rejection.code])));
  return [...codes]
    .filter((code) => !(code in REJECTION_CODES))
    .map((code) => ({ what: "unknown rejection", detail: code }));
}

/**
 * The same commands give the same events again; deciding leaves no trace; a state folded from the events is that of the book, and
 * goes on deciding as it does.
 */
function checkReplay(book: MemoryBook): Problem[] {
  const problems: Problem[] = [];
  const live = new BookState();
  const folded = new BookState();
  const again: Decision["events"][number][] = [];
  book.commands.forEach((command, index) => {
    if (problems.length > 0) return;
    const whole = index % WHOLE_STATE_EVERY === 0;
    const find = (what: string, detail: string): void => {
      problems.push({ what, detail: `command ${index} (${command.type}): ${detail}` });
    };
    const before = whole ? folded.canonical() : "";
    const tried = decide(folded, command);
    if (whole && folded.canonical() !== before)
      find("deciding left a trace", firstDifference(before, folded.canonical()));
    const done = run(live, command);
    if (textOf(tried) !== textOf(done))
      find("a folded state decides otherwise", firstDifference(textOf(done), textOf(tried)));
    const recorded = recordedOf(command, done);
    if (recorded !== undefined) fold(folded, recorded);
    again.push(...done.events);
    if (whole && folded.canonical() !== live.canonical())
      find("a folded state differs", firstDifference(live.canonical(), folded.canonical()));
  });
  if (problems.length > 0) return problems;
  const replayed = book.replay().canonical();
  if (replayed !== book.state.canonical())
    problems.push({
      what: "the log folds into another state",
      detail: firstDifference(book.state.canonical(), replayed),
    });
  const findings = auditReplay(book.history(), again);
  return [...problems, ...findings.map((finding) => ({ what: `I8 at ${finding.position}`, detail: finding.message }))];
}

function textOf(decision: Decision): string {
  return canonicalText(decision);
}

/** Where two texts part, with what stands there. */
export function firstDifference(a: string, b: string): string {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at += 1;
  const from = Math.max(0, at - 80);
  return `at ${at}: ...${a.slice(from, at + 80)}... and ...${b.slice(from, at + 80)}...`;
}

/** Whether these commands make the same kind of problem: what shrinking asks of each shorter list. */
export function problemOf(commands: readonly Command[], make: () => MemoryBook): Problem | undefined {
  const book = make();
  for (const command of commands) {
    try {
      book.perform(command);
    } catch (cause) {
      return {
        what: `thrown at ${command.type}`,
        detail: cause instanceof Error ? (cause.stack ?? cause.message) : String(cause),
      };
    }
  }
  return checkMarket(book)[0];
}
