import { describe, expect, test } from "vitest";
import type { BookEventType } from "../book/events.ts";
import type { PartyId } from "../kernel/index.ts";
import { disclose, disclosures } from "./index.ts";
import { stateAfter } from "./readers.fixture.ts";
import { SAMPLES } from "./samples.fixture.ts";

const ROLES = ["keeper", "holder", "rivalHolder", "bidder", "rivalBidder", "host", "stranger"] as const;
type Role = (typeof ROLES)[number];
type Seen = "itself" | "less" | "nothing";

/** Who of the prelude plays which role towards the samples. */
const PLAYER: Readonly<Record<Role, PartyId>> = {
  keeper: "lab",
  holder: "alfa",
  rivalHolder: "beta",
  bidder: "gamma",
  rivalBidder: "kappa",
  host: "corvid",
  stranger: "zeta",
} as Readonly<Record<Role, string>> as Readonly<Record<Role, PartyId>>;

/** What each role sees of each type of event; who is not named sees nothing. A type without a row does not compile. */
const MATRIX: { readonly [Type in BookEventType]: Partial<Record<Role, Seen>> } = {
  bookOpened: { keeper: "itself" },
  partyRecorded: { keeper: "itself", bidder: "less" },
  eligibilityRecorded: { keeper: "itself", bidder: "itself" },
  defaultRecorded: { keeper: "itself", holder: "itself" },
  calendarRecorded: { keeper: "itself" },
  exchangeRateRecorded: { keeper: "itself" },
  indexValueRecorded: { keeper: "itself" },
  policyRecorded: { keeper: "itself" },
  blockRecorded: { keeper: "itself", bidder: "less" },
  blockWithdrawn: { keeper: "itself", bidder: "itself" },
  offerListed: { keeper: "itself", bidder: "itself" },
  offerWithdrawn: { keeper: "itself", bidder: "itself" },
  standingAnswerGiven: { keeper: "less", holder: "itself" },
  standingAnswerRevoked: { keeper: "itself", holder: "itself" },
  outageRecorded: { keeper: "itself" },
  resaleConsented: { keeper: "itself", bidder: "itself", holder: "itself" },

  agreementRecorded: { keeper: "itself", holder: "less" },
  agreementStatusChanged: { keeper: "itself", holder: "less" },
  conflictFound: { keeper: "itself" },
  conflictDecided: { keeper: "itself" },
  agreementTerminated: { keeper: "itself", holder: "itself" },
  renewalNoticeGiven: { keeper: "itself", holder: "itself" },
  agreementRenewed: { keeper: "itself", holder: "itself" },
  agreementAssigned: { keeper: "itself", holder: "itself", rivalBidder: "less" },
  controlChanged: { keeper: "itself", holder: "itself" },
  retroReviewListed: { keeper: "itself" },
  waiverGranted: { keeper: "itself", holder: "itself" },
  waiverRevoked: { keeper: "itself", holder: "itself" },

  requestSubmitted: { keeper: "itself" },
  requestRevised: { keeper: "itself" },
  requestWithdrawn: { keeper: "itself" },
  requestHeld: { keeper: "itself" },
  approvalGiven: { keeper: "itself" },
  approvalDenied: { keeper: "itself" },
  approvalAwaited: { keeper: "itself" },
  approvalsVoided: { keeper: "itself" },
  lotRestated: { keeper: "itself" },
  lotFormed: { keeper: "itself" },
  lotDropped: { keeper: "itself" },
  lotReassessed: { keeper: "itself" },
  rightsAssessed: { keeper: "itself" },
  clearanceIssued: { keeper: "itself" },
  clearanceVoided: { keeper: "itself" },
  deMinimisCounted: { keeper: "itself" },
  shareBreached: { keeper: "itself" },
  shareMeasured: { keeper: "itself" },
  requestRested: { keeper: "itself" },
  requestClosed: { keeper: "itself" },

  noticeSent: { keeper: "itself", holder: "less" },
  noticeReceived: { keeper: "itself", holder: "less" },
  deliveryFailed: { keeper: "itself", holder: "less" },
  deadlineExtended: { keeper: "itself", holder: "less" },
  answerReceived: { keeper: "itself", holder: "less", host: "less" },
  answerRatified: { keeper: "itself", holder: "less" },
  offerDecided: { keeper: "itself", holder: "less" },
  latenessWaived: { keeper: "itself", holder: "less" },
  noticeClosed: { keeper: "itself", holder: "less" },
  holdPlaced: { keeper: "itself", holder: "less" },
  holdReleased: { keeper: "itself", holder: "less" },
  stageClosed: { keeper: "itself" },

  tenderOpened: { keeper: "itself", bidder: "less" },
  bidReceived: { keeper: "less", bidder: "less" },
  listBidsReceived: { keeper: "less", bidder: "less" },
  bidWithdrawn: { keeper: "itself", bidder: "less" },
  bidExtended: { bidder: "less" },
  extensionAsked: { keeper: "itself", bidder: "less" },
  bidVoided: { bidder: "less" },
  bidsOpened: { keeper: "less" },
  improvementAsked: { keeper: "itself", bidder: "less" },
  invitationsClosed: { keeper: "itself", bidder: "less" },
  evaluated: { keeper: "itself" },

  awardProposed: { keeper: "itself" },
  awardBlocked: { keeper: "itself" },
  awardIssued: { keeper: "itself", holder: "less", bidder: "less", host: "less" },
  awardHeldForDecision: { keeper: "itself" },
  awardConfirmed: { keeper: "itself", holder: "less", bidder: "less" },
  awardDefaulted: { keeper: "itself", bidder: "less" },
};

function seen(type: BookEventType, role: Role): Seen {
  const event = SAMPLES[type];
  const shown = disclose(event, PLAYER[role], stateAfter());
  if (shown === undefined) return "nothing";
  return shown === event ? "itself" : "less";
}

describe("every type of event for every role", () => {
  test.each(Object.keys(MATRIX) as BookEventType[])("[DSC1] %s", (type) => {
    const expected = Object.fromEntries(ROLES.map((role) => [role, MATRIX[type][role] ?? "nothing"]));
    expect(Object.fromEntries(ROLES.map((role) => [role, seen(type, role)]))).toEqual(expected);
  });

  test("[DSC1] nobody but the players is told anything, and everybody once", () => {
    const players: readonly string[] = Object.values(PLAYER);
    for (const event of Object.values(SAMPLES)) {
      const told = disclosures(event, stateAfter()).map((one) => one.party);
      expect(told.filter((party) => !players.includes(party))).toEqual([]);
      expect(new Set(told).size).toBe(told.length);
    }
  });
});
