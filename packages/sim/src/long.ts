import type { Command } from "@offtake/core/book";
import { canonicalText } from "@offtake/core/kernel";
import { checkMarket, type Problem } from "./market/check.ts";
import { randomMarket } from "./market/market.ts";
import { Broken, type MarketKind } from "./market/play.ts";
import { shrink } from "./market/shrink.ts";
import { tallyOf } from "./market/tally.ts";

/** What the long run needs from where it runs: this package knows neither Node nor a browser. */
export interface Surroundings {
  /** A line of the outcome. */
  print(line: string): void;
  /** A line about how far it is. */
  progress(line: string): void;
  /** Lets others run; true when somebody asked to stop. */
  pause(): Promise<boolean>;
  /** A number that differs from run to run: where seeds begin when nobody says. */
  readonly fresh: number;
  nowMs(): number;
}

interface Options {
  /** How many seeds; without end when absent. */
  readonly seeds: number | undefined;
  readonly from: number;
  readonly size: number;
  readonly shrinks: boolean;
  readonly kind: MarketKind;
}

const USAGE = `npm run sim -- [--seeds N] [--from S] [--size R] [--releases | --months] [--no-shrink]

Plays random markets and checks all that must hold of each, until N seeds are through or it is stopped (Ctrl-C).
  --seeds N     how many; without end when absent
  --from S      the first seed, a whole number; a new one each time when absent
  --size R      requests in each market (default 12)
  --releases    products are announced and served, and ship first on some
  --months      rights may be taken in another number for each month
  --no-shrink   print a failing seed without looking for the shortest list of commands`;

/** @returns the exit code: 0 where every market held, 1 where one did not, 2 for arguments that are none */
export async function main(args: readonly string[], around: Surroundings): Promise<number> {
  const options = readOptions(args, around.fresh);
  if (options === undefined) {
    around.print(USAGE);
    return args.includes("--help") ? 0 : 2;
  }
  const start = around.nowMs();
  let events = 0;
  let played = 0;
  let spoken = start;
  for (; options.seeds === undefined || played < options.seeds; played += 1) {
    const seed = String(options.from + played);
    const found = playSeed(seed, options.size, options.kind);
    if ("problem" in found) {
      report(seed, options, found.problem, found.commands, around);
      return 1;
    }
    events += found.events;
    if (around.nowMs() - spoken > 2_000) {
      spoken = around.nowMs();
      around.progress(
        `seed ${seed}: ${played + 1} markets, ${events} events, ${Math.round((events * 1_000) / (spoken - start))} events/s`,
      );
    }
    if (await around.pause()) break;
  }
  around.print(`${played} markets of ${options.size} requests, ${events} events, from seed ${options.from}: all held`);
  return 0;
}

type Found = { readonly events: number } | { readonly problem: Problem; readonly commands: readonly Command[] };

/** Plays one seed and checks it. */
export function playSeed(seed: string, size: number, kind: MarketKind = "usual"): Found {
  try {
    const { book } = randomMarket(seed, size, kind);
    const [problem] = checkMarket(book);
    return problem === undefined ? { events: tallyOf(book).events } : { problem, commands: book.commands };
  } catch (error) {
    if (!(error instanceof Broken)) throw error;
    const detail = error.cause instanceof Error ? (error.cause.stack ?? error.message) : error.message;
    return {
      problem: { what: error.isThrown ? `thrown at ${error.command.type}` : "never ends", detail },
      commands: error.commands,
    };
  }
}

function report(
  seed: string,
  { size, shrinks, kind }: Options,
  problem: Problem,
  commands: readonly Command[],
  around: Surroundings,
): void {
  around.print(`seed ${seed} (size ${size}): ${problem.what}\n${problem.detail}`);
  if (shrinks && problem.what !== "never ends") {
    around.progress(`looking for the shortest of ${commands.length} commands`);
    const shortest = shrink(seed, commands, problem);
    around.print(
      `\nThe same with ${shortest.length} commands:\n${shortest.map((command) => canonicalText(command)).join("\n")}`,
    );
  }
  around.print(
    `\nAgain: npm run sim --${kind === "usual" ? "" : ` --${kind}`} --seeds 1 --from ${seed} --size ${size}`,
  );
  around.print(`Once mended, keep it: add the seed to REGRESSIONS in packages/sim/src/market/seeds.ts`);
}

function readOptions(args: readonly string[], fresh: number): Options | undefined {
  const known = ["--seeds", "--from", "--size"];
  const values = new Map<string, number>();
  let shrinks = true;
  let kind: MarketKind = "usual";
  for (let index = 0; index < args.length; index += 1) {
    const name = args[index] ?? "";
    if (name === "--no-shrink") {
      shrinks = false;
      continue;
    }
    if (name === "--releases" || name === "--months") {
      if (kind !== "usual") return undefined;
      kind = name === "--months" ? "months" : "releases";
      continue;
    }
    const value = Number(args[index + 1]);
    if (!known.includes(name) || !Number.isSafeInteger(value) || value < 0) return undefined;
    values.set(name, value);
    index += 1;
  }
  const size = values.get("--size") ?? 12;
  return size < 1
    ? undefined
    : { seeds: values.get("--seeds"), from: values.get("--from") ?? fresh, size, shrinks, kind };
}
