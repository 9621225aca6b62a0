import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Desk } from "../../cli.fixture.ts";

/** A list of Nebius, in the form in which it ships. */
const NEBIUS = `InstanceType,AcceleratorName,AcceleratorCount,vCPUs,MemoryGiB,Price,Region,TotalGpuMemoryInMiB,SpotPrice
gpu-h100-sxm_8gpu-128vcpu-1600gb,H100,8,128,1600,24.00,eu-north1,655360,12.00
`;

let desk: Desk;
beforeEach(() => {
  desk = new Desk();
});
afterEach(() => desk.clear());

interface Printed {
  readonly prices: readonly {
    readonly provider: string;
    readonly currency: string;
    readonly pricePerAcceleratorHour: string;
    readonly asOf?: string;
    readonly kind: string;
    readonly regions: readonly string[];
    readonly source: { readonly file: string; readonly line: number };
  }[];
  readonly lists: readonly { readonly file: string; readonly prices: number }[];
}

async function json(...args: string[]): Promise<Printed> {
  const { code, out } = await desk.run(["prices", ...args, "--json"]);
  expect(code).toBe(0);
  return JSON.parse(out) as Printed;
}

describe("prices", () => {
  test("of the lists that ship, cheapest first, of every provider, each with date and source", async () => {
    const { prices, lists } = await json("H100", "--terms", "all");
    expect(new Set(prices.map(({ provider }) => provider))).toEqual(
      new Set(["aws", "azure", "coreweave", "gcp", "nebius", "oci"]),
    );
    const dollars = prices
      .filter(({ currency }) => currency === "USD")
      .map((one) => Number(one.pricePerAcceleratorHour));
    expect(dollars).toEqual(dollars.toSorted((a, b) => a - b));
    for (const { source } of prices) expect(lists.map(({ file }) => file)).toContain(source.file);
    expect(prices.find(({ provider, kind }) => provider === "coreweave" && kind === "on_demand")).toMatchObject({
      pricePerAcceleratorHour: "6.155",
      asOf: "2026-09-20",
      source: { file: "coreweave/coreweave-gpu-prices.csv", line: 4 },
    });
  });

  test("as known on a day: no newer lists, and none without a date", async () => {
    const { prices } = await json("H100", "--as-of", "2026-07-20");
    expect(new Set(prices.map(({ provider }) => provider))).toEqual(new Set(["aws", "azure"]));
  });

  test("of one's own list", async () => {
    desk.write("own/list.csv", NEBIUS);
    const { prices } = await json("H100", "--lists", "own", "--terms", "all");
    expect(prices.map((one) => [one.pricePerAcceleratorHour, one.kind, one.source.file, one.asOf])).toEqual([
      ["1.50", "spot", "list.csv", undefined],
      ["3.00", "on_demand", "list.csv", undefined],
    ]);
  });

  test("as a page that asks for nothing else and holds every price, and as a picture", async () => {
    const { code, err, out } = await desk.run([
      "prices",
      "H100",
      "--terms",
      "all",
      "--html",
      "a.html",
      "--svg",
      "a.svg",
    ]);
    expect([code, err]).toEqual([0, "written: a.html\nwritten: a.svg\n"]);
    expect(out).toContain("H100: list price of one accelerator-hour, on demand and spot\n");
    const page = readFileSync(join(desk.folder, "a.html"), "utf8");
    expect(page.replaceAll("http://www.w3.org/2000/svg", "")).not.toMatch(/<script|<link|src=|url\(|@import|href=/);
    const { prices } = await json("H100", "--terms", "all");
    for (const { source } of prices) expect(page).toContain(`${source.file}:${source.line}`);
    const picture = readFileSync(join(desk.folder, "a.svg"), "utf8");
    expect(picture.match(/<circle class="on_demand"|<path class="spot"/g)).toHaveLength(
      prices.filter(({ currency }) => currency === "USD").length + 2,
    );
    expect(picture).not.toContain("NaN");
  });

  test("nothing in a list becomes markup", async () => {
    desk.write("own/list.csv", NEBIUS);
    desk.write("own/source.json", JSON.stringify({ origin: "<script>&" }));
    await desk.run(["prices", "H100", "--lists", "own", "--html", "a.html"]);
    const page = readFileSync(join(desk.folder, "a.html"), "utf8");
    expect(page).toContain("&lt;script&gt;&amp;");
    expect(page).not.toContain("<script>");
  });

  test.each([
    [["H999"], "unknown_accelerator"],
    [["H100", "--region", "mars"], "no_such_price"],
    [["H100", "--terms", "3y"], "usage"],
    [["H100", "--as-of", "2026-13-01"], "usage"],
    [["H100", "--as-of", "2020-01-01"], "no_such_price"],
    [["H100", "--lists", "nowhere"], "file_not_found"],
    [["H100", "--html", "nowhere/a.html"], "file_unwritable"],
  ])("%j is refused", async (args, code) => {
    const { code: ended, err } = await desk.run(["prices", ...args]);
    expect(ended).not.toBe(0);
    expect(err).toContain(`[${code}]`);
  });
});
