import type { PartyId } from "@offtake/core/kernel";
import { openKept } from "../kept.fixture.ts";
import { openApiDocument } from "../openapi.ts";
import { API_VERSION, ROUTES } from "../routes.ts";
import { type Beginning, servedBook } from "../world.fixture.ts";
import { type Fuzzed, fuzz, type Known } from "./fuzz.fixture.ts";
import type { Node } from "./values.fixture.ts";

const request = (from: string) => ({
  accelerators: "H100",
  count: 96,
  regions: "us",
  window: { from, for: "7 days" },
  purpose: "inference",
  cap: "3 USD/h",
});
const YAML = `schema: offtake/agreement@1
name: lab-northlight
parties: { buyer: lab, provider: northlight }
effective: { from: 2036-01-01, to: 2040-12-31 }
holidays: us-federal
clauses:
  - { id: may-match, kind: match, scope: { accelerators: [H100] }, window: 3 business days }
`;

const SMALL_BOOK = `schema: offtake/book@1
keeper: aurora
zone: UTC
parties:
  - { id: aurora, name: Aurora, roles: buyer }
`;

const KNOWN: Known = {
  requestSubmit: ["2036-02-04", "2036-06-01", "2037-01-01"].flatMap((from) => [
    request(from),
    { ...request(from), unfilled: "close", block: 8 },
    { ...request(from), approvals: ["cfo"] },
    // Its market is open for a while, and what is not filled stays open.
    ...["02T05", "04T17", "10T17", "18T17"].map((closes) => ({
      ...request(from),
      bidsCloseAt: `2036-01-${closes}:00:00Z`,
      unfilled: "keep",
    })),
  ]),
  requestPlan: [request("2036-02-04")],
  partyRecord: [
    { id: "quill", name: "Quill", roles: "provider" },
    { id: "northlight", name: "Northlight", roles: ["provider", "holder"] },
  ],
  policyRecord: [
    { tenderWindow: "0 hours", tie: "none", awardConfirmation: "at-once" },
    { tenderWindow: "24 hours", tie: "none", awardConfirmation: "by-signature" },
  ],
  exchangeRateRecord: [{ from: "EUR", to: "USD", rate: "1.08", at: "2036-01-01T00:00:00Z", source: "ECB" }],
  agreementAssign: [{ from: "meridian", to: "northlight", consented: true }],
  agreementRenewalStop: [{}],
  tenderOpen: [{}],
  namedTermsDecide: [{ take: true }, { take: false }],
  answerRecord: [{ answer: { type: "refuse", reason: "full" }, signer: "P. Roe", medium: "mail", file: "{file}" }],
  quoteRecord: [
    {
      bidder: "northlight",
      bid: { count: 32, price: "2.10 USD/h", validUntil: "2038-01-01" },
      medium: "letter",
      file: "{file}",
    },
  ],
  awardScenariosManual: [{ parts: [{ bid: "{bid}", count: 8 }] }],
  awardChooseManual: [{ parts: [{ bid: "{bid}", count: 8 }] }],
  awardDefaultReport: [{ provider: "northlight", why: "no power" }],
  purposeUseRecord: [{ month: "2036-02", uses: [{ purpose: "inference", acceleratorSeconds: 3600 }] }],
  deputyEnd: [{ person: "{person}", deputy: "{person}" }],
  approvalAssign: [{ person: "{person}" }],
  requestRevise: [request("2036-02-04"), { ...request("2036-02-04"), count: 200 }],
  noticeAnswer: [{ type: "accept", count: 64, blocks: ["m1"] }, { type: "refuse", reason: "full" }, { type: "accept" }],
  bidPlace: [
    { count: 32, price: "2.40 USD/h", blocks: ["n1"], validUntil: "2038-01-01" },
    { line: 1, price: "1.10 USD/h", validUntil: "2038-01-01" },
  ],
  awardChoose: [
    { to: "northlight", count: 8, price: "2 USD/h", blocks: ["n1"] },
    { to: "northlight", count: 8, price: "2 USD/h" },
  ],
  agreementPlan: [{ files: [{ name: "a.yaml", text: YAML }] }],
  agreementApply: [{ files: [{ name: "a.yaml", text: YAML }] }],
  blockRecord: [
    {
      id: "n1",
      provider: "northlight",
      accelerator: "H100",
      region: "us",
      count: 256,
      window: { from: "2026-01-01", to: "2040-12-31" },
    },
  ],
  offerRecord: [
    {
      id: "list",
      provider: "northlight",
      accelerator: "H100",
      region: "us",
      price: "2.30 USD/h",
      blocks: "n1",
      standing: true,
    },
  ],
  standingAnswerGive: [
    { id: "takes-what-it-can", party: "meridian", answer: "refuse", scope: { accelerators: ["A100"] } },
    { id: "takes-what-it-can", party: "meridian", answer: { accept: { blocks: "m1" } }, byCapacity: true },
  ],
  partyEligibilityRecord: [{ eligible: true, reason: "checked", from: "2036-01-01T00:00:00Z" }],
  bookCreate: [{ book: "made", files: [{ name: "book.yaml", text: SMALL_BOOK }] }],
  waiverGrant: [
    { id: "meridian.w1", right: "lab-meridian/first", standing: true },
    { id: "meridian.w2", right: "lab-meridian/first", from: "2036-03-01", to: "2036-04-01" },
  ],
  calendarRecord: [{ id: "own", source: "us", years: { from: 2036, to: 2037 }, holidays: ["2036-07-04"] }],
  awardApprove: [{ confirm: true }, { confirm: false }],
  agreementStatusChange: [
    { status: "suspended", why: "in default" },
    { status: "active", why: "cured" },
  ],
  agreementConfirm: [{ clause: "first-refusal" }, { clause: "first-refusal", by: "R. Weiss" }],
  agreementTerminate: [{ effective: "2039-01-01" }],
  bidExtend: [{ until: "2038-06-01" }],
  loginExchange: [{ code: "offl_nothing" }],
  memberInvite: [
    { name: "Ada", roles: ["procurement", "auditor"] },
    { name: "Bea", roles: ["admin", "procurement"] },
  ],
  memberRolesSet: [{ roles: ["engineer"] }, { roles: ["auditor", "procurement"] }],
  memberRemove: [{}],
  keyCreate: [{ person: "{person}", label: "x", roles: ["procurement"] }],
  keyRotate: [{}],
  groupSet: [{ provider: "sso", group: "g", roles: ["engineer"] }],
  groupRemove: [{ provider: "sso", group: "g" }],
  grantGive: [
    {
      person: "{person}",
      requests: ["{request}"],
      from: "2036-01-01T00:00:00Z",
      to: "2036-02-01T00:00:00Z",
      why: "audit",
    },
  ],
  deputySet: [{ person: "{person}", deputy: "{person}", from: "2036-01-01T00:00:00Z", to: "2036-02-01T00:00:00Z" }],
  approvalRuleSet: [{ kinds: ["waiver"], roles: ["legal"], people: 1 }],
  noticeFormSet: [
    { method: "courier", addressee: { name: "Meridian", lines: ["1 Way", "Town"] }, copies: [], language: "en" },
    { addressee: { name: "M", lines: [], email: "m@meridian.example" }, copies: [], language: "de" },
  ],
  webhookCreate: [{ url: "https://hooks.invalid/a" }, { url: "https://hooks.invalid/b", types: ["notice.*"] }],
  webhookUpdate: [{ status: "off" }, { url: "https://hooks.invalid/c", types: [] }],
  channelSet: [{ kind: "slack", url: "https://hooks.slack.com/services/T0/B0/x" }],
  taskComplete: [{ reservation: "r-17" }, { reservation: "r-18", fields: { rack: "a1" } }],
  deliveryRecord: [{ event: "delivered", channel: "portal" }],
};

