import { readFileSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { BAD_FILES, BAD_PRICES } from "./bad-lists.ts";
import { importPriceFolder, importPriceList, readPriceList, readRegionList } from "./index.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "offtake-intake-"));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function keep(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

const AZURE_ROW = "region,vm_size,usd_per_hour\neastus,Standard_ND96isr_H100_v5,98.32\n";

describe(`${BAD_FILES.length} kinds of bad file`, () => {
  test.each(BAD_FILES)("[INT40] %s", async (_what, content, code) => {
    const result = await importPriceList(await keep("bad.csv", content));
    expect(result).toMatchObject({ ok: false, problem: { code } });
    const again = typeof content === "string" ? readPriceList({ name: "bad.csv", text: content }) : result;
    expect(again).toMatchObject({ ok: false, problem: { code } });
  });

  test("[INT40] a file that is not there, and a folder in its place", async () => {
    expect(await importPriceList(join(folder, "none.csv"))).toMatchObject({ problem: { code: "file_not_found" } });
    expect(await importPriceList(folder)).toMatchObject({ problem: { code: "file_unreadable" } });
    expect((await importPriceFolder(join(folder, "none"))).problems).toMatchObject([{ code: "file_not_found" }]);
  });

  test("[INT6] a header that is nearly right is told what is missing and what is too much", () => {
    const result = readPriceList({ name: "x.csv", text: "region,vm_size,usd_per_month\neastus,Standard_NC6s_v3,1" });
    expect(result).toMatchObject({
      problem: {
        line: 1,
        detail: 'the header is nearest to azure-sizes; missing: "usd_per_hour"; not expected: "usd_per_month"',
      },
    });
  });

  test("[INT6] columns may come in any order", () => {
    const result = readPriceList({
      name: "x.csv",
      text: "usd_per_hour,region,vm_size\n98.32,eastus,Standard_ND96isr_H100_v5",
    });
    expect(result).toMatchObject({ value: { offers: [{ unitPrice: { microsPerHour: 12_290_000n } }] } });
  });
});

describe(`${BAD_PRICES.length} kinds of bad price`, () => {
  test.each(BAD_PRICES)("[INT40] %s", (_what, text, code) => {
    const result = readPriceList({ name: "bad.csv", text });
    expect(result).toMatchObject({ ok: true, value: { read: 1, prices: 1, offers: [], dropped: [{ line: 2, code }] } });
  });

  test("[INT4] a bad price takes nothing from its neighbours", () => {
    const text = `${AZURE_ROW}eastus2,Standard_ND96isr_H100_v5,NaN\nwestus,Standard_ND96isr_H100_v5,127.816\n`;
    const result = readPriceList({ name: "x.csv", text });
    expect(result).toMatchObject({ value: { read: 3, prices: 3, dropped: [{ line: 3, code: "bad_price" }] } });
    expect(result.ok && result.value.offers.map(({ source }) => source.line)).toEqual([2, 4]);
  });

  test("[INT10] a price stated again is dropped; two different ones both are", () => {
    const again = readPriceList({ name: "x.csv", text: `${AZURE_ROW}eastus,Standard_ND96isr_H100_v5,98.320` });
    expect(again).toMatchObject({ value: { offers: [{}], dropped: [{ line: 3, code: "repeated_price" }] } });
    const other = readPriceList({ name: "x.csv", text: `${AZURE_ROW}eastus,Standard_ND96isr_H100_v5,98.33` });
    expect(other).toMatchObject({
      value: {
        offers: [],
        dropped: [
          { line: 2, code: "conflicting_price" },
          { line: 3, code: "conflicting_price" },
        ],
      },
    });
  });

  test("[INT3] the unit price is the exact quotient, rounded once and half away from zero", () => {
    const price = fc
      .tuple(fc.bigInt(0n, 999_999n), fc.stringMatching(/^\d{1,15}$/))
      .map(([whole, part]) => `${whole}.${part}`);
    fc.assert(
      fc.property(price, fc.integer({ min: 1, max: 16 }), (text, count) => {
        fc.pre(!/^0\.0+$/.test(text));
        const row = `us-east-1,p5.48xlarge,${text},USD,${count},h100,nvidia,81920,192,1`;
        const result = readPriceList({ name: "x.csv", text: `${AWS}\n${row}` });
        const [whole = "", part = ""] = text.split(".");
        const exact = BigInt(whole + part.padEnd(15, "0")); // in 10^-15
        const micros = result.ok ? (result.value.offers[0]?.unitPrice.microsPerHour ?? -1n) : -1n;
        const error = 2n * (micros * BigInt(count) * 10n ** 9n - exact); // of twice the price, in 10^-15
        const half = BigInt(count) * 10n ** 9n;
        expect(error > -half && error <= half).toBe(true);
      }),
      { seed: 1, numRuns: 500 },
    );
  });
});

const AWS =
  "region,instance_type,price_per_hour,currency,accelerator_count,accelerator_name,accelerator_manufacturer,accelerator_memory_mib,vcpus,memory_mib";

describe("dirt that is fine", () => {
  test.each([
    ["a byte order mark", `\uFEFF${AZURE_ROW}`],
    ["CRLF", AZURE_ROW.replace(/\n/g, "\r\n")],
    ["quoted values", 'region,"vm_size",usd_per_hour\n"eastus","Standard_ND96isr_H100_v5","98.32"'],
    ["blank lines", `\n${AZURE_ROW}\n\n`],
    ["blanks around values", "region , vm_size,usd_per_hour\neastus,Standard_ND96isr_H100_v5  , 98.32"],
    ["semicolons", AZURE_ROW.replace(/,/g, ";")],
    ["no end of line at the end", AZURE_ROW.trimEnd()],
  ])("[INT11] %s", async (_what, text) => {
    const result = await importPriceList(await keep("fine.csv", text));
    expect(result).toMatchObject({
      ok: true,
      value: { read: 1, offers: [{ unitPrice: { microsPerHour: 12_290_000n } }] },
    });
  });
});

describe("notes and folders", () => {
  test.each([
    ["no JSON", "origin: here"],
    ["no object", "[]"],
    ["no origin", '{"files": {}}'],
    ["a date that is none", '{"origin": "x", "files": {"list.csv": {"asOf": "2026-02-30"}}}'],
    ["a date that is a number", '{"origin": "x", "files": {"list.csv": {"asOf": 2026}}}'],
    ["prefixes that are none", '{"origin": "x", "files": {"list.csv": {"asOfByRegionPrefix": {"cn-": "soon"}}}}'],
    ["files that are a list", '{"origin": "x", "files": {"list.csv": []}}'],
    ["bytes", Uint8Array.from([0xff])],
  ])("[INT9] a source note with %s refuses the list", async (what, note) => {
    const inner = join(folder, what.replace(/ /g, "-"));
    await mkdir(inner);
    await writeFile(join(inner, "list.csv"), AZURE_ROW);
    await writeFile(join(inner, "source.json"), note);
    const code = what === "bytes" ? "not_text" : "bad_source_note";
    expect(await importPriceList(join(inner, "list.csv"))).toMatchObject({ ok: false, problem: { code } });
  });

  test("[INT12] a file that is refused takes nothing from the others", async () => {
    const inner = join(folder, "mixed");
    await mkdir(inner);
    await writeFile(join(inner, "a.csv"), "sku,price\nA,1");
    await writeFile(join(inner, "b.csv"), AZURE_ROW);
    await writeFile(join(inner, "notes.txt"), "not a list");
    const table = await importPriceFolder(inner);
    expect(table.offers).toHaveLength(1);
    expect(table.problems).toMatchObject([{ code: "unknown_price_list" }]);
    expect(table.offers[0]?.source).toMatchObject({
      file: join(inner, "b.csv"),
      origin: join(inner, "b.csv"),
      line: 2,
    });
  });

  test("[INT23] bad rows of a list of regions are dropped by code", () => {
    const header = "region_or_zone,super_region,location,access_type,gpu_instances_listed";
    const rows = [
      "MARS-01,MARS,Mars,General Access,",
      "US-EAST-99,US-EAST,Ohio,Secret Access,",
      "US-EAST-98,US-EAST,Ohio,General Access,Z900",
      "US-EAST-97,US-EAST",
      "US-EAST-96,US-EAST,Ohio,General Access,H200 (InfiniBand)",
    ];
    const result = readRegionList({ name: "r.csv", text: [header, ...rows].join("\n") });
    expect(result).toMatchObject({ value: { read: 5, regions: [{ acceleratorTypes: ["h200-sxm-141gb"] }] } });
    expect(result.ok && result.value.dropped.map(({ code }) => code).sort()).toEqual([
      "bad_access_type",
      "column_count",
      "unknown_accelerator",
      "unknown_region",
    ]);
    expect(readRegionList({ name: "r.csv", text: AZURE_ROW })).toMatchObject({
      problem: { code: "unknown_region_list" },
    });
  });
});

describe("any bytes", () => {
  const data = (path: string): string =>
    readFileSync(fileURLToPath(new URL(`../../../../data/prices/${path}`, import.meta.url)), "utf8");
  const texts = ["coreweave/coreweave-gpu-prices.csv", "nebius/nebius-gpu-vms.csv", "oci/oci-gpu-shapes.csv"].map(data);

  test("[INT41] a real list with some of its text replaced is refused or accounted for in full", () => {
    const junk = fc.oneof(
      fc.constantFrom('"', ",", "\n", "\r", "-", "1e999", "\0", "|", "NaN", ";", "\uFEFF"),
      fc.string({ maxLength: 6 }),
    );
    const edits = fc.array(fc.tuple(fc.nat(), fc.nat(12), junk), { minLength: 1, maxLength: 6 });
    const outcomes = { refused: 0, read: 0 };
    fc.assert(
      fc.property(fc.constantFrom(...texts), edits, (original, changes) => {
        const text = changes.reduce((sofar, [at, length, put]) => {
          const from = at % sofar.length;
          return sofar.slice(0, from) + put + sofar.slice(from + length);
        }, original);
        const result = readPriceList({ name: "fuzz.csv", text });
        if (!result.ok) {
          outcomes.refused += 1;
          return result.problem.detail !== "";
        }
        outcomes.read += 1;
        return result.value.prices === result.value.offers.length + result.value.dropped.length;
      }),
      { seed: 7, numRuns: 1500 },
    );
    expect(Math.min(outcomes.refused, outcomes.read)).toBeGreaterThan(100);
  });
});
