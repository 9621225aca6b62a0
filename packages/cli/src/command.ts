import type { Command } from "commander";
import type { ExitCode } from "./terminal/exit-codes.ts";
import type { Io } from "./terminal/io.ts";

/** What every command gets: where to write, and a place for its exit code. */
export interface Session {
  readonly io: Io;
  readonly finish: (code: ExitCode) => void;
  /** Says that the command ends only by being stopped: that is then no interruption, and how it ended is its own to say. */
  readonly runsUntilStopped: () => void;
}

/** Adds one command, with its help, to the program. */
export type AddCommand = (program: Command, session: Session) => void;

/** Examples come first: most people read nothing else. */
export function examples(command: Command, lines: readonly (readonly [typed: string, does: string])[]): void {
  const width = Math.max(...lines.map(([typed]) => typed.length));
  const text = lines.map(([typed, does]) => `  $ ${typed.padEnd(width)}   ${does}`).join("\n");
  command.addHelpText("before", `Examples:\n${text}\n`);
}
