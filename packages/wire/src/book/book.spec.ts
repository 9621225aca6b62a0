import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { formatProblem, type Parsed } from "../problems/index.ts";
import type { SourceFile } from "../source/index.ts";
import { type Book, parseBook, worldCommands } from "./index.ts";

const BOOK = `schema: offtake/book@1
keeper: lab
parties:
  - { id: lab, roles: buyer }
  - { id: alfa, roles: [provider, holder] }
agreements:
  - name: lab-alfa
    parties: { buyer: lab, provider: alfa }
    effective: { from: 2026-01-01 }
    clauses: [{ id: r1, kind: first-refusal }]
`;

const file = (text: string, name = "book.yaml"): SourceFile => ({ name, text });

function bookOf(parsed: Parsed<Book>): Book {
  if (!parsed.ok) throw new Error(parsed.problems.map(formatProblem).join("\n"));
  return parsed.value;
}

const wrong = (parsed: Parsed<Book>): string[] =>
  parsed.ok ? [] : parsed.problems.map(({ file: name, line, path, code }) => `${name}:${line} ${path} ${code}`);

describe("files", () => {
  const AGREEMENT = `schema: offtake/agreement@1
name: lab-beta
parties: { buyer: lab, provider: beta }
effective: { from: 2026-01-01 }
`;

  test("[WIR16] a folder is one book, an agreement file an entry of it", () => {
    const beta = "schema: offtake/book@1\nparties: [{ id: beta, roles: provider }]\n";
    const request = "schema: offtake/request@1\nid: q\nshorthand: H100:8 2026-05-01+90d\n";
    const book = bookOf(
      parseBook([file(BOOK), file(beta, "beta.yaml"), file(AGREEMENT, "b.yaml"), file(request, "q.yaml")]),
    );
    expect(book.parties.map(({ party }) => party.id)).toEqual(["lab", "alfa", "beta"]);
    expect(book.agreements.map(({ agreement }) => agreement.id)).toEqual(["lab-alfa", "lab-beta"]);
    expect(book.requests.get("q")?.buyer).toBe("lab");
  });

  test("[WIR16] an agreement may be named by its file, found from the file that names it", () => {
    const text = `${BOOK}  - file: agreements/beta.yaml\n`.replace(
      "roles: buyer }",
      "roles: buyer }\n  - { id: beta, roles: provider }",
    );
    const asked: [string, string][] = [];
    const parsed = parseBook(file(text), {
      resolve: (reference, from) => {
        asked.push([reference, from]);
        return [file(AGREEMENT, "agreements/beta.yaml")];
      },
    });
    expect(asked).toEqual([["agreements/beta.yaml", "book.yaml"]]);
    expect(bookOf(parsed).agreements).toHaveLength(2);
    expect(wrong(parseBook(file(text)))).toEqual(["book.yaml:12 agreements[1].file file_not_found"]);
    const broken = parseBook(file(text), {
      resolve: () => [file(AGREEMENT.replace("beta }", "bta }"), "agreements/beta.yaml")],
    });
    expect(wrong(broken)).toEqual(["agreements/beta.yaml:3 parties.provider unknown_party"]);
  });

  test("[WIR16] an agreement file that the book names lies beside it and is taken once", () => {
    const named = file(AGREEMENT.replace("beta }", "alfa }"), "agreements/a.yaml");
    const files = [named, file(BOOK.replace(/agreements:[^]*/, "agreements: [{ file: agreements/a.yaml }]\n"))];
    const book = bookOf(parseBook(files, { resolve: () => [named] }));
    expect(book.agreements.map(({ agreement }) => agreement.id)).toEqual(["lab-beta"]);
  });

  test("[WIR16] a single value that stands in two files is a problem at the second", () => {
    expect(wrong(parseBook([file(BOOK), file("schema: offtake/book@1\nkeeper: alfa\n", "two.yaml")]))).toEqual([
      "two.yaml:2 keeper duplicate_key",
    ]);
  });

  test("[WIR3 WIR16] a file that is no part of a book says so", () => {
    expect(wrong(parseBook([file(BOOK), file("schema: offtake/case@1\n", "two.yaml")]))).toEqual([
      "two.yaml:1 schema wrong_schema",
    ]);
    expect(wrong(parseBook(file("keeper: lab\n")))).toEqual(["book.yaml:1  wrong_schema"]);
  });
});

