import { expect, test } from "vitest";
import { campaign } from "./kill-campaign.ts";
import { checkAll } from "./kill-check.ts";

/** Longer ones, with other seeds: `npm run -s bench -- kill`. */
const SEED = "1";
const SECONDS = 40;

test("what was acknowledged is there, once, whoever was killed or stopped meanwhile", async () => {
  const { run, records, lost, twice, wrong } = await campaign({ seed: SEED, seconds: SECONDS }, checkAll);
  const times = run.faults.map(({ fault, servedAgainMs }) => `${fault} ${Math.round(servedAgainMs)} ms`);
  console.log(`${run.acks.length} answers, ${run.unknown} asked again; served again after: ${times.join(", ")}`);
  expect({ lost, twice, wrong, refused: run.refused }).toEqual({ lost: [], twice: [], wrong: [], refused: [] });
  // It was a campaign: each kind of fault, and load under all of them.
  expect(new Set(run.faults.map(({ fault }) => fault)).size).toBe(4);
  expect(run.acks.length).toBeGreaterThan(5 * run.faults.length);
  expect(records).toBeGreaterThan(run.acks.length / 2);
  expect(run.unknown).toBeGreaterThan(0);
}, 240_000);
