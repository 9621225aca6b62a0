import { Random } from "@offtake/core/kernel";

const KINDS = ["H100", "H200", "B200", "GB200", "A100"];
const REGIONS = ["us-east", "us-central", "us-west", "eu-west", "eu-north", "ap-south", "us-*", "eu-*"];
const PURPOSES = ["training", "inference", "evaluation", "academic"];
const DAY_MS = 86_400_000;
const FIRST = Date.UTC(2026, 0, 5, 9);
const YEARS_MS = 700 * DAY_MS;

/** A list of past requests as a buyer would export it: one line each, in the order in which they were sent. The same seed gives the same bytes. */
export function pastRequests(count: number, seed = "past"): string {
  const random = new Random(seed);
  const rows = Array.from({ length: count }, (_, index) => {
    const at = FIRST + Math.floor((YEARS_MS / count) * index);
    const begins = at + (20 + random.below(120)) * DAY_MS;
    const size = 8 * (1 + random.below(64));
    return [
      `r-${String(index + 1).padStart(5, "0")}`,
      `${random.pick(KINDS)}:${size}/8`,
      new Date(begins).toISOString().slice(0, 10),
      `${30 * (1 + random.below(6))}d`,
      random.pick(REGIONS),
      random.pick(PURPOSES),
      new Date(at).toISOString().replace(/\.\d+Z$/, "Z"),
      random.chance(1, 3) ? answersText(random) : "",
    ].join(",");
  });
  return `${["id,request,from,for,region,purpose,at,answers", ...rows].join("\n")}\n`;
}

function answersText(random: Random): string {
  const party = `provider-${String(8 * random.below(5)).padStart(2, "0")}`;
  return `${party}: ${random.chance(1, 2) ? "refuse" : `accept ${8 * (1 + random.below(32))}`}`;
}