/** The small book under calls by all of its parties, and by somebody who is none: in memory, and nothing that a database would keep. */
export function fuzzSmallBook(seed: string, calls: number, progress?: (done: number) => void): Promise<Fuzzed> {
  return fuzzServed({}, seed, calls, progress);
}

/** The same with everything there is: members, keys, approvals, letters, links, files, webhooks, chats, calendars, evidence, tasks. */
export async function fuzzWholeBook(seed: string, calls: number, progress?: (done: number) => void): Promise<Fuzzed> {
  const { database, close } = await openKept("small");
  try {
    return await fuzzServed({ database }, seed, calls, progress);
  } finally {
    await close();
  }
}

async function fuzzServed(
  beginning: Beginning,
  seed: string,
  calls: number,
  progress?: (done: number) => void,
): Promise<Fuzzed> {
  const served = await servedBook({ clock: () => performance.now() * 1_000 }, beginning);
  const document = JSON.parse(JSON.stringify(openApiDocument(ROUTES, API_VERSION))) as Node;
  try {
    return await fuzz({
      app: served.app,
      document,
      seed,
      calls,
      parties: ["lab", "lab", "meridian", "northlight", "nobody"],
      names: NAMES,
      known: KNOWN,
      often: OFTEN,
      tick: () => hoursPass(served),
      ...(progress === undefined ? {} : { progress }),
    });
  } finally {
    await served.close();
  }
}

/** Most of what there is to do hangs on a request; the rest keeps somebody there to do it. */
const OFTEN = [
  ...Array.from({ length: 8 }, () => "requestSubmit"),
  "memberInvite",
  "partyEligibilityRecord",
  "blockRecord",
  "offerRecord",
  "fileAdd",
];
const HOURS = 2;

/** What falls due on the way is decided. */
async function hoursPass({ node, pass, now }: Awaited<ReturnType<typeof servedBook>>): Promise<void> {
  pass(HOURS * 3_600_000);
  for (let due = node.nextDue(); due !== undefined && due <= now(); due = node.nextDue()) {
    const before = due;
    await node.submit({ body: { type: "passTime" }, actor: "lab" as PartyId, key: `due ${due} ${now()}` });
    if (node.nextDue() === before) return;
  }
}

const NAMES = [
  "lab",
  "meridian",
  "northlight",
  "lab-meridian",
  "first",
  "m1",
  "n1",
  "list",
  "takes-what-it-can",
  "nothing",
  "cfo",
];