describe("references", () => {
  test.each([
    [
      "parties",
      "- { id: beta, roles: provider, owners: [{ party: lba, share: 5% }] }",
      "parties[2].owners[0].party unknown_party",
    ],
    [
      "agreements",
      "- { name: x, parties: { buyer: lab, provider: bta }, effective: { from: 2026-01-01 } }",
      "agreements[1].parties.provider unknown_party",
    ],
    [
      "agreements",
      "- { name: x, parties: { buyer: lab, provider: alfa }, effective: { from: 2026-01-01 }, holidays: us-fedral }",
      "agreements[1].holidays unknown_calendar",
    ],
    [
      "capacity",
      "- { id: b, parent: a, provider: alfa, accelerator: H100, region: us, count: 8, window: { from: 2026-01-01, for: 9 days } }",
      "capacity[0].parent unknown_block",
    ],
    [
      "offers",
      "- { id: o, provider: alfa, accelerator: H1OO0, region: us, price: 1 USD/h }",
      "offers[0].accelerator unknown_accelerator",
    ],
    [
      "rates",
      "- { from: EUR, to: USD, rate: 1.09, at: 2026-01-01T00:00:00Z, source: x, agreement: lab-alpha }",
      "rates[0].agreement unknown_agreement",
    ],
    ["waivers", "- { id: w, right: r2 }", "waivers[0].right unknown_clause"],
    ["waivers", "- { id: w, right: lab-alfa/r2 }", "waivers[0].right unknown_clause"],
    ["waivers", "- { id: w, right: lab-beta/r1 }", "waivers[0].right unknown_agreement"],
    ["standingAnswers", "- { id: s, party: gamma, answer: refuse }", "standingAnswers[0].party unknown_party"],
    [
      "requests",
      "- { id: q, shorthand: H100:8 2026-05-01+90d, incumbent: gama }",
      "requests[0].incumbent unknown_party",
    ],
  ])("[WIR15] %s: %s", (section, entry, expected) => {
    const text = BOOK.includes(`${section}:\n`)
      ? BOOK.replace(`${section}:\n`, `${section}:\n  #\n`)
      : `${BOOK}${section}:\n`;
    const lines = text.split("\n");
    const last = section === "parties" ? lines.findIndex((line) => line.startsWith("agreements")) : lines.length - 1;
    lines.splice(last, 0, `  ${entry}`);
    expect(wrong(parseBook(file(lines.join("\n")))).map((one) => one.replace(/^\S+ /, ""))).toEqual([expected]);
  });

  test("[WIR15] a clause of several agreements is named in full", () => {
    const second = BOOK.slice(BOOK.indexOf("  - name:")).replace("lab-alfa", "lab-alfa-2");
    const parsed = parseBook(
      file(`${BOOK}${second}waivers: [{ id: w, right: r1 }, { id: v, right: lab-alfa-2/r1 }]\n`),
    );
    expect(parsed.ok ? [] : parsed.problems).toMatchObject([
      { path: "waivers[0].right", code: "ambiguous_reference", didYouMean: ["lab-alfa/r1", "lab-alfa-2/r1"] },
    ]);
  });

  test("[WIR4 WIR15] what refers to an entry with a mistake is not wrong as well", () => {
    const text = BOOK.replace("id: alfa, roles: [provider, holder]", "id: alfa, roles: [provider, holdr]");
    expect(wrong(parseBook(file(text)))).toEqual(["book.yaml:5 parties[1].roles[1] unknown_value"]);
  });

  test("[WIR15] names that stand twice", () => {
    const text = `${BOOK}${BOOK.slice(BOOK.indexOf("  - name:"))}`.replace("  - { id: alfa", "  - { id: lab");
    expect(wrong(parseBook(file(text)))).toEqual([
      "book.yaml:5 parties[1].id duplicate_id",
      "book.yaml:8 agreements[0].parties.provider unknown_party",
      "book.yaml:11 agreements[1].name duplicate_id",
      "book.yaml:12 agreements[1].parties.provider unknown_party",
    ]);
  });
});

