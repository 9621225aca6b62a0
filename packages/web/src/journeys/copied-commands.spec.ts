import { execFile, spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Schemas } from "@offtake/client";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hasBrowser } from "./browser.fixture.ts";
import { BOOK, KEEPER, ServedBroker } from "./served-broker.fixture.ts";

const OFFTAKE = fileURLToPath(new URL("../../../../bin/offtake.mjs", import.meta.url));
const AS = `as=${encodeURIComponent(KEEPER)}`;

/** Every view of the keeper whose contents can be had at a terminal. Two views of one kind say the same but for the id. */
const VIEWS = [
  "/queue",
  "/requests",
  "/requests?status=open",
  "/requests/inference-2025",
  "/requests/inference-2025/explain",
  "/requests/inference-2025/json",
  "/awards",
  "/agreements",
  "/agreements/microsoft-openai",
  "/dates",
  "/capacity",
  "/position",
  "/prices",
  "/admin/members",
  "/admin/keys",
  "/admin/webhooks",
  "/admin/system",
  "/approvals",
];

const HAS_CURL = spawnSync("curl", ["--version"]).status === 0;
if (!HAS_CURL) process.stderr.write("There is no curl here: calls that pages copy for it are not run.\n");

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

describe.skipIf(!hasBrowser())("what is copied from a page", { timeout: 300_000 }, () => {
  let served: ServedBroker;
  let folder: string;
  let env: NodeJS.ProcessEnv;

  beforeAll(async () => {
    served = await ServedBroker.start();
    folder = mkdtempSync(join(tmpdir(), "offtake-copied-"));
    const command = join(folder, "offtake");
    writeFileSync(command, `#!/bin/sh\nexec "${process.execPath}" "${OFFTAKE}" "$@"\n`);
    chmodSync(command, 0o755);
    env = {
      PATH: `${folder}${delimiter}${process.env["PATH"] ?? ""}`,
      HOME: folder,
      OFFTAKE_CONFIG: join(folder, "settings"),
      OFFTAKE_ADDRESS: served.origin,
      OFFTAKE_PARTY: KEEPER,
      OFFTAKE_TOKEN: await newKey(served),
    };
  }, 240_000);
  afterAll(async () => {
    await served.close();
    rmSync(folder, { recursive: true, force: true });
  }, 120_000);

  /** A text as somebody pastes it into a shell that has a key and nothing else. */
  const pasted = (text: string): Promise<Ran> =>
    new Promise((resolve) => {
      execFile("sh", ["-c", text], { env, cwd: folder, maxBuffer: 1 << 26 }, (error, out, err) =>
        resolve({ code: error === null ? 0 : Number(error.code), out, err }),
      );
    });

  /** A form that is filled in, the plan beside it, and what is copied from it. */
  const filledIn = async () => {
    const { page, wrongs, close } = await served.open("/new-request");
    const planned = page.waitForResponse(async (answer) => {
      if (!answer.url().endsWith("/requests/plan") || !answer.ok()) return false;
      return answer.request().postData()?.includes("2.60") === true;
    });
    await page.getByRole("textbox", { name: "From" }).fill("2030-03-01");
    await page.getByRole("textbox", { name: "Price at most" }).fill("2.60");
    await page.getByRole("textbox", { name: "Price at most" }).press("Tab");
    const { data: shown } = (await (await planned).json()) as { readonly data: object };
    await page.locator("[aria-busy=true]").waitFor({ state: "detached" });
    const steps = await page.getByRole("list", { name: "Steps" }).getByRole("listitem").allInnerTexts();
    const texts = await copied(page);
    expect(wrongs).toEqual([]);
    await close();
    return { shown, steps, ...texts };
  };

  test("[A10] the plan of the form is the plan that its command gives in a shell, [A2] with the same steps", async () => {
    const { shown, steps, cli } = await filledIn();
    expect(cli).toBe(
      "offtake request plan 'h100-sxm-80gb:1024/8@us-*' --from 2030-03-01 --for 90d --purpose training --max-price '2.60 USD/h'",
    );
    const plan = await pasted(`${cli} --json`);
    expect([plan.code, plan.err]).toEqual([0, ""]);
    expect(substance(JSON.parse(plan.out))).toEqual(substance(shown));
    expect(Object.keys(shown)).toContain("requests");
    // Each step of the command is one of the page, in its order, and the page has no other.
    const { requests } = JSON.parse(plan.out) as { readonly requests: readonly PlannedRequest[] };
    const planned = requests.flatMap(({ asked, times }) => [
      ...asked.map(({ holderName, count }) => [holderName, count.toLocaleString("en-US")]),
      ...times.tenders.map(({ count, invited }) => ["Market", count.toLocaleString("en-US"), `${invited} providers`]),
    ]);
    expect(planned.length).toBeGreaterThan(0);
    expect(steps.length).toBe(planned.length);
    for (const [index, parts] of planned.entries()) for (const part of parts) expect(steps[index]).toContain(part);
  });

  test.skipIf(!HAS_CURL)("[A10] the plan of the form is the plan that its call gives in a shell", async () => {
    const { shown, curl } = await filledIn();
    const called = await pasted(curl);
    expect([called.code, called.err]).toEqual([0, ""]);
    expect(substance((JSON.parse(called.out) as { readonly data: unknown }).data)).toEqual(substance(shown));
  });

  test("[A10] every page's command and call run in a shell as they are", async () => {
    const { page, wrongs, close } = await served.open("/queue");
    const texts = new Map<string, string>();
    for (const view of VIEWS) {
      await page.goto(`${served.origin}${view}${view.includes("?") ? "&" : "?"}${AS}`);
      const { cli, curl } = await copied(page);
      texts.set(`${view} ${cli}`, cli);
      if (HAS_CURL) texts.set(`${view} ${curl}`, curl);
    }
    const failed: string[] = [];
    for (const [name, text] of texts) {
      const { code, out, err } = await pasted(text);
      // The broker's no has an exit code at the command, and is a document at the call.
      if (code !== 0 || out.includes('"type":"/problems/'))
        failed.push(`${name}: ${code} ${out.slice(0, 200)} ${err.slice(0, 400)}`);
    }
    expect(failed).toEqual([]);
    expect(texts.size).toBe((HAS_CURL ? 2 : 1) * VIEWS.length);
    expect(wrongs).toEqual([]);
    await close();
  });
});

