import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { planFile } from "@offtake/wire/plans";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Desk } from "../../cli.fixture.ts";

const EXAMPLES = fileURLToPath(new URL("../../../../../docs/how-to/examples", import.meta.url));
const AT = ["--at", "2026-11-23T15:00:00Z"];
const WISH = [
  "H100:1024",
  "--from",
  "2027-03-01",
  "--for",
  "180d",
  "--region",
  "us",
  "--purpose",
  "inference",
  "--lead",
  "14d",
];
const LATE = ["H100:640", "--from", "2026-12-04", "--for", "90d", "--region", "us-central", "--purpose", "inference"];
const BLOCKED = ["H100:64", "--from", "2027-03-01", "--for", "90d", "--region", "eu-north", "--purpose", "inference"];
const NONE = [...LATE, "--max-price", "1.00"];
const PART = [
  "H100:4096",
  "--from",
  "2027-03-01",
  "--for",
  "90d",
  "--region",
  "us-east",
  "--purpose",
  "inference",
  "--max-price",
  "2.40",
];

let desk: Desk;
beforeAll(() => {
  desk = new Desk();
});
afterAll(() => desk.clear());

const plan = (args: readonly string[]) =>
  desk.run(["plan", ...args, "--book", "before-you-sign", ...AT], { cwd: EXAMPLES });

const flat = (text: string): string => text.replaceAll(/\s+/g, " ");

describe("offtake plan, before you sign", () => {
  test("prices contracted calls, price books and lists, and saves the shortfall of a commitment", async () => {
    const { code, out } = await plan([...WISH, "--max-price", "3.00"]);
    expect(code).toBe(0);
    const said = flat(out);
    expect(said).toContain("> Harbor Cloud, us-east 1,024 $3.20 $2.88 $1.3877 $6,137,249.28 under agreement");
    expect(said).toContain(
      "effectively $4,693,666.72 after your commitments: ask Harbor Cloud first, and send it by Fri 29 Jan 2027 17:00 EST.",
    );
    expect(said).toContain("expected shortfall falls from $6,600,000.00 to $0.00");
    expect(said).toContain("that Harbor Cloud bids at its price on record");
    expect(said).toContain("nobody has confirmed that the fields of clause spend-2027 of agreement harbor-master");
  });

  test("takes a discount off the list of its date, where there are lists of several", async () => {
    const read = (file: string): string => readFileSync(join(EXAMPLES, "before-you-sign", file), "utf8");
    for (const file of ["cedar-reserve.yaml", "harbor-spend.csv", "ridge-frame.yaml"])
      desk.write(`dated/${file}`, read(file));
    desk.write(
      "dated/harbor-master.yaml",
      read("harbor-master.yaml").replace("discount: 10%", "discount: 10%, list: { asOf: 2026-06-30 }"),
    );
    const line =
      "  - { id: harbor-list, provider: harbor, accelerator: H100, region: us-east, price: 3.20 USD/h, block: 8 }\n";
    const book = read("book.yaml");
    expect(book).toContain(line);
    const dated = (id: string, price: string, asOf: string): string =>
      line.replace("harbor-list", id).replace("3.20", price).replace("block: 8", `block: 8, asOf: ${asOf}`);
    desk.write(
      "dated/book.yaml",
      book.replace(line, dated("new", "3.40", "2026-10-31") + dated("old", "3.00", "2026-06-30")),
    );
    const { out } = await desk.run(["plan", ...WISH, "--book", "dated", ...AT]);
    expect(flat(out)).toContain("Harbor Cloud, us-east 1,024 $3.00 $2.70 ");
  });

  test.each([
    ["late", LATE, "it cannot begin on Fri 4 Dec 2026", "ask Harbor Cloud to waive clause asked-first"],
    ["blocked", BLOCKED, "nothing may be awarded unless Ridge Hosting agrees", "get the consent of Ridge Hosting"],
    ["none", NONE, "nobody is known to supply it at that price", "pay up to $2.45"],
    ["part", PART, "only 768 of 4,096 can be had", "ask for 768 now"],
  ])("%s: says so, and what would work", async (verdict, args, says, works) => {
    const { out } = await plan(args);
    expect(flat(out)).toContain(`Recommended: ${says}`);
    expect(flat(out)).toContain(works);
    const { requests } = JSON.parse((await plan([...args, "--json"])).out) as {
      requests: { verdict: string; why?: string; whyText?: string }[];
    };
    expect(requests[0]?.verdict).toBe(verdict);
    // The code is for programs; beside it stand the words that a person is told.
    const [{ why, whyText } = {}] = requests;
    expect(whyText === undefined).toBe(why === undefined);
    expect(whyText ?? "").not.toContain("_");
    expect(out).toContain(verdict === "part" ? (whyText ?? "") : "");
  });

  test.each([
    ["works", WISH],
    ["late", LATE],
    ["blocked", BLOCKED],
    ["none", NONE],
    ["part", PART],
  ])("%s: the document is what its schema says", async (_, args) => {
    const { out } = await plan([...args, "--json"]);
    const read = planFile.safeParse(JSON.parse(out));
    expect(read.error?.issues ?? []).toEqual([]);
    expect(read.data?.requests[0]?.sources.length).toBeGreaterThan(1);
  });

  test("a document of other books, with hours, options and sales", async () => {
    for (const args of [["provider"], ["book.yaml"], ["lists", "H100:64/8@us-east 2027-01-01+30d"]]) {
      const { out } = await desk.run(["plan", ...args, "--json", ...AT], { cwd: EXAMPLES });
      expect(planFile.safeParse(JSON.parse(out)).error?.issues ?? []).toEqual([]);
    }
  });
});

