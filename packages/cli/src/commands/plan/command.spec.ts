import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { AMENDED, BOOK, Desk } from "../../cli.fixture.ts";

const AT = ["--at", "2026-09-14T17:00:00Z"] as const;

let desk: Desk;

beforeAll(() => {
  desk = new Desk();
  desk.write("world.yaml", BOOK);
  desk.write("amended.yaml", AMENDED);
  desk.write("amended.csv", "id,wish\nx,GB200:8\n");
});

afterAll(() => desk.clear());

const json = (text: string): Record<string, unknown> => JSON.parse(text) as Record<string, unknown>;

describe("offtake plan", () => {
  test("takes what is no name, file or line for a name that is wrong, and says when the time has passed", async () => {
    const wrong = await desk.run(["plan", "world.yaml", "--request", "q2", ...AT]);
    expect(wrong).toMatchObject({ code: 5, out: "" });
    expect(wrong.err).toContain("there is no request or file q2; the book has q1");
    const late = await desk.run(["plan", "world.yaml", "--request", "q1", "--at", "2028-03-01T09:00:00Z"]);
    expect(late.out).toContain("its time is over");
    expect((await desk.run(["plan", "world.yaml", "--request", "q1", ...AT])).out).not.toContain("its time");
  });

  test("tells who must be asked, in what order, by when, what no answer means, and what then", async () => {
    const { code, out } = await desk.run(["plan", "world.yaml", "--request", "q1", ...AT]);
    expect(code).toBe(0);
    const order = [
      "ALFA Cloud asked first: 1,024 at $3.00",
      "answer by Mon 21 Sep 2026 17:00 PDT (5 business days, not counting 2 weekend days)",
      "no answer means refusal",
      "the market: 1,024 open to 2 providers",
      "award on Tue 22 Sep 2026 17:00 PDT: GAMMA 1,024 at $2.60",
      "Plan: 1 holder to ask, 1,024 of 1,024",
    ];
    const flat = out.replaceAll(/\s+/g, " ");
    const places = order.map((text) => flat.indexOf(text));
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(places).not.toContain(-1);
    expect(flat).toContain("(bid: a provider's sealed answer");
  });

  test("takes the request first, its parts as options, and the book where it stands", async () => {
    desk.write("own/book.yaml", BOOK);
    const parts = ["--from", "2027-03-01", "--for", "180d", "--region", "us", "--purpose", "inference"];
    const { code, out } = await desk.run(["plan", "GB200:1024", ...parts, ...AT], { cwd: join(desk.folder, "own") });
    expect(code).toBe(0);
    const flat = out.replaceAll(/\s+/g, " ");
    expect(flat).toContain("1,024 gb200-nvl72 from Mon 1 Mar 2027 to Fri 27 Aug 2027, us-*, inference");
    expect(flat).toContain("Recommended: take GAMMA for all 1,024 at $2.60 per accelerator-hour, $11,498,905.60");
    expect(flat).toContain("ask ALFA Cloud first, and send it by");
    expect(flat).toContain("clause r1 of agreement lab-alfa does not state what this answer used: ");
    const all = ["own", "--max-price", "2.00", "GB200:8/8@us-central"];
    const dear = await desk.run(["plan", ...all, "--from", "2027-03-01", "--to", "2027-03-31", ...AT]);
    expect(dear.out.replaceAll(/\s+/g, " ")).toContain("what works: pay up to $2.60 per accelerator-hour: 8 of 8");
    expect((await desk.run(["plan", "--book", "own", ...AT])).out).toContain("Request q1 of LAB");
  });

  test("says where no book or more than one stands", async () => {
    desk.write("several/a/book.yaml", BOOK);
    desk.write("several/b/book.yaml", BOOK);
    for (const name of ["one", "two"]) desk.write(`none/${name}.yaml`, "schema: offtake/request@1");
    const several = await desk.run(["plan", "GB200:8"], { cwd: join(desk.folder, "several") });
    expect([several.code, several.err]).toEqual([
      3,
      expect.stringContaining("books stand below this folder (a/book.yaml"),
    ]);
    const none = await desk.run(["plan", "GB200:8"], { cwd: join(desk.folder, "none") });
    expect([none.code, none.err]).toEqual([5, expect.stringContaining("--book names one")]);
  });

  test("takes a request file and the one-line form, and says what it made up", async () => {
    desk.write(
      "request.yaml",
      "schema: offtake/request@1\naccelerators: GB200\ncount: 64\nregions: us-central\nwindow: { from: 2027-01-01, for: 90 days }\n",
    );
    expect((await desk.run(["plan", "world.yaml", "--request", "request.yaml", ...AT])).out).toContain(
      "Request request",
    );
    const { out } = await desk.run(["plan", "world.yaml", "--request", "GB200:64/8@us-central", ...AT]);
    expect(out).toContain("Assumed: the time, for want of one");
    expect(out).toContain("purpose not declared");
  });

  test("ends with 2 where something would happen, if asked to", async () => {
    const asked = await desk.run(["plan", "world.yaml", "--request", "q1", ...AT, "--detailed-exitcode", "--json"]);
    expect(asked.code).toBe(2);
    expect(json(asked.out)).toMatchObject({
      changes: true,
      requests: [
        {
          request: "q1",
          asked: [{ holder: "alfa", silence: "refusal", respondBy: "2026-09-22T00:00:00Z", price: "3.00 USD/h" }],
        },
      ],
    });
  });

  test("compares past requests under an amended agreement", async () => {
    const { code, out } = await desk.run([
      "plan",
      "world.yaml",
      "--amend",
      "amended.yaml",
      ...AT,
      "--detailed-exitcode",
    ]);
    expect(code).toBe(2);
    expect(out).toContain("~ agreement lab-alfa\n~ request q1");
    const flat = out.replace(/\s+/g, " ");
    expect(flat).toContain("~ notice to ALFA Cloud, first refusal (clause r1 of agreement lab-alfa): answer by");
    expect(flat).toContain("Tue 22 Sep 2026 17:00 PDT -> Tue 29 Sep 2026 17:00 PDT");
    expect(out).toContain("Plan: 1 request changes, as many notices");
    const same = await desk.run(["plan", "world.yaml", "--amend", "world.yaml", ...AT, "--detailed-exitcode"]);
    expect(same).toMatchObject({
      code: 0,
      out: expect.stringContaining("Plan: no changes; the request comes out as before."),
    });
  });

  test("compares by a list of past requests, with what was answered, as text, JSON and a comment", async () => {
    desk.write(
      "past.csv",
      "id,request,from,for,region,purpose,at,answers\np1,GB200:64/8,2027-01-01,90d,us-central,inference,2026-09-14T17:00:00Z,alfa: accept 32\np2,H100:8,2027-01-01,90d,eu-west,,2026-09-15,\n",
    );
    const args = ["plan", "world.yaml", "--amend", "amended.yaml", "--requests", "past.csv", ...AT];
    const text = await desk.run(args);
    expect([text.code, text.err]).toEqual([0, ""]);
    expect(text.out).toContain("In all, of 2 requests");
    const told = json((await desk.run([...args, "--json"])).out) as { requests: unknown[] };
    expect(told).toMatchObject({
      changes: true,
      agreements: [{ sign: "~", agreement: "lab-alfa" }],
      compared: 2,
      changed: 1,
      requests: [{ request: "p1", asks: [{ sign: "~", after: { taken: 32, respondBy: "2026-09-29T00:00:00Z" } }] }],
    });
    const { out } = await desk.run([...args, "--markdown"]);
    expect(out.split("\n", 2)).toEqual([
      "<!-- offtake plan: lab -->",
      "### Offtake: 1 of 2 requests would come out otherwise",
    ]);
    expect(out).toContain("| notices | 1 | 1 |  |");
    expect(out).toContain("~ request p1\n~   notice to ALFA Cloud");
  });

  test("adds an agreement, drops one, takes a folder of them or a whole book, and asks about a name that is nearly known", async () => {
    desk.write(
      "new/alfaa.yaml",
      AMENDED.replace("name: lab-alfa", "name: lab-alfaa").replace("id: r1,", "id: r7, rank: 3,"),
    );
    const added = await desk.run(["plan", "world.yaml", "--amend", "new", ...AT]);
    expect(added.out).toContain("+ agreement lab-alfaa");
    expect(added.err.replace(/\s+/g, " ")).toContain(
      "lab-alfaa is a new name and comes beside lab-alfa: did you mean to replace it?",
    );
    const dropped = await desk.run(["plan", "world.yaml", "--drop", "lab-alfa", ...AT]);
    expect(dropped.out).toContain("- agreement lab-alfa");
    expect(dropped.out).toContain("- notice to ALFA Cloud");
    desk.write("whole.yaml", BOOK.replace("window: 5 business days", "window: 6 business days"));
    const whole = await desk.run(["plan", "world.yaml", "--amend", "whole.yaml", ...AT]);
    expect(whole.out).toContain("~ agreement lab-alfa");
    const early = await desk.run(["plan", "world.yaml", "--amend", "amended.yaml", "--at", "2025-06-01T00:00:00Z"]);
    expect(early.err.replace(/\s+/g, " ")).toContain(
      "lab-alfa takes force on Thu 1 Jan 2026, and every request is sent before",
    );
  });

  test("a comment stays below the limit of GitHub however much changes, and holds no markup of the files", async () => {
    const rows = Array.from(
      { length: 2500 },
      (_, index) => `x${index},GB200:${8 * (1 + (index % 60))}/8,2027-01-01,90d,us-central,inference`,
    );
    desk.write("many.csv", `id,request,from,for,region,purpose\n${rows.join("\n")}\n`);
    desk.write("odd.yaml", BOOK.replace(/name: ALFA Cloud/, 'name: "ALFA ``` @everyone <b>"'));
    const { out } = await desk.run([
      "plan",
      "odd.yaml",
      "--amend",
      "amended.yaml",
      "--requests",
      "many.csv",
      ...AT,
      "--markdown",
    ]);
    expect(out.length).toBeLessThan(65_536);
    expect(out).toMatch(/~ and [\d,]+ more changes: offtake plan --json has all of them/);
    expect(out.match(/```/g)).toHaveLength(2);
  });

  test("a bare price is in the currency of the book, and a time made up is whole days of its zone", async () => {
    desk.write("euro.yaml", BOOK.replace("keeper: lab", "keeper: lab\ncurrency: EUR"));
    const wish = ["GB200:8/8@us-central", "--from", "2027-03-01", "--for", "9d", "--max-price"];
    const euro = await desk.run(["plan", "euro.yaml", ...wish, "3.00", ...AT]);
    expect(euro.out.replace(/\s+/g, " ")).toContain("at most 3.00 EUR");
    expect(euro.out.replace(/\s+/g, " ")).toContain(
      "nothing can be awarded: a price or a promise is in another currency",
    );
    const dollar = await desk.run(["plan", "world.yaml", ...wish, "$3.00", ...AT]);
    expect(dollar.out.replace(/\s+/g, " ")).toContain("at most $3.00");
    const { out } = await desk.run(["plan", "world.yaml", "GB200:8/8@us-central", ...AT]);
    expect(out).toMatch(/from \w+ \d+ \w+ \d+ to \w+ \d+ \w+ \d+,/);
    expect(out.replace(/\s+/g, " ")).toContain("90 days, beginning 30 days from now");
  });

  test.each([
    [["--request", "H100:abc"], 7, "invalid_document"],
    [["--request", "q1", "--at", "tomorrow"], 3, "no instant"],
    [["--lead", "soon"], 3, "--lead soon is no length"],
    [["H100:8", "--for", "180d"], 3, "--from says when it begins"],
    [["H100:8", "--from", "2027-03-01"], 3, "--for or --to says when it ends"],
    [["H100:8", "--from", "2027-03-01", "--for", "long"], 3, "--for long is no length"],
    [["H100:8", "--from", "2027-03-01", "--for", "9d", "--to", "2027-03-09"], 3, "name one"],
    [["H100:8@us-east", "--region", "us"], 3, "says already what --region says"],
    [["request.yaml", "--purpose", "training"], 3, "--purpose is for a request in one line"],
    [["--amend", "nowhere.yaml"], 5, "file_not_found"],
    [["--amend", "world.yaml", "--amend", "world.yaml"], 3, "two whole books"],
    [["--amend", "request.yaml"], 7, "wrong_schema"],
    [["--drop", "lab-alpha"], 5, 'Did you mean "lab-alfa"'],
    [["--amend", "amended.yaml", "--json", "--markdown"], 3, "name one of the two"],
    [["q1", "--markdown"], 3, "--markdown is for a comparison"],
    [["q1", "--requests", "many.csv"], 3, "--requests is for a comparison"],
    [["--amend", "amended.yaml", "--html", "page.html"], 3, "--html is for a plan of its own"],
    [["--book", "world.yaml", "q1"], 3, "name one of the two"],
    [["--amend", "amended.yaml", "--requests", "nowhere.csv"], 5, "file_not_found"],
    [["--amend", "amended.yaml", "--requests", "amended.csv"], 7, "no column `wish`"],
    [["--amend", "amended.yaml", "--request", "q1", "--request", "q1"], 7, "duplicate_id"],
  ])("refuses %j", async (args, exit, hint) => {
    const { code, err } = await desk.run(["plan", "world.yaml", ...args]);
    expect([code, err]).toEqual([exit, expect.stringContaining(hint)]);
  });
});