/** What the menu of a page puts on the clipboard. */
async function copied(page: Page): Promise<{ readonly cli: string; readonly curl: string }> {
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  const take = async (name: string): Promise<string> => {
    await page
      .getByRole("button", { name: /^Copy as/ })
      .first()
      .click();
    await page.getByRole("menuitem", { name }).click();
    await page.getByText(`Copied as ${name}`).first().waitFor();
    return page.evaluate(() => navigator.clipboard.readText());
  };
  return { cli: await take("CLI"), curl: await take("curl") };
}

type PlannedRequest = Pick<Schemas["PlanRequest"], "asked" | "times">;

const INSTANT = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/;
/** What hangs on the very second at which it is planned, and the name that is drawn for what has none. */
const PASSING: ReadonlySet<string> = new Set(["request", "id", "skipped"]);

/** What is planned, without when it was worked out. */
function substance(plan: unknown): unknown {
  return JSON.parse(
    JSON.stringify(plan, (key, value: unknown) => {
      if (PASSING.has(key)) return undefined;
      return typeof value === "string" && INSTANT.test(value) ? "an instant" : value;
    }),
  );
}

/** A key of the keeper's, as a program at a terminal has one. */
async function newKey(served: ServedBroker): Promise<string> {
  const cookie = await served.cookies();
  const { origin } = served;
  const session = (await (await fetch(`${origin}/v1/session`, { headers: { cookie } })).json()) as {
    readonly data: { readonly csrf: string; readonly memberships: readonly { readonly person: string }[] };
  };
  const headers = {
    cookie,
    origin,
    "x-csrf-token": session.data.csrf,
    "offtake-party": KEEPER,
    "content-type": "application/json",
  };
  const roles = ["admin", "procurement", "finance", "engineer", "legal", "provider-desk", "signatory", "operator"];
  const answer = await fetch(`${origin}/v1/books/${BOOK}/keys`, {
    method: "POST",
    headers,
    body: JSON.stringify({ label: "shell", person: session.data.memberships[0]?.person, roles }),
  });
  if (!answer.ok) throw new Error(await answer.text());
  return ((await answer.json()) as { readonly data: { readonly shown: string } }).data.shown;
}
