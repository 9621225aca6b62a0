import type { AcceleratorType } from "@offtake/core/kernel";
import { normaliseAccelerator } from "@offtake/wire/accelerators";
import type { Intake } from "../files/problem.ts";
import { accept, refuse } from "../files/problem.ts";
import type { TableRow } from "../files/table.ts";
import { readTable } from "../files/table.ts";
import type { NamedText } from "../files/text.ts";
import type { Place } from "../regions/index.ts";
import { normaliseRegion } from "../regions/index.ts";

const COLUMNS = ["region_or_zone", "super_region", "location", "access_type", "gpu_instances_listed"];

/** A region of a provider as it presents it. `acceleratorTypes`: those it lists there; blank lists say nothing either way. */
export interface ListedRegion extends Place {
  readonly provider: string;
  readonly region: string;
  readonly location: string;
  /** `dedicated`: for customers that the provider selects. */
  readonly access: "general" | "dedicated";
  readonly acceleratorTypes: readonly AcceleratorType[];
  readonly line: number;
}

export interface DroppedRegion {
  readonly line: number;
  readonly code: "column_count" | "unknown_region" | "bad_access_type" | "unknown_accelerator";
  readonly reason: string;
  readonly text: string;
}

export interface RegionListReport {
  readonly file: string;
  readonly provider: string;
  /** Rows under the header. `read = regions.length + dropped.length`. */
  readonly read: number;
  readonly regions: readonly ListedRegion[];
  readonly dropped: readonly DroppedRegion[];
}

/** Whether a header is that of a list of regions: the folder reader asks, since a price list has another. */
export function isRegionList(columns: readonly string[]): boolean {
  return columns.length === COLUMNS.length && COLUMNS.every((column) => columns.includes(column));
}

/** Reads CoreWeave's list of regions and zones. */
export function readRegionList(file: NamedText): Intake<RegionListReport> {
  const table = readTable(file);
  if (!table.ok) return table;
  const { columns, rows, ragged, name } = table.value;
  if (!isRegionList(columns)) {
    return refuse("unknown_region_list", name, `a list of regions has the columns ${COLUMNS.join(", ")}`, 1);
  }
  const dropped: DroppedRegion[] = ragged.map((row) =>
    drop(row, "column_count", `the row has not ${columns.length} values`),
  );
  const regions: ListedRegion[] = [];
  for (const row of rows) {
    const result = takeRegion(row);
    if ("code" in result) dropped.push(result);
    else regions.push(result);
  }
  return accept({ file: name, provider: "coreweave", read: rows.length + ragged.length, regions, dropped });
}

function takeRegion(row: TableRow): ListedRegion | DroppedRegion {
  const region = row.get("region_or_zone");
  const place = normaliseRegion("coreweave", region);
  if ("problem" in place) return drop(row, "unknown_region", place.problem.detail);
  const access = accessOf(row.get("access_type"));
  if (access === undefined)
    return drop(row, "bad_access_type", "the access type is neither General nor Dedicated Access");
  const acceleratorTypes: AcceleratorType[] = [];
  for (const name of row
    .get("gpu_instances_listed")
    .split(";")
    .filter((part) => part.trim() !== "")) {
    const result = normaliseAccelerator(name);
    if ("problem" in result) return drop(row, "unknown_accelerator", result.problem.detail);
    acceleratorTypes.push(result.type);
  }
  return {
    provider: "coreweave",
    region,
    location: row.get("location"),
    access,
    acceleratorTypes,
    line: row.line,
    ...place,
  };
}

function accessOf(text: string): ListedRegion["access"] | undefined {
  if (text === "General Access") return "general";
  return text === "Dedicated Access" ? "dedicated" : undefined;
}

function drop(row: TableRow, code: DroppedRegion["code"], reason: string): DroppedRegion {
  return { line: row.line, code, reason, text: row.text };
}
