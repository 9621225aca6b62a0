import { Random } from "@offtake/core/kernel";
import { RIVALS, WAITING } from "./scene.fixture.ts";
import type { World } from "./world.fixture.ts";
import { readsOfThings } from "./looks.fixture.ts";

const week = { from: "2038-05-01", for: "7 days" };
const request = { accelerators: "H100", count: 8, regions: "us", window: week, purpose: "inference", cap: "3 USD/h" };

/** What each rival's things are called where it has them, by the list that they stand in. */
function namesOf(rival: string): readonly (readonly [list: string, name: string])[] {
  return [
    ["parties", rival],
    ["agreements", `lab-${rival}`],
    ["blocks", `${rival}-0`],
    ["blocks", `${rival}-1`],
    ["offers", `list-${rival}`],
    ["standing-answers", `${rival}.rule`],
    ["explanations", rival],
  ];
}

/**
 * A watcher tries everything by which the name of a thing could be told from one that is not there: reads it, acts on it, names it in something
 * of its own, and calls something of its own by it. What it does is done last, since it changes the world.
 */
export async function probe(world: World, who: string, seed: string): Promise<void> {
  const random = new Random(`probe ${seed} ${who}`);
  // Of each kind one for each watcher: over many scenes it comes to all of them.
  const rival = random.pick(RIVALS);
  for (const [list, name] of namesOf(rival))
    for (const path of readsOfThings(world, list)) await world.asks(who, "GET", path.replace(/\{\w+\}/, name));
  await actOn(world, who, rival);
  await nameInOwn(world, who, rival);
  await callByIt(world, who, rival);
  const waiting = random.pick(WAITING);
  await world.asks(who, "GET", `requests/${waiting}`);
  await world.asks(who, "POST", `requests/${waiting}/withdraw`);
  await world.asks(who, "POST", "requests", { body: { ...request, id: waiting, buyer: who } });
}

async function actOn(world: World, who: string, rival: string): Promise<void> {
  const acts: readonly (readonly [method: string, path: string, body?: unknown])[] = [
    ["DELETE", `blocks/${rival}-0`],
    ["DELETE", `offers/list-${rival}`],
    ["DELETE", `standing-answers/${rival}.rule`],
    ["POST", `agreements/lab-${rival}/status`, { status: "suspended", why: "w" }],
    ["POST", `agreements/lab-${rival}/stop-renewal`],
    ["POST", `parties/${rival}/eligibility`, { eligible: false, from: "2036-06-01" }],
  ];
  for (const [method, path, body] of acts)
    await world.asks(who, method, path, { ...(body === undefined ? {} : { body }), headers: { "if-match": "*" } });
}

async function nameInOwn(world: World, who: string, rival: string): Promise<void> {
  const own = { accelerator: "H100", region: "us", count: 8, window: { from: "2026-01-01", to: "2040-12-31" } };
  const acts: readonly (readonly [method: string, path: string, body: unknown])[] = [
    ["PUT", `blocks/${who}.of-${rival}`, { ...own, id: `${who}.of-${rival}`, provider: who, parent: `${rival}-0` }],
    ["PUT", `blocks/${who}.at-${rival}`, { ...own, id: `${who}.at-${rival}`, provider: who, host: rival }],
    ["PUT", `blocks/${who}.by-${rival}`, { ...own, id: `${who}.by-${rival}`, provider: rival }],
    [
      "PUT",
      `offers/${who}.o-${rival}`,
      {
        id: `${who}.o-${rival}`,
        provider: who,
        accelerator: "H100",
        region: "us",
        price: "2 USD/h",
        blocks: `${rival}-0`,
      },
    ],
    ["PUT", `standing-answers/${who}.s-${rival}`, { id: `${who}.s-${rival}`, party: rival, answer: "refuse" }],
    [
      "PUT",
      `standing-answers/${who}.t-${rival}`,
      { id: `${who}.t-${rival}`, party: who, answer: { accept: { blocks: `${rival}-0`, host: rival } } },
    ],
    ["POST", "resale-consents", { host: who, to: rival }],
    ["POST", "resale-consents", { host: rival, to: who }],
    ["POST", `agreements/lab-${who}/assign`, { from: who, to: rival, consented: true }],
    ["POST", "requests", { ...request, id: `${who}.r-${rival}`, buyer: rival }],
    ["PUT", `waivers/${who}.w-${rival}`, { id: `${who}.w-${rival}`, right: `lab-${rival}/other` }],
    [
      "PUT",
      `waivers/${who}.v-${rival}`,
      { id: `${who}.v-${rival}`, right: `lab-${who}/first`, limits: { provider: rival } },
    ],
    [
      "POST",
      "agreements/plan",
      { files: [{ name: "a.yaml", text: agreementWith(who, rival, `own-${who}-${rival}`) }] },
    ],
    [
      "POST",
      "agreements/apply",
      { files: [{ name: "a.yaml", text: agreementWith(who, rival, `own-${who}-${rival}`) }] },
    ],
  ];
  for (const [method, path, body] of acts) await world.asks(who, method, path, { body, headers: { "if-match": "*" } });
}

function agreementWith(who: string, other: string, name: string): string {
  return `schema: offtake/agreement@1
name: ${name}
parties: { buyer: ${other}, provider: ${who} }
effective: { from: 2036-01-01, to: 2040-12-31 }
holidays: us-federal
clauses:
  - { id: may-match, kind: match, scope: { accelerators: [A100] }, window: 3 business days }
`;
}

async function callByIt(world: World, who: string, rival: string): Promise<void> {
  const own = { accelerator: "H100", region: "us", count: 8, window: { from: "2026-01-01", to: "2040-12-31" } };
  const acts: readonly (readonly [method: string, path: string, body: unknown])[] = [
    ["PUT", `blocks/${rival}-0`, { ...own, id: `${rival}-0`, provider: who }],
    [
      "PUT",
      `offers/list-${rival}`,
      { id: `list-${rival}`, provider: who, accelerator: "H100", region: "us", price: "2 USD/h" },
    ],
    ["PUT", `standing-answers/${rival}.rule`, { id: `${rival}.rule`, party: who, answer: "refuse" }],
    ["POST", "agreements/plan", { files: [{ name: "a.yaml", text: agreementWith(who, "lab", `lab-${rival}`) }] }],
    ["POST", "agreements/apply", { files: [{ name: "a.yaml", text: agreementWith(who, "lab", `lab-${rival}`) }] }],
    ["PUT", `parties/${rival}`, { id: rival, roles: "provider" }],
  ];
  for (const [method, path, body] of acts) await world.asks(who, method, path, { body, headers: { "if-match": "*" } });
}
