import { agreement, party, r1, r2 } from "../agreements/f0.ts";
import { type BookEvent } from "../book/events.ts";
import { at, q1 } from "../requests/f0.ts";
import { MARKET } from "./sample-market.fixture.ts";
import { NOTICES } from "./sample-notices.fixture.ts";
import { PAPERS } from "./sample-papers.fixture.ts";
import { id, lot, NOTICE, bid, type Samples } from "./sample-parts.fixture.ts";
import { REQUESTS } from "./sample-requests.fixture.ts";

export { bid, NOTICE, POLICY } from "./sample-parts.fixture.ts";

/** The sample of each type; a type that has none does not compile. */
export const SAMPLES: Samples = { ...PAPERS, ...REQUESTS, ...NOTICES, ...MARKET };

const before = at("2026-09-14T17:00:00Z");

/** What happened before every sample. */
export const PRELUDE: readonly BookEvent[] = [
  { ...SAMPLES.bookOpened, at: before },
  ...["lab", "alfa", "beta", "gamma", "kappa", "corvid", "zeta"].map(
    (name): BookEvent => ({ type: "partyRecorded", at: before, party: party(name) }),
  ),
  { ...SAMPLES.policyRecorded, at: before },
  { type: "agreementRecorded", at: before, agreement: agreement("lab-alfa", { clauses: [r1()] }) },
  {
    type: "agreementRecorded",
    at: before,
    agreement: agreement("lab-beta", { provider: id("beta"), clauses: [r2()] }),
  },
  { ...SAMPLES.blockRecorded, at: before, block: { ...SAMPLES.blockRecorded.block, id: id("g-1") } },
  { ...SAMPLES.offerListed, at: before, offer: { ...SAMPLES.offerListed.offer, id: id("list-1") } },
  { ...SAMPLES.standingAnswerGiven, at: before, standing: { ...SAMPLES.standingAnswerGiven.standing, id: "sa-1" } },
  { ...SAMPLES.waiverGranted, at: before, waiver: { ...SAMPLES.waiverGranted.waiver, id: "wvr_1" } },
  { ...SAMPLES.requestSubmitted, at: before, request: q1() },
  { type: "lotFormed", at: before, lot },
  { type: "noticeSent", at: before, notice: NOTICE },
  { ...SAMPLES.holdPlaced, at: before, hold: id("hld_1") },
  {
    ...SAMPLES.tenderOpened,
    at: before,
    tender: { ...SAMPLES.tenderOpened.tender, id: id("tnd_1"), round: 1 },
    invitations: ["gamma", "kappa"].map((name) => ({ id: id(`inv_${name}`), tender: id("tnd_1"), provider: id(name) })),
  },
  { ...SAMPLES.bidReceived, at: before, bid: bid("bid_gamma", "gamma", 2.6) },
  { ...SAMPLES.bidReceived, at: before, bid: bid("bid_kappa", "kappa", 2.71) },
  { ...SAMPLES.awardIssued, at: before, award: { ...SAMPLES.awardIssued.award, id: id("awd_1") } },
];
