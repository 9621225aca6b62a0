import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Random } from "@offtake/core/kernel";

/** A book as a large buyer would keep it: one file for each agreement, price lists beside it. */
export interface PlanBook {
  readonly agreements: number;
  readonly clauses: number;
  readonly prices: number;
}

const PRICES = fileURLToPath(new URL("../../data/prices", import.meta.url));
const AGREEMENTS = 200;
const PROVIDERS = 40;
const REGIONS = ["us-east", "us-central", "us-west", "eu-west", "eu-north", "ap-south"];
const KINDS = ["H100", "H200", "B200", "GB200", "A100"];

/** Lists that ship, and how often each is sold: by its provider, and by resellers at prices of their own. */
const LISTS = [
  { name: "azure", file: "azure-gpu-vm-prices.csv", price: "usd_per_hour", copies: 2 },
  { name: "gcp", file: "gcp-accelerator-machine-prices.csv", price: "usd_per_hour", copies: 2 },
  { name: "aws", file: "aws-accelerator-prices.csv", price: "price_per_hour", copies: 3 },
  { name: "nebius", file: "nebius-gpu-vms.csv", price: "Price", copies: 1 },
  { name: "oci", file: "oci-gpu-shapes.csv", price: "Price", copies: 1 },
  { name: "coreweave", file: "coreweave-gpu-prices.csv", price: "usd_per_hour", copies: 1 },
];

/** Writes the book into an empty folder. The same seed gives the same bytes. */
export function writePlanBook(folder: string, seed = "plan"): PlanBook {
  const random = new Random(seed);
  mkdirSync(folder, { recursive: true });
  const lists = writeLists(folder, random);
  mkdirSync(join(folder, "agreements"), { recursive: true });
  let clauses = 0;
  for (let index = 0; index < AGREEMENTS; index += 1) {
    const made = agreementText(index, random);
    clauses += made.clauses;
    writeFileSync(join(folder, "agreements", `${made.name}.yaml`), made.text);
  }
  writeFileSync(join(folder, "book.yaml"), bookText(lists.names, random));
  return { agreements: AGREEMENTS, clauses, prices: lists.prices };
}

function writeLists(folder: string, random: Random): { names: string[]; prices: number } {
  const names: string[] = [];
  let prices = 0;
  for (const { name, file, price, copies } of LISTS) {
    for (let copy = 0; copy < copies; copy += 1) {
      const own = copy === 0 ? name : `${name}-reseller-${copy}`;
      const to = join(folder, "prices", own);
      mkdirSync(to, { recursive: true });
      cpSync(join(PRICES, name, "source.json"), join(to, "source.json"));
      const text = readFileSync(join(PRICES, name, file), "utf8");
      const [head = "", ...rows] = text.trimEnd().split("\n");
      const column = head.split(",").indexOf(price);
      writeFileSync(
        join(to, file),
        `${[head, ...rows.map((row) => (copy === 0 ? row : resold(row, column, random)))].join("\n")}\n`,
      );
      prices += rows.length;
      names.push(
        `{ file: prices/${own}/${file}, provider: ${own}, region: us-east, accelerators: [${KINDS.join(", ")}], standing: true }`,
      );
    }
  }
  return { names, prices };
}

/** The same row at 80 to 99 percent of its price. */
function resold(row: string, column: number, random: Random): string {
  const cells = row.split(",");
  const percent = 80n + BigInt(random.below(20));
  const [whole = "0", part = ""] = (cells[column] ?? "").split(".");
  const micros = (BigInt(`${whole}${part.padEnd(6, "0").slice(0, 6)}`) * percent) / 100n;
  cells[column] = `${micros / 1_000_000n}.${String(micros % 1_000_000n).padStart(6, "0")}`;
  return cells.join(",");
}

const partyOf = (index: number): string => `provider-${String(index % PROVIDERS).padStart(2, "0")}`;

