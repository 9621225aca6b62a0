import { Command, CommanderError } from "commander";
import type { AddCommand, Session } from "./command.ts";
import { examples } from "./command.ts";
import { EXIT, EXIT_HELP, type ExitCode } from "./terminal/exit-codes.ts";
import type { Io } from "./terminal/io.ts";
import { VERSION } from "./version.ts";

const ABOUT = [
  "Offtake: a broker for AI compute under contract. A buyer sends a request; Offtake works out from the agreements in force who",
  "has a right to be asked first, sends each holder a notice, keeps the clock on its answer, opens the rest to the market, makes",
  "the award, and keeps the evidence.",
].join(" ");

/**
 * Runs one command line to its end. Never throws for what a person typed or wrote: that ends as a message and an exit code.
 *
 * @param args what follows the name of the command
 */
export async function runCli(args: readonly string[], io: Io, commands: readonly AddCommand[]): Promise<ExitCode> {
  let code: ExitCode = EXIT.ok;
  let isServing = false;
  io.signal.addEventListener("abort", () => {
    if (!isServing) io.err("\nofftake: interrupted\n");
  });
  const session: Session = {
    io,
    finish: (ended) => {
      code = ended;
    },
    runsUntilStopped: () => {
      isServing = true;
    },
  };
  const program = makeProgram(session, commands);
  if (args.length === 0) {
    program.outputHelp();
    return EXIT.ok;
  }
  try {
    await program.parseAsync(withFields(args), { from: "user" });
    return io.signal.aborted && !isServing ? EXIT.interrupted : code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    return tellBrokenBelief(io, error);
  }
}

/** `--json=id,status` says which fields are wanted; `--json` alone takes nothing that follows it. */
const withFields = (args: readonly string[]): string[] =>
  args.flatMap((arg) => (/^--json=./.test(arg) ? ["--json", "--fields", arg.slice("--json=".length)] : [arg]));

/** Every command by the words that call it, the program itself first: for the reference. */
export function commandPaths(commands: readonly AddCommand[]): readonly (readonly string[])[] {
  const silent = (): void => {};
  const io: Io = {
    out: silent,
    err: silent,
    env: {},
    cwd: "",
    outIsTerminal: false,
    errIsTerminal: false,
    width: 100,
    signal: new AbortController().signal,
  };
  const below = (command: Command, path: readonly string[]): (readonly string[])[] =>
    command.commands.flatMap((child) => [[...path, child.name()], ...below(child, [...path, child.name()])]);
  return [[], ...below(makeProgram({ io, finish: silent, runsUntilStopped: silent }, commands), [])];
}

function makeProgram(session: Session, commands: readonly AddCommand[]): Command {
  const { io } = session;
  const program = new Command("offtake")
    .description(ABOUT)
    .version(VERSION, "--version", "print the version")
    .helpOption("-h, --help", "print this help")
    .exitOverride()
    .configureOutput({
      writeOut: io.out,
      writeErr: io.err,
      outputError: (text, write) => write(`${text.replace(/^error: /, "offtake: ").trimEnd()} [usage]\n`),
      getOutHelpWidth: () => io.width,
      getErrHelpWidth: () => io.width,
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    })
    .showSuggestionAfterError(true)
    .showHelpAfterError("Add --help for examples and options.")
    .addHelpText("after", `\n${EXIT_HELP}`);
  examples(program, [
    ["offtake demo", "what it does, in a minute, on invented agreements"],
    ["offtake init my-book --from agreements.xlsx", "your own agreements, from the spreadsheet in which they stand"],
    [
      "offtake plan H100:1024 --book my-book --from 2027-03-01 --for 180d",
      "who must be asked first, by when, at what cost",
    ],
    ["offtake serve", "run the broker, on a database of its own or on yours"],
    ["offtake run stargate-2025", "play a story: who was asked, who answered, who was awarded what, and why"],
    ["offtake test conformance", "run cases: documents that say what must follow from what"],
    ["offtake validate my-book/", "check files; problems come with line and column"],
  ]);
  for (const add of commands) add(program, session);
  return program;
}

/** A belief of ours turned out wrong: no fault of the input. The stack is for those who ask for it. */
function tellBrokenBelief(io: Io, error: unknown): ExitCode {
  const message = error instanceof Error ? error.message : String(error);
  io.err(
    `offtake: ${message}\nofftake: this is a fault of offtake itself; please report it with the output of OFFTAKE_DEBUG=1. [internal]\n`,
  );
  if (io.env["OFFTAKE_DEBUG"] === "1" && error instanceof Error && error.stack !== undefined)
    io.err(`${error.stack}\n`);
  return EXIT.failed;
}