/** Elements that are opened and not closed, or closed in another order. */
function unclosed(html: string): string[] {
  const open: string[] = [];
  for (const [, close, tag, self] of html.matchAll(/<(\/?)([a-z][a-z0-9]*)\b[^>]*?(\/?)>/g)) {
    if (tag === undefined || self === "/" || tag === "meta") continue;
    if (close === "") open.push(tag);
    else if (open.at(-1) === tag) open.pop();
    else return [...open, `/${tag}`];
  }
  return open;
}

describe("the page of a plan", () => {
  const page = async (args: readonly string[]): Promise<string> => {
    const path = join(desk.folder, "plan.html");
    const { code, err } = await plan([...args, "--html", path]);
    expect([code, err]).toEqual([0, expect.stringContaining("plan.html")]);
    return readFileSync(path, "utf8");
  };

  test.each([
    ["works", WISH],
    ["late", LATE],
    ["blocked", BLOCKED],
    ["none", NONE],
    ["part", PART],
  ])("%s: stands alone, and every element that is opened is closed", async (verdict, args) => {
    const html = await page(args);
    expect(html).not.toMatch(/<script|<link|@import|url\((?!#)|https?:|src=/);
    expect(html).toContain(`class="verdict ${verdict}"`);
    expect(html).not.toMatch(/undefined|NaN|\[object/);
    expect(unclosed(html.replace(/<style>[^]*?<\/style>/, ""))).toEqual([]);
  });

  test("each picture has a name, a sentence and a table beside it", async () => {
    const html = await page(WISH);
    const pictures = [...html.matchAll(/<svg viewBox="[^"]+" role="img" aria-labelledby="(\S+) (\S+)">/g)];
    expect(pictures).toHaveLength(2);
    for (const [, title, desc] of pictures) {
      expect(html).toContain(`<title id="${title}">`);
      expect(html).toContain(`<desc id="${desc}">`);
    }
    for (const table of html.match(/<table>[^]*?<\/table>/g) ?? []) {
      expect(table).toMatch(/^<table><caption>[^<]+<\/caption><thead>/);
      expect(table).toContain('scope="row"');
    }
    expect(html).toContain("<td>Fri 29 Jan 2027 17:00 EST</td>");
    expect(html).toContain("$1.3877");
  });

  test("what stands in the book is text, never markup", async () => {
    const book = readFileSync(join(EXAMPLES, "book.yaml"), "utf8");
    desk.write(
      "odd/book.yaml",
      book.replaceAll("Harbor Cloud", "Harbor <b>&</b> Sons").replace("5.1 Tern", "<img src=x> Tern"),
    );
    const { code } = await desk.run([
      "plan",
      "winter-training",
      "--book",
      "odd",
      "--html",
      "odd.html",
      "--at",
      "2026-09-03T14:00:00Z",
    ]);
    const html = readFileSync(join(desk.folder, "odd.html"), "utf8");
    expect(code).toBe(0);
    expect(html).toContain("Harbor &lt;b&gt;&amp;&lt;/b&gt; Sons");
    expect(html).not.toMatch(/<b>|<img/);
  });

  test("a page that cannot be written is told, and nothing is printed", async () => {
    desk.write("file", "");
    const { code, out, err } = await plan([...WISH, "--html", join(desk.folder, "file", "plan.html")]);
    expect([code, out]).toEqual([5, ""]);
    expect(err).toContain("[file_unwritable]");
  });
});