function agreementText(index: number, random: Random): { name: string; text: string; clauses: number } {
  const provider = partyOf(index);
  const name = `${provider}-${Math.floor(index / PROVIDERS)}`;
  const from = 2024 + random.below(3);
  const region = REGIONS[random.below(REGIONS.length)] ?? "us-east";
  const kind = KINDS[random.below(KINDS.length)] ?? "H100";
  const clauses = [
    record(
      "term",
      "The agreement begins on its first day and ends on its last; nobody may end it before but for cause.",
    ),
    ...rightOf(index, kind, region, random),
    ...commitmentOf(index, provider, kind, random),
    record("liability", "Neither side is liable for more than the fees of the twelve months before the event."),
  ];
  const text = `schema: offtake/agreement@1
name: ${name}
title: ${provider} for ${kind} in ${region}, number ${index + 1}
parties: { buyer: lab, provider: ${provider} }
effective: { from: ${from}-0${1 + random.below(9)}-01, to: ${from + 3 + random.below(4)}-12-31 }
zone: America/New_York
holidays: us-federal
clauses:
${clauses.join("")}`;
  return { name, text, clauses: clauses.length };
}

const record = (id: string, about: string): string => `  - id: ${id}
    kind: record
    about: ${about}
    evidence: { grade: company, source: "the signed agreement" }
`;

/** One agreement in eight gives a right: to be asked before others, or to equal the best of them. */
function rightOf(index: number, kind: string, region: string, random: Random): string[] {
  if (index % 8 !== 0) return [];
  const match = random.below(3) === 0;
  return [
    `  - id: ${match ? "last-look" : "asked-first"}
    kind: ${match ? "match" : "first-refusal"}
    rank: ${10 + index}
    scope: { accelerators: ${kind}, regions: ${region.slice(0, 2)}-*, purposes: { except: [academic] } }
    window: ${3 + random.below(8)} business days
    partial: any multiple of 8
    text: "5.1 Provider shall have the stated number of Business Days to accept all or a part of a request before Buyer contracts it elsewhere."
    reading: { by: Counsel, at: 2026-01-12 }
`,
  ];
}

/** One in five holds a promise to spend. */
function commitmentOf(index: number, provider: string, kind: string, random: Random): string[] {
  if (index % 5 !== 1) return [];
  const amount = 10 + random.below(90);
  return [
    `  - id: spend
    kind: commitment
    type: spend
    scope: { accelerators: ${kind}, providers: ${provider} }
    schedule:
      - { from: 2026-01-01, to: 2026-12-31, amount: ${amount}000000 USD, drawn: ${random.below(amount)}000000 USD }
      - { from: 2027-01-01, to: 2028-12-31, amount: ${amount * 2}000000 USD, expectedOther: ${amount}000000 USD }
    shortfall: charge
    text: "7.2 Buyer shall spend the stated amounts in the stated periods, and pays what it falls short."
    reading: { by: Counsel, at: 2026-01-12 }
`,
  ];
}

function bookText(lists: readonly string[], random: Random): string {
  const sellers = lists.map((list) => /provider: ([a-z0-9-]+)/.exec(list)?.[1] ?? "");
  const providers = Array.from({ length: PROVIDERS }, (_, index) => partyOf(index));
  const party = (id: string, roles: string): string => `  - { id: ${id}, name: ${id}, roles: ${roles} }\n`;
  const block = (id: string, index: number): string =>
    `  - { id: ${id}-${index}, provider: ${id}, accelerator: ${KINDS[index % KINDS.length] ?? "H100"}, region: ${REGIONS[random.below(REGIONS.length)] ?? "us-east"}, count: ${256 * (1 + random.below(16))}, block: 8, window: { from: 2026-01-01, to: 2029-12-31 } }\n`;
  return `schema: offtake/book@1
keeper: lab
zone: America/New_York
parties:
${party("lab", "buyer")}${providers.map((id) => party(id, "[provider, holder]")).join("")}${sellers.map((id) => party(id, "provider")).join("")}
capacity:
${providers.flatMap((id) => [0, 1, 2, 3].map((index) => block(id, index))).join("")}
offers:
${lists.map((list) => `  - priceList: ${list}\n`).join("")}`;
}
