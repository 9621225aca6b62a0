import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { calendarBroker } from "./lib/calendar-broker.ts";
import { BATCH, BATCHES, reservationStream, type Wish } from "./lib/calendar-stream.ts";
import { optionOf } from "./lib/options.ts";
import type { BenchOptions, Result } from "./lib/result.ts";
import { findSlurm, startSlurm } from "./lib/slurm.ts";

export const name = "calendar-stream";
export const summary =
  "reservations that fill a calendar of 2,000 nodes, durable through the API, beside Slurm's controller on the same stream";
export const options = {
  "--batch N": "requests of each of the three parts (1,000)",
  "--slurm FOLDER": "where Slurm's packages are unpacked and not installed (`dpkg -x`)",
};

/** Clients that send at once, and how many times as fast as Slurm with as many. */
const RUNS = [
  { clients: 1, bar: 5 },
  { clients: 16, bar: 20 },
] as const;
/** The nearly full calendar may cost so many times what the empty one does. */
const FLAT = 1.5;

/** What somebody answered to a wish. */
export interface Answered {
  readonly accepted: boolean;
  /** Whether a refusal said what would work. */
  readonly alternatives: boolean;
  readonly ms: number;
}

/** Something that takes reservations, one at a time from each client. */
export interface Calendar {
  readonly reserve: (wish: Wish) => Promise<Answered>;
  readonly close: () => Promise<void>;
}

interface Batch {
  readonly perSecond: number;
  readonly accepted: number;
  readonly refused: number;
  readonly unexplained: number;
}

/**
 * 3 x 1,000 requests for 2 to 16 nodes for 1 to 24 hours, at whole hours of a horizon of 100: the first thousand meets an empty calendar, the last a
 * nearly full one. Ours is a broker on its embedded PostgreSQL, called over HTTP, each answer a commit of its own where there is one client; Slurm's
 * is its controller with the configuration in `bench/lib/slurm.conf`, driven by one `scontrol` for each client.
 *
 * Options: `--slurm FOLDER` where Slurm's packages are unpacked and not installed (`dpkg -x`); `--batch N` requests a batch (default 1,000).
 */
export async function run({ args, progress }: BenchOptions): Promise<readonly Result[]> {
  const batch = Number(optionOf(args, "--batch") ?? BATCH);
  const slurm = findSlurm(optionOf(args, "--slurm"));
  if (slurm === undefined)
    progress(
      "Slurm is not installed: its figures are left out (apt-get install slurmctld slurm-client slurm-wlm-basic-plugins)",
    );
  const results: Result[] = [];
  for (const { clients, bar } of RUNS) {
    const ours = await measured("broker", (folder) => calendarBroker(folder, clients), clients, batch, progress);
    const theirs =
      slurm === undefined
        ? undefined
        : await measured("Slurm", (folder) => startSlurm(slurm, folder, clients), clients, batch, progress);
    results.push(...resultsOf(clients, bar, ours, theirs));
  }
  return results;
}

async function measured(
  who: string,
  start: (folder: string) => Promise<Calendar>,
  clients: number,
  size: number,
  progress: (line: string) => void,
): Promise<readonly Batch[]> {
  const folder = mkdtempSync(join(tmpdir(), "offtake-calendar-"));
  try {
    const calendar = await start(folder);
    const batches: Batch[] = [];
    try {
      const stream = reservationStream("calendar-stream", size * BATCHES);
      for (let from = 0; from < stream.length; from += size) {
        const done = await sendAll(calendar, stream.slice(from, from + size), clients);
        batches.push(done);
        progress(
          `${who}, ${clients} ${clients === 1 ? "client" : "clients"}: ${done.perSecond.toFixed(0)} a second, ${done.accepted} accepted, ${done.refused} refused`,
        );
      }
    } finally {
      await calendar.close();
    }
    return batches;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function sendAll({ reserve }: Calendar, wishes: readonly Wish[], clients: number): Promise<Batch> {
  const waiting = wishes.values();
  const answers: Answered[] = [];
  const begin = performance.now();
  const client = async (): Promise<void> => {
    for (const wish of waiting) answers.push(await reserve(wish));
  };
  await Promise.all(Array.from({ length: clients }, client));
  const refused = answers.filter(({ accepted }) => !accepted);
  return {
    perSecond: wishes.length / ((performance.now() - begin) / 1_000),
    accepted: answers.length - refused.length,
    refused: refused.length,
    unexplained: refused.filter(({ alternatives }) => !alternatives).length,
  };
}

const sum = (batches: readonly Batch[], of: (batch: Batch) => number): number =>
  batches.reduce((total, batch) => total + of(batch), 0);
/** Over all batches, by the time that each took. */
const overall = (batches: readonly Batch[]): number => batches.length / sum(batches, ({ perSecond }) => 1 / perSecond);

function resultsOf(
  clients: number,
  bar: number,
  ours: readonly Batch[],
  theirs: readonly Batch[] | undefined,
): Result[] {
  const whom = `${clients} ${clients === 1 ? "client" : "clients"}`;
  const rate = overall(ours);
  const beside = theirs === undefined ? undefined : overall(theirs);
  const slower = (ours[0]?.perSecond ?? 0) / (ours.at(-1)?.perSecond ?? 1);
  const unexplained = sum(ours, (batch) => batch.unexplained);
  return [
    {
      name: `reservations decided, ${whom}`,
      value: rate,
      unit: "per second",
      ...(beside === undefined
        ? {}
        : {
            beside: { name: `Slurm's controller, ${whom}`, value: beside, unit: "per second" },
            ratio: rate / beside,
            holds: rate / beside >= bar,
          }),
      bar: beside === undefined ? `at least ${bar} of Slurm, which is not installed` : `at least ${bar} of Slurm`,
    },
    ...ours.map((batch, index): Result => {
      const slurm = theirs?.[index];
      return {
        name: `  of the ${index + 1}. part: ${batch.accepted} accepted, ${batch.refused} refused`,
        value: batch.perSecond,
        unit: "per second",
        ...(slurm === undefined
          ? {}
          : {
              beside: {
                name: `Slurm: ${slurm.accepted} accepted, ${slurm.refused} refused`,
                value: slurm.perSecond,
                unit: "per second",
              },
              ratio: batch.perSecond / slurm.perSecond,
            }),
      };
    }),
    {
      name: "  cost of one, nearly full beside empty",
      value: slower,
      unit: "times",
      bar: `at most ${FLAT}`,
      holds: slower <= FLAT,
    },
    {
      name: "  refusals that name no alternative",
      value: unexplained,
      unit: "refusals",
      ...(theirs === undefined
        ? {}
        : { beside: { name: "Slurm", value: sum(theirs, (batch) => batch.unexplained), unit: "refusals" } }),
      bar: "0",
      holds: unexplained === 0,
    },
  ];
}