describe("the commands of a book", () => {
  const F0 = bookOf(parseBook(file(readFileSync("conformance/worlds/f0.yaml", "utf8"), "f0.yaml")));

  test("[WIR17 WIR22] set up the fixture in order", () => {
    const types = worldCommands(F0).map(({ body }) => body.type);
    expect(types[0]).toBe("openBook");
    expect([...new Set(types)]).toEqual(["openBook", "recordParty", "recordPolicy", "recordAgreement", "listOffer"]);
    expect(types.filter((type) => type === "recordParty")).toHaveLength(5);
  });

  test("[WIR17] a block comes after the one that it is a part of, whoever is written first", () => {
    const block = (id: string, parent: string) =>
      `  - { id: ${id}, ${parent}provider: alfa, accelerator: H100, region: us, count: 8, window: { from: 2026-01-01, for: 9 days } }\n`;
    const book = bookOf(
      parseBook(file(`${BOOK}capacity:\n${block("c", "parent: b, ")}${block("b", "parent: a, ")}${block("a", "")}`)),
    );
    const ids = worldCommands(book).flatMap(({ body }) => (body.type === "recordBlock" ? [body.block.id] : []));
    expect(ids).toEqual(["a", "b", "c"]);
    expect(book.blocks.map(({ rootId }) => rootId)).toEqual(["a", "a", "a"]);
  });

  test("[WIR17] who waives, answers in advance or consents does so itself", () => {
    const book = bookOf(
      parseBook(
        file(`${BOOK}waivers: [{ id: w, right: r1, limits: { price: 2.70 USD/h } }]
standingAnswers: [{ id: s, party: alfa, answer: { accept: { max: 64 } }, priceMin: 2.00 USD/h }]
resaleConsents: [{ by: lab, host: alfa, to: lab }]
`),
      ),
    );
    const last = worldCommands(book).slice(-3);
    expect(last.map(({ actor, body }) => [actor, body.type])).toEqual([
      ["alfa", "grantWaiver"],
      ["alfa", "giveStandingAnswer"],
      ["lab", "consentResale"],
    ]);
    expect(book.waivers[0]).toMatchObject({ standing: false, limits: { priceMaxMicros: 2_700_000n } });
  });

  test("[WIR7 WIR10] parties with dated roles, own calendars, price lists, policy", () => {
    const book = bookOf(
      parseBook(
        file(`${BOOK.replace("roles: buyer", "roles: [{ role: buyer, from: 2026-01-01, to: 2026-12-31 }]")}calendars:
  - { id: site, source: the lease, years: { from: 2026, to: 2027 }, weekend: [friday, saturday], holidays: [2026-05-01, { date: 2026-12-25, name: Christmas }] }
offers:
  - priceList: { file: prices/oci.csv, provider: alfa, kind: oci }
`),
      ),
    );
    expect(book.parties[0]?.party.roles).toEqual([{ role: "buyer", from: 1_767_225_600_000, to: 1_798_761_600_000 }]);
    expect(book.calendars[0]).toMatchObject({ id: "site", weekend: [5, 6] });
    expect(book.priceLists).toMatchObject([{ file: "prices/oci.csv", from: "book.yaml", provider: "alfa" }]);
    expect(book.policy).toMatchObject({
      tenderWindow: { n: 3, unit: "business-days", calendars: ["none"] },
      tie: "improve",
      awardConfirmation: "by-signature",
    });
  });
});

describe("messages", () => {
  test("[WIR3 WIR5] one line says where, what, what was expected and what was meant", () => {
    const parsed = parseBook(file(BOOK.replace("kind: first-refusal", "kind: first-refusl")));
    expect(parsed.ok ? "" : parsed.problems.map(formatProblem).join("\n")).toMatch(
      /^book\.yaml:10:31 agreements\[0\]\.clauses\[0\]\.kind: `first-refusl` is not possible here\. Expected: one of .* Did you mean "first-refusal"\? \[unknown_value\]$/,
    );
  });
});

describe("notices of non-renewal", () => {
  const RENEWS = BOOK.replace(
    "effective: { from: 2026-01-01 }",
    "effective: { from: 2026-01-01, to: 2026-12-31 }",
  ).replace(
    "    clauses",
    "    zone: Europe/Berlin\n    renewal: { kind: automatic, term: 1 year, notice: 30 days }\n    clauses",
  );
  const given = "renewalNotices: [{ agreement: lab-alfa, by: alfa, delivered: 2026-11-02 }]\n";

  test("[WIR40] stand in the book, in the zone of their agreement; those delivered later have not been given yet", () => {
    const book = bookOf(parseBook(file(RENEWS + given)));
    const deliveredAt = Date.UTC(2026, 10, 1, 23);
    expect(book.renewalNotices).toEqual([{ agreement: "lab-alfa", by: "alfa", deliveredAt }]);
    const commands = (at?: number): string[] => worldCommands(book, at as never).map(({ body }) => body.type);
    expect(commands()).toContain("giveRenewalNotice");
    expect(commands(deliveredAt)).toContain("giveRenewalNotice");
    expect(commands(deliveredAt - 1)).not.toContain("giveRenewalNotice");
  });

  test("[WIR15 WIR40] are of agreements and parties that exist", () => {
    const text = "renewalNotices: [{ agreement: lab-beta, by: beta, delivered: 2026-11-02 }]\n";
    expect(wrong(parseBook(file(RENEWS + text)))).toEqual([
      "book.yaml:13 renewalNotices[0].agreement unknown_agreement",
      "book.yaml:13 renewalNotices[0].by unknown_party",
    ]);
  });
});
