import { campaign, type Fault } from "./lib/kill-campaign.ts";
import { checkAll, type Checked } from "./lib/kill-check.ts";
import { secondsOf } from "./lib/on-database.ts";
import { optionOf } from "./lib/options.ts";
import type { BenchOptions, Result } from "./lib/result.ts";

export const name = "kill";
export const summary =
  "Nodes and database killed and stopped at random under six clients: what was acknowledged is there, once; how soon another answers";
export const options = {
  "--seconds N": "for how long (60)",
  "--seed TEXT": "what is killed when is drawn from it",
};

const SECONDS = 60;
const SEED = "1";
/** Take-over after a kill within a second, after a hang within three. */
const AFTER_KILL_MS = 1_000;
const AFTER_HANG_MS = 3_000;

/** Options: `--seed TEXT` for another campaign, `--seconds N` for a longer one. */
export async function run({ args, progress }: BenchOptions): Promise<readonly Result[]> {
  const seconds = secondsOf(args, SECONDS);
  const seed = optionOf(args, "--seed") ?? SEED;
  const checked = await campaign({ seed, seconds, progress }, checkAll);
  for (const line of [...checked.wrong, ...checked.twice, ...checked.run.refused]) progress(line);
  return resultsOf(checked);
}

function resultsOf({ run, records, lost, twice, wrong }: Checked): Result[] {
  const none = (name: string, found: readonly unknown[]): Result => ({
    name,
    value: found.length,
    unit: "",
    bar: "none",
    holds: found.length === 0,
  });
  return [
    { name: "faults", value: run.faults.length, unit: "" },
    { name: "acknowledged answers", value: run.acks.length, unit: "" },
    { name: "  asked again, the outcome not known", value: run.unknown, unit: "" },
    { name: "records in the log", value: records, unit: "" },
    none("acknowledged and not there", lost),
    none("there twice", twice),
    none("rejected that should not be", run.refused),
    none("breaks of the chain, the audit, a state or a feed", wrong),
    ...servedAgain(run.faults, "node killed", AFTER_KILL_MS),
    ...servedAgain(run.faults, "node stopped", AFTER_HANG_MS),
    ...servedAgain(run.faults, "database killed"),
    ...servedAgain(run.faults, "backend killed"),
  ];
}

/** The time until a command that was sent after the fault was answered: the median one, and the longest, which must hold. */
function servedAgain(
  faults: readonly { readonly fault: Fault; readonly servedAgainMs: number }[],
  fault: Fault,
  barMs?: number,
): Result[] {
  const times = faults.filter((one) => one.fault === fault).map(({ servedAgainMs }) => servedAgainMs);
  times.sort((a, b) => a - b);
  const longest = times.at(-1);
  if (longest === undefined) return [];
  const bar = barMs === undefined ? {} : { bar: `within ${barMs} ms`, holds: longest <= barMs };
  return [
    {
      name: `served again after: ${fault}, ${times.length} times, median`,
      value: times[times.length >> 1] ?? 0,
      unit: "ms",
    },
    { name: "  longest", value: longest, unit: "ms", ...bar },
  ];
}
