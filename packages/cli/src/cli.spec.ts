import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { AMENDED, BOOK, caseOf, Desk, STORY } from "./cli.fixture.ts";

const AT = ["--at", "2026-09-14T17:00:00Z"] as const;

let desk: Desk;

beforeAll(() => {
  desk = new Desk();
  desk.write("world.yaml", BOOK);
  desk.write("amended.yaml", AMENDED);
  desk.write("cases/good.yaml", caseOf("good").replace("world.yaml", "../world.yaml"));
  desk.write("bad.yaml", caseOf("bad", 608));
  desk.write("story/story.yaml", STORY.replace("world.yaml", "../world.yaml"));
  desk.write("scenarios/small/story.yaml", STORY.replace("world.yaml", "../../world.yaml"));
  desk.write("broken.yaml", BOOK.replace("keeper: lab", "keper: lab").replace("roles: buyer", "roles: byer"));
});

afterAll(() => desk.clear());

const json = (text: string): Record<string, unknown> => JSON.parse(text) as Record<string, unknown>;

describe("the command line", () => {
  test("helps with examples first, and names its exit codes", async () => {
    const { code, out } = await desk.run([]);
    expect(code).toBe(0);
    expect(out.indexOf("Examples:")).toBeLessThan(out.indexOf("Usage: offtake"));
    expect(out).toContain("7 invalid document");
    expect((await desk.run(["test", "--help"])).out).toMatch(/--json[^]*--twins/);
    expect((await desk.run(["--version"])).out).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  test.each([
    [["tset"], "test"],
    [["test", "--jsn", "x"], "--json"],
    [["test"], "missing required argument"],
  ])("says what is wrong with %j, and ends with 3", async (args, hint) => {
    const { code, out, err } = await desk.run(args);
    expect(code).toBe(3);
    expect(out).toBe("");
    expect(err).toContain(hint);
    expect(err).not.toMatch(/\n\s+at /);
  });

  test.each([
    [{}, false],
    [{ outIsTerminal: true }, true],
    [{ outIsTerminal: true, env: { NO_COLOR: "1" } }, false],
    [{ outIsTerminal: true, env: { TERM: "dumb" } }, false],
    [{ env: { CLICOLOR_FORCE: "1" } }, true],
  ])("with %j its colours are %j", async (surroundings, coloured) => {
    const { out } = await desk.run(["test", "cases"], surroundings);
    expect(out.includes("\u001b[")).toBe(coloured);
  });

  test("stops between two steps once it is interrupted, with 130", async () => {
    const interrupted = new AbortController();
    interrupted.abort();
    expect((await desk.run(["test", "cases"], { signal: interrupted.signal })).code).toBe(130);
    expect((await desk.run(["run", "story"], { signal: interrupted.signal })).code).toBe(130);
  });
});

describe("offtake test", () => {
  test("passes a case that holds, and says how many did", async () => {
    const { code, out } = await desk.run(["test", "cases"]);
    expect(code).toBe(0);
    expect(out).toContain("✓ good  ALFA takes a part");
    expect(out).toContain("1 passed, 0 failed (cases)");
  });

  test("fails one that does not, with what was expected, what happened, why, and where", async () => {
    const { code, out } = await desk.run(["test", "cases", "bad.yaml"]);
    expect(code).toBe(1);
    expect(out).toContain("bad.yaml:11:14");
    expect(out).toContain("expected  awarded: {to: alfa, count: 608}");
    expect(out).toContain("count is 600, not 608");
    expect(out).toContain("ALFA Cloud was asked first");
  });

  test("reports to machines", async () => {
    const { code, out } = await desk.run(["test", "cases", "bad.yaml", "--json"]);
    expect(code).toBe(1);
    const report = json(out);
    expect(report).toMatchObject({ passed: 1, failed: 1, skipped: 0 });
    expect(report["cases"]).toMatchObject([
      { id: "good", status: "passed", file: "cases/good.yaml" },
      {
        id: "bad",
        status: "failed",
        failures: [{ file: "bad.yaml", line: 11, expected: "awarded: {to: alfa, count: 608}" }],
      },
    ]);
  });

  test("runs twins, each of which must fail", async () => {
    const { code, out } = await desk.run(["test", "cases", "--twins", "--json"]);
    expect(code).toBe(0);
    expect(json(out)).toMatchObject({ passed: 4, failed: 0, skipped: 0 });
    expect((await desk.run(["test", "bad.yaml", "--twins"])).code).toBe(1);
  });

  test("fails a file that is no case with its problems, and refuses two cases of one id", async () => {
    desk.write(
      "typo/a.yaml",
      caseOf("a").replace("world.yaml", "../world.yaml").replace("do: accept, count:", "do: accept, conut:"),
    );
    const broken = await desk.run(["test", "typo", "--json"]);
    expect(broken.code).toBe(7);
    expect(json(broken.out)["cases"]).toMatchObject([
      {
        id: "a",
        status: "failed",
        failures: expect.arrayContaining([
          expect.objectContaining({ line: 8, happened: expect.stringContaining("there is no key `conut` here") }),
        ]),
      },
    ]);
    desk.write("twice/a.yaml", caseOf("a").replace("world.yaml", "../world.yaml"));
    desk.write("twice/b.yaml", caseOf("a").replace("world.yaml", "../world.yaml"));
    const twice = await desk.run(["test", "twice"]);
    expect(twice.out).toContain("a is the id of twice/a.yaml, too");
    expect(twice.code).not.toBe(0);
  });

  test("ends with 5 where there is nothing to run", async () => {
    expect(await desk.run(["test", "nowhere"])).toMatchObject({
      code: 5,
      err: expect.stringContaining("[file_not_found]"),
    });
    expect(await desk.run(["test", "scenarios", "--json"])).toMatchObject({
      code: 5,
      out: expect.stringContaining("no_cases"),
    });
  });
});

describe("offtake validate", () => {
  test("accepts books, cases, stories and agreements by what their schema line says", async () => {
    const { code, out } = await desk.run(["validate", "world.yaml", "amended.yaml", "bad.yaml", "story", "--json"]);
    expect(code).toBe(0);
    expect(json(out)["documents"]).toMatchObject([
      { kind: "book", name: "lab", valid: true },
      { kind: "agreement", name: "lab-alfa", valid: true },
      { kind: "case", name: "bad", valid: true },
      { kind: "story", name: "small", valid: true },
    ]);
  });

  test("tells problems with file, line, column, what was expected, and what is near", async () => {
    const { code, out } = await desk.run(["validate", "broken.yaml"]);
    expect(code).toBe(7);
    expect(out).toMatch(/broken\.yaml:2:1 keper: .*Did you mean "keeper"\? \[unknown_key\]/);
    expect(out).toMatch(/broken\.yaml:6:\d+ parties\[0\]\.roles.*"buyer"/);
    expect(json((await desk.run(["validate", "broken.yaml", "--json"])).out)).toMatchObject({ valid: false });
  });

  test("joins the files of a folder into one book, and leaves other tools' files alone", async () => {
    const [head = "", requests = ""] = BOOK.split("requests:\n");
    desk.write("parted/book.yaml", head);
    desk.write("parted/requests.yaml", `schema: offtake/book@1\nrequests:\n${requests}`);
    desk.write("parted/other.yaml", "services: { web: {} }\n");
    const { code, out } = await desk.run(["validate", "parted"]);
    expect(out).toContain("1 document valid");
    expect(code).toBe(0);
    expect((await desk.run(["validate", "parted/other.yaml"])).out).toContain("[wrong_schema]");
  });

  test("finds what the core would not take", async () => {
    const looping = BOOK.replace(
      "requests:",
      "rates:\n  - { from: USD, to: EUR, rate: 0.92, at: 2026-01-01T00:00:00Z, source: ours }\nrequests:",
    ).replace("holidays: us-federal", "holidays: [us-federal, nowhere]");
    desk.write("unfit.yaml", looping);
    expect((await desk.run(["validate", "unfit.yaml"])).code).toBe(7);
  });
});

describe("a narrow terminal", () => {
  test.each([
    ["explain", "cases/good.yaml"],
    ["run", "story"],
  ])("offtake %s %s breaks its lines, and bullets keep their place", async (command, what) => {
    const { out } = await desk.run([command, what], { width: 72 });
    const long = out.split("\n").filter((line) => line.length > 72 && !line.startsWith("1 request, "));
    expect(long).toEqual([]);
    expect(out).toMatch(/^\* [^\n]+\n {2}- /m);
    const wide = await desk.run([command, what], { width: 2000 });
    expect(wide.out.split("\n").length).toBeLessThan(out.split("\n").length);
  });
});

describe("a file of another kind", () => {
  test.each([
    [["run", "cases/good.yaml"], "is a case and no story; for this there is offtake test"],
    [["explain", "world.yaml"], "is a book and no story or case; for this there is offtake plan"],
    [["plan", "world.yaml", "--amend", "cases/good.yaml"], "is a case and no agreement"],
    [["test", "world.yaml"], "this is a book, and cases are run"],
  ])("%j says what it is", async (args, expected) => {
    const { code, out, err } = await desk.run(args);
    expect(code).toBe(7);
    expect(out + err).toContain(expected);
  });
});

describe("offtake run", () => {
  test("tells what happened in the words of the first hour, then what became of each request and of the news", async () => {
    const { code, out, err } = await desk.run(["run", "story", "--once"]);
    expect([code, err]).toEqual([0, ""]);
    for (const word of ["agreement", "right", "request", "notice", "answer", "award", "evidence"])
      expect(out.slice(0, 3000).toLowerCase()).toContain(word);
    const flat = out.replaceAll(/\s+/g, " ");
    expect(flat).toContain("to ALFA Cloud, asked first: 1,024 at $3.00 per accelerator-hour");
    expect(flat).toContain("answer by Mon 21 Sep 2026 17:00 PDT: accepted 600 of 1,024");
    expect(flat).toContain("GAMMA 424 at $2.60 per accelerator-hour");
    expect(flat).toContain("(first refusal: the right to be asked before others");
    expect(flat).toContain("ALFA Cloud is asked before others (first refusal) by clause r1");
    expect(out).toMatch(/runs\s+(the news|"the news")/);
    expect(out).toContain(
      "1 request, 1 awarded in full; 2 elements of the news: 1 run, 0 recorded, 1 not yet; the one expectation held.",
    );
  });

  test("is found by its name, and reports to machines", async () => {
    const { code, out } = await desk.run(["run", "small", "--json"]);
    expect(code).toBe(0);
    expect(json(out)).toMatchObject({
      story: { id: "small" },
      passed: true,
      requests: [
        {
          request: "q1",
          asked: [{ holder: "alfa", respondBy: "2026-09-22T00:00:00Z" }],
          awards: [
            { provider: "alfa", price: "3.00 USD/h" },
            { provider: "gamma", cost: expect.stringMatching(/ USD$/) },
          ],
          explanation: { subject: "q1" },
        },
      ],
      elements: [{ state: "runs" }, { state: "not yet" }],
    });
  });

  test("fails where an expectation of the story did not hold, and where there is no such story", async () => {
    desk.write(
      "wrong/story.yaml",
      STORY.replace("world.yaml", "../world.yaml").replace("to: alfa, count: 600 }\nel", "to: alfa, count: 7 }\nel"),
    );
    expect(await desk.run(["run", "wrong"])).toMatchObject({
      code: 1,
      err: expect.stringContaining("count is 600, not 7"),
    });
    expect(await desk.run(["run", "smal"])).toMatchObject({
      code: 5,
      err: expect.stringContaining('Did you mean "small"?'),
    });
    expect((await desk.run(["run", "world.yaml"])).code).toBe(7);
  });
});

describe("offtake explain", () => {
  test("explains to the keeper, and to a party only what it may know", async () => {
    const keeper = await desk.run(["explain", "story", "--request", "q1"]);
    expect(keeper.out).toContain("ALFA Cloud was asked first");
    const gamma = await desk.run(["explain", "cases/good.yaml", "--as", "gamma"]);
    expect(gamma.code).toBe(0);
    expect(gamma.out).toContain("selected: 424");
    expect(gamma.out).not.toMatch(/alfa/i);
    expect(json((await desk.run(["explain", "story", "--as", "alfa", "--json"])).out)).toMatchObject({
      reader: "alfa",
      explanations: [{ audience: "holder" }, { audience: "bidder" }],
    });
  });

  test.each([
    [["--request", "q9"], 5, "unknown_request"],
    [["--as", "nobody"], 5, "unknown_party"],
    [["--zone", "Mars/Base"], 3, "unknown_zone"],
  ])("refuses %j", async (args, exit, hint) => {
    const { code, err } = await desk.run(["explain", "story", ...args]);
    expect([code, err]).toEqual([exit, expect.stringContaining(hint)]);
  });
});

describe("offtake replay", () => {
  const TRACE =
    "timestamp,duration,num_gpus,gpu_time,cluster\n2027-01-04 09:00:00,3600,8,28800,a1\n2027-01-04 09:10:00,7200,16,115200,b2\n2027-01-04 09:20:00,60,1,60,a1\n";

  test("resolves every job of a trace and says what became of them", async () => {
    desk.write("jobs.csv", TRACE);
    desk.write(
      "fast.yaml",
      BOOK.replace("tenderWindow: 24 hours", "tenderWindow: 0 hours")
        .replace("block: 8, blocks: g1", "blocks: g1")
        .replace("requests:", "standingAnswers:\n  - { id: no, party: alfa, answer: refuse }\nrequests:"),
    );
    const { code, out, err } = await desk.run(["replay", "jobs.csv", "--book", "fast.yaml", "--json"]);
    expect([code, err]).toEqual([0, ""]);
    expect(json(out)).toMatchObject({ jobs: 3, trace: { rows: 3, dropped: 0 }, timeMs: { all: expect.any(Number) } });
    const text = await desk.run(["replay", "jobs.csv", "--book", "fast.yaml"]);
    expect(text.out).toContain("3 jobs of");
    expect(text.out).toContain("A load test");
  });

  test("keeps and tells everything with --durable, and comes to the same", async () => {
    desk.write("past.csv", TRACE.replaceAll("2027-01-04", "2017-10-05"));
    const book = new URL("../../../scenarios/philly-2017/book.yaml", import.meta.url).pathname;
    const args = ["replay", "past.csv", "--book", book];
    const { jobs, outcomes, events } = json((await desk.run([...args, "--json"])).out) as {
      readonly jobs: number;
      readonly events: number;
      readonly outcomes: unknown;
    };
    const { code, out } = await desk.run([...args, "--durable"]);
    expect(code).toBe(0);
    expect(out).toMatch(new RegExp(`${jobs} jobs of`));
    expect(out).toContain(`${events} events in`);
    expect(out).toMatch(/\n\d+ records: in the log after [\d.]+ s, in everybody's feed and views after [\d.]+ s\.\n/);
    expect(outcomes).toMatchObject({ awarded_full: 3 });
    const ahead = await desk.run([...args, "--durable", "--start", "2126-01-05T09:00:00Z"]);
    expect([ahead.code, ahead.err]).toEqual([3, expect.stringContaining("give an earlier --start")]);
  }, 120_000);

  test.each([
    [["nowhere.csv", "--book", "world.yaml"], 5, "file_not_found"],
    [["world.yaml", "--book", "world.yaml"], 7, "unknown_trace"],
    [["jobs.csv", "--book", "world.yaml", "--repeated", "maybe"], 3, "keep or drop"],
    [["jobs.csv", "--book", "world.yaml", "--cap", "3"], 7, "wrong_unit"],
    [["jobs.csv", "--book", "world.yaml", "--accelerator", "H1000"], 7, "unknown_accelerator"],
    [["jobs.csv"], 3, "--book"],
  ])("refuses %j", async (args, exit, hint) => {
    desk.write("jobs.csv", TRACE);
    const { code, err } = await desk.run(["replay", ...args]);
    expect([code, err]).toEqual([exit, expect.stringContaining(hint)]);
  });
});

describe("the small commands", () => {
  test("list the agreements of a book", async () => {
    const { out } = await desk.run(["agreement", "list", "world.yaml", ...AT]);
    expect(out).toMatch(
      /lab-alfa +ALFA Cloud +first refusal · offer-first +spend \$250,000,000\.00 +● Active \(1,570 days left\)/,
    );
    expect(JSON.parse((await desk.run(["agreement", "list", "world.yaml", "--json"])).out)).toMatchObject([
      { name: "lab-alfa", rights: ["first refusal · offer-first"] },
    ]);
  });

  test("print schemas", async () => {
    expect((await desk.run(["schema"])).out.split("\n")).toContain("case");
    expect(json((await desk.run(["schema", "case"])).out)).toMatchObject({ title: "Offtake case" });
    expect(await desk.run(["schema", "cse"])).toMatchObject({ code: 5, err: expect.stringContaining('"case"') });
  });

  test("say what words and codes mean", async () => {
    expect((await desk.run(["docs"])).out).toContain("Seven words carry the first hour");
    expect((await desk.run(["docs", "Tail"])).out).toContain("after a refusal");
    expect((await desk.run(["docs", "notice_not_open"])).out).toContain("not open");
    expect((await desk.run(["docs", "xyzzy"])).code).toBe(5);
  });
});
