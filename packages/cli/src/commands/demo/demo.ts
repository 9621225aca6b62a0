import { dirname, join } from "node:path";
import { findStory } from "../../documents/stories.ts";
import type { ExitCode } from "../../terminal/exit-codes.ts";
import { EXIT } from "../../terminal/exit-codes.ts";
import { tellFailure } from "../../terminal/failures.ts";
import type { Io } from "../../terminal/io.ts";
import { styleOf } from "../../terminal/style.ts";
import { wrapText } from "../../terminal/table.ts";
import { listAgreements } from "../agreement/list.ts";
import { run } from "../run/run.ts";

export interface DemoOptions {
  readonly json?: true;
}

const STORY = "aurora";
/** The day on which the story begins: what is in force is told as of then. */
const BEGINS = "2026-03-02T17:00:00Z";

/** What somebody sees who has never seen Offtake: five agreements, one request, what follows, and what to type next. */
export async function demo(io: Io, options: DemoOptions): Promise<ExitCode> {
  if (options.json === true) return run(io, STORY, { reasons: true, json: true });
  const story = findStory(STORY, io.cwd);
  if (!story.ok) return tellFailure(io, story.failure, false);
  const style = styleOf(io);
  const say = (text: string): void => io.out(`${wrapText(text, io.width)}\n`);
  say(
    "Before you buy more accelerators: who must be asked first, how, and by when? Offtake reads that from your agreements. Here are five, all invented, as they stood on 2 March 2026:",
  );
  io.out("\n");
  const listed = await listAgreements(io, join(dirname(story.value.name), "world"), { at: BEGINS });
  if (listed !== EXIT.ok) return listed;
  io.out("\n");
  say("And this is what follows when Aurora Labs asks for 4,096 H100 for 90 days:");
  io.out("\n");
  const code = await run(io, STORY, { reasons: false });
  io.out(`\n${style.strong("Try next")}\n`);
  for (const [typed, does] of NEXT) io.out(`  ${typed.padEnd(46)} ${does}\n`);
  return code;
}

const NEXT = [
  ["offtake explain aurora --request h100-for-90-days", "why it came out so"],
  ["offtake explain aurora --as ember", "what a rival is told: its own part"],
  ["offtake run stargate-2025", "the same with the news of January 2025"],
  ["offtake init my-book", "a folder for your own agreements"],
  ["offtake init my-book --from agreements.xlsx", "or straight from your spreadsheet"],
] as const;
