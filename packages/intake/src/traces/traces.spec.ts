import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { formatInstant } from "@offtake/core/kernel";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Trace } from "./index.ts";
import { readTrace } from "./index.ts";

const PHILLY = fileURLToPath(new URL("../../../../data/traces/philly-2017.csv", import.meta.url));
const HEADER = "timestamp,duration,num_gpus,gpu_time,cluster";
const ROW = "2017-10-09 07:01:55,66.0,1,66.0,11cb48";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "offtake-traces-"));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function keep(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

async function read(path: string, options = {}): Promise<Trace> {
  const result = await readTrace(path, options);
  if (!result.ok) throw new Error(result.problem.code);
  return result.value;
}

describe("the Philly trace", () => {
  test("[INT30] every row is a job, and what is odd is counted", async () => {
    const { rows, report } = await read(PHILLY);
    expect(rows).toHaveLength(82_247);
    expect(report).toMatchObject({
      read: 82_247,
      rows: 82_247,
      dropped: 0,
      repeated: 65,
      blankLines: 1,
      mismatches: 0,
      tenants: 15,
    });
    expect(report.file).toBe(`${PHILLY}.gz`);
    expect([report.from, report.to].map((at) => formatInstant(at ?? (0 as never)))).toEqual([
      "2017-09-04T10:30:41Z",
      "2017-12-22T08:02:11Z",
    ]);
    expect(report.acceleratorSeconds).toBe(
      rows.reduce((sum, row) => sum + BigInt(row.durationSeconds * row.acceleratorCount), 0n),
    );
    expect(rows[0]).toMatchObject({ durationSeconds: 66, acceleratorCount: 1, tenant: "11cb48", line: 2 });
    expect(formatInstant(rows[0]?.submittedAt ?? (0 as never))).toBe("2017-10-09T07:01:55Z");
  });

  test("[INT30] repeated rows can be dropped", async () => {
    const { rows, report } = await read(PHILLY, { repeated: "drop" });
    expect(rows).toHaveLength(82_182);
    expect(report).toMatchObject({ read: 82_247, dropped: 65, repeated: 65, droppedByCode: { repeated_row: 65 } });
  });
});

const BAD_ROWS: readonly (readonly [string, string, string])[] = [
  ["a value too few", "2017-10-09 07:01:55,66.0,1,66.0", "column_count"],
  ["a value too many", `${ROW},x`, "column_count"],
  ["a day that is none", "2017-02-30 07:01:55,66.0,1,66.0,a", "bad_timestamp"],
  ["an hour that is none", "2017-10-09 24:01:55,66.0,1,66.0,a", "bad_timestamp"],
  ["a time with a zone", "2017-10-09T07:01:55Z,66.0,1,66.0,a", "bad_timestamp"],
  ["no time", ",66.0,1,66.0,a", "bad_timestamp"],
  ["NaN seconds", "2017-10-09 07:01:55,NaN,1,66.0,a", "bad_duration"],
  ["seconds below zero", "2017-10-09 07:01:55,-66.0,1,66.0,a", "bad_duration"],
  ["an exponent", "2017-10-09 07:01:55,1e999,1,66.0,a", "bad_duration"],
  ["parts of a second", "2017-10-09 07:01:55,66.5,1,66.0,a", "bad_duration"],
  ["a job of a century", "2017-10-09 07:01:55,3155760000,1,66.0,a", "bad_duration"],
  ["no seconds", "2017-10-09 07:01:55,0.0,1,0,a", "zero_duration"],
  ["no accelerators", "2017-10-09 07:01:55,66.0,0,0,a", "zero_accelerators"],
  ["accelerators below zero", "2017-10-09 07:01:55,66.0,-1,66,a", "bad_accelerator_count"],
  ["half an accelerator", "2017-10-09 07:01:55,66.0,0.5,33,a", "bad_accelerator_count"],
  ["more accelerators than there are", "2017-10-09 07:01:55,66.0,99999999999,1,a", "bad_accelerator_count"],
  ["no tenant", "2017-10-09 07:01:55,66.0,1,66.0,", "bad_tenant"],
  ["a tenant with a NUL", "2017-10-09 07:01:55,66.0,1,66.0,a\0b", "bad_tenant"],
];

describe(`${BAD_ROWS.length} kinds of bad row`, () => {
  test.each(BAD_ROWS)("[INT31] %s", async (_what, row, code) => {
    const { rows, report } = await read(await keep("row.csv", [HEADER, row, ROW].join("\n")));
    expect(rows.map(({ line }) => line)).toEqual([3]);
    expect(report).toMatchObject({
      read: 2,
      rows: 1,
      dropped: 1,
      droppedByCode: { [code]: 1 },
      droppedRows: [{ line: 2, code }],
    });
  });

  test("[INT31] a row whose own product is wrong is kept and counted", async () => {
    const { report } = await read(await keep("product.csv", `${HEADER}\n${ROW.replace(",66.0,11", ",67.0,11")}\n`));
    expect(report).toMatchObject({ rows: 1, mismatches: 1, acceleratorSeconds: 66n });
    expect(report.notes).toEqual(["the source states no zone: its local times are read as UTC"]);
  });
});

describe("opening and refusing", () => {
  const text = `\uFEFF${HEADER}\r\n${ROW}\r\n\r\n`;

  test("[INT32] plain, packed, packed under a plain name, and found by adding .gz", async () => {
    await keep("found.csv.gz", gzipSync(text));
    const paths = [
      await keep("plain.csv", text),
      await keep("packed.gz", gzipSync(text)),
      await keep("misnamed.csv", gzipSync(text)),
    ];
    for (const path of [...paths, join(folder, "found.csv")]) expect((await read(path)).rows).toHaveLength(1);
    expect(await readTrace(join(folder, "absent.csv"))).toMatchObject({ problem: { code: "file_not_found" } });
    expect(await readTrace(folder)).toMatchObject({ problem: { code: "file_unreadable" } });
  });

  const packed = gzipSync(text);
  test.each<[string, string | Uint8Array, string]>([
    ["nothing", "", "empty_file"],
    ["a foreign header", "submitted,seconds\n1,2", "unknown_trace"],
    ["no header", ROW, "unknown_trace"],
    ["a price list", "region,vm_size,usd_per_hour\n", "unknown_trace"],
    ["bytes that are not text", Uint8Array.from([0x80, 0x81]), "not_text"],
    [
      "bytes that are not text behind a good header",
      Uint8Array.from([...new TextEncoder().encode(`${HEADER}\n`), 0xff]),
      "not_text",
    ],
    ["an archive cut short", packed.subarray(0, packed.length - 9), "corrupt_archive"],
    [
      "an archive with a wrong byte",
      packed.map((byte, index) => (index === 20 ? byte ^ 0xff : byte)),
      "corrupt_archive",
    ],
    ["an endless line", `${HEADER}\n${"x".repeat(2000)}`, "record_too_long"],
    ["an endless first line", "x".repeat(2_000_000), "record_too_long"],
  ])("[INT33] %s", async (_what, content, code) => {
    expect(await readTrace(await keep("refused.csv", content))).toMatchObject({ ok: false, problem: { code } });
  });

  test("[INT33] a packed bomb stops at the bound, of bytes or of lines, and not behind it", async () => {
    const bomb = await keep("bomb.csv.gz", gzipSync(`${HEADER}\n${`${"x".repeat(99)}\n`.repeat(200_000)}`));
    expect(await readTrace(bomb, { bytesMax: 1_000_000 })).toMatchObject({ problem: { code: "file_too_large" } });
    const blank = await keep("blank.csv.gz", gzipSync(`${HEADER}\n${"\n".repeat(2_000_000)}`));
    expect(await readTrace(blank, { linesMax: 100_000 })).toMatchObject({ problem: { code: "too_many_rows" } });
    expect((await read(blank)).report).toMatchObject({ read: 0, rows: 0, blankLines: 2_000_000 });
  });

  test("[INT33] the line that is too long is named", async () => {
    const path = await keep("long.csv", [HEADER, ROW, "x".repeat(1025), ROW].join("\n"));
    expect(await readTrace(path)).toMatchObject({ problem: { code: "record_too_long", line: 3 } });
  });
});
