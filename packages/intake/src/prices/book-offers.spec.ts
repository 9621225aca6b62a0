import { fileURLToPath } from "node:url";
import type { BlockId, PartyId } from "@offtake/core/kernel";
import { normaliseAccelerator } from "@offtake/wire/accelerators";
import type { PriceListReference } from "@offtake/wire/book";
import { describe, expect, test } from "vitest";
import { importBookPrices } from "./index.ts";

const FOLDER = fileURLToPath(new URL("../../../../data/prices/", import.meta.url));

function typeOf(name: string) {
  const found = normaliseAccelerator(name);
  if (!("type" in found)) throw new Error(`no accelerator ${name}`);
  return found.type;
}

const reference = (file: string, provider: string, more: Partial<PriceListReference> = {}): PriceListReference => ({
  file,
  from: "book.yaml",
  provider: provider as PartyId,
  blocks: [],
  standing: true,
  ...more,
});
const read = (...references: PriceListReference[]) => importBookPrices(references, ({ file }) => FOLDER + file);

const AZURE = "azure/azure-gpu-vm-prices.csv";
const OCI = "oci/oci-gpu-shapes.csv";

describe("price lists of a book", () => {
  test("[INT13] of several nodes in a region the cheapest stands, sold by the node, with line and date", async () => {
    const { offers, problems } = await read(
      reference(AZURE, "microsoft", {
        accelerators: [typeOf("H100")],
        regions: ["us-eastus"],
        blocks: ["b1" as BlockId],
        max: 64,
      }),
    );
    expect(problems).toEqual([]);
    expect(offers).toMatchObject([
      {
        id: "microsoft.h100-sxm-80gb.us-eastus",
        provider: "microsoft",
        region: "us-eastus",
        blockSize: 8,
        blocks: ["b1"],
        countMax: 64,
        standing: true,
        tiers: [{ from: 1, rate: { microsPerHour: 11_061_000n, currency: "USD" } }],
      },
    ]);
    expect(offers[0]?.source).toMatch(
      /^azure-gpu-vm-prices\.csv line \d+, Standard_ND96is\w*_H100_v5, list of 2026-06-18$/,
    );
  });

  test("[INT13] a price without a region is taken for the one named, and refused where none is", async () => {
    const asked = { accelerators: [typeOf("H100")] };
    const { offers } = await read(reference(OCI, "oracle", { ...asked, region: "us-phoenix-1" }));
    expect(offers.map((offer) => [offer.region, offer.source.endsWith("list without a date")])).toEqual([
      ["us-phoenix-1", true],
    ]);
    const { problems } = await read(reference(OCI, "oracle", asked));
    expect(problems).toMatchObject([{ code: "region_not_stated", line: expect.any(Number) }]);
  });

  test("[INT13] one list named twice is read once, and its offers keep ids of their own", async () => {
    const one = reference(OCI, "oracle", { accelerators: [typeOf("H100")], region: "us-phoenix-1" });
    const { offers, lists } = await read(one, one);
    expect(lists).toHaveLength(1);
    expect(new Set(offers.map((offer) => offer.id)).size).toBe(2);
  });

  test.each([
    ["a list of somebody else", reference(OCI, "oracle", { kind: "azure" }), "wrong_price_list"],
    [
      "a choice that finds nothing",
      reference(AZURE, "microsoft", { accelerators: [typeOf("H100")], regions: ["us-nowhere"] }),
      "no_such_price",
    ],
    ["a file that is not there", reference("none.csv", "oracle"), "file_not_found"],
  ])("[INT13] %s is a problem", async (_name, asked, code) => {
    const { offers, problems } = await read(asked, asked);
    expect(offers).toEqual([]);
    expect(problems[0]).toMatchObject({ code });
  });
});
