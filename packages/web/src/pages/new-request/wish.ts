import type { Schemas } from "@offtake/client";
import { parseMicros } from "@offtake/core/kernel";

/** What somebody asks for, as it is filled in. Amounts stay texts: no digit passes through a float. */
export interface Wish {
  readonly id: string;
  readonly accelerator: string;
  readonly count: number;
  readonly block: number;
  /** A day, as `2026-05-01`. */
  readonly from: string;
  readonly days: number;
  readonly regions: string;
  readonly purpose: string;
  readonly cap: string;
}

export const NO_WISH: Wish = {
  id: "",
  accelerator: "h100-sxm-80gb",
  count: 1_024,
  block: 8,
  from: "",
  days: 90,
  regions: "us-*",
  purpose: "training",
  cap: "",
};

/** What cannot be sent as it stands, by field. */
export function wishProblems({
  id,
  accelerator,
  count,
  block,
  from,
  days,
  cap,
}: Wish): ReadonlyMap<keyof Wish, string> {
  const found = new Map<keyof Wish, string>();
  if (id !== "" && !/^[A-Za-z0-9][A-Za-z0-9_.:-]{0,200}$/.test(id)) found.set("id", "Letters, digits, - and _.");
  if (accelerator === "") found.set("accelerator", "Which kind?");
  if (count < 1) found.set("count", "At least 1.");
  if (block < 1) found.set("block", "At least 1.");
  else if (count % block !== 0)
    found.set(
      "count",
      `A multiple of ${block}: ${Math.floor(count / block) * block} or ${Math.ceil(count / block) * block}.`,
    );
  if (!/^\d{4}-\d\d-\d\d$/.test(from) || Number.isNaN(Date.parse(from)))
    found.set("from", "A day, such as 2026-05-01.");
  if (days < 1) found.set("days", "At least 1.");
  const price = parseMicros(cap);
  if (cap !== "" && (price === undefined || price <= 0n)) found.set("cap", "A price like 2.60, or nothing.");
  return found;
}

/** The request as the API takes it, and as a file would say it. */
export function requestOf(wish: Wish, currency: string): Schemas["RequestBody"] {
  const { id, accelerator, count, block, from, days, regions, purpose, cap } = wish;
  const places = regionsOf(regions);
  return {
    schema: "offtake/request@1",
    ...(id === "" ? {} : { id }),
    accelerators: accelerator,
    count,
    block,
    ...(places.length === 0 ? {} : { regions: places }),
    window: { from, for: `${days} days` },
    ...(purpose === "" ? {} : { purpose }),
    ...(cap === "" ? {} : { cap: `${cap} ${currency}/h` }),
  };
}

/** The same plan at a terminal: what is not filled in yet is left out, and asked for there. */
export function planWords(wish: Wish, currency: string): readonly string[] {
  const { accelerator, count, block, from, days, regions, purpose, cap } = wish;
  const places = regionsOf(regions);
  const where = places.length === 0 ? "" : `@${places.join(",")}`;
  return [
    "request",
    "plan",
    `${accelerator}:${count}/${block}${where}`,
    ...(from === "" ? [] : ["--from", from]),
    "--for",
    `${days}d`,
    ...(purpose === "" ? [] : ["--purpose", purpose]),
    ...(cap === "" ? [] : ["--max-price", `${cap} ${currency}/h`]),
  ];
}

const regionsOf = (text: string): readonly string[] =>
  text
    .split(",")
    .map((one) => one.trim())
    .filter((one) => one !== "");
