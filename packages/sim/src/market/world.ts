import type { NoticeParty, Owner, Party, Role, Signatory } from "@offtake/core/agreements";
import type { Policy } from "@offtake/core/book";
import type { ZoneId } from "@offtake/core/calendar";
import { type CalendarId, type Currency, HOUR_MS, money, type PartyId, rational } from "@offtake/core/kernel";
import { recordCapacity } from "./capacity.ts";
import { recordFirstAgreements } from "./agreements.ts";
import type { Play } from "./play.ts";
import { drawSpan, USD, ZONES } from "./terms.ts";

const NAMES = ["alfa", "beta", "gamma", "delta", "epsilon", "zeta"] as const;
const EUR = "EUR" as Currency;

/** Opens the book and records who and what is there before the first request. */
export function openMarket(play: Play): void {
  const { random } = play;
  const sells = random.chance(play.rates.sales, 40);
  const keeper = (sells ? "alfa" : "lab") as PartyId;
  play.submit(
    {
      type: "openBook",
      header: { keeper, kind: sells ? "provider" : "buyer", currency: USD, zone: "America/Los_Angeles" as ZoneId },
    },
    keeper,
  );
  for (const party of drawParties(play)) play.submit({ type: "recordParty", party }, keeper);
  // Some policies are rejected: their windows name no calendar.
  while (play.book.state.policy === undefined)
    play.submit({ type: "recordPolicy", policy: drawPolicy(play, 1) }, keeper);
  if (random.chance(2, 3)) {
    const rate = {
      from: EUR,
      to: USD,
      rate: rational(BigInt(random.between(100, 120)), 100n),
      at: play.now,
      source: "market",
    };
    play.submit({ type: "recordExchangeRate", rate }, keeper);
  }
  recordCapacity(play);
  recordFirstAgreements(play);
}

function drawParties(play: Play): Party[] {
  const { random } = play;
  const count = random.between(3, NAMES.length);
  const parties = [party("lab", ["buyer"]), { ...party("labx", ["buyer"]), owners: [owner("lab", 6_000, true)] }];
  for (const name of NAMES.slice(0, count)) {
    const provider = drawProvider(play, name);
    play.providers.push(provider.id);
    parties.push(provider);
  }
  // Somebody whom agreements may be assigned to, and somebody who only runs machines.
  parties.push(party("alfa2", ["provider", "holder"]), party("hosta", ["host"]));
  play.hosts.push("hosta" as PartyId, "gamma" as PartyId);
  return parties;
}

function drawProvider(play: Play, name: string): Party {
  const { random } = play;
  const owners: Owner[] =
    name === "delta" && random.chance(1, 2)
      ? [owner("lab", random.pick([1_900, 2_000, 4_900]), random.chance(1, 3))]
      : [];
  if (name === "epsilon" && random.chance(1, 3)) owners.push(owner("beta", 3_000, false));
  const base: Party = { ...party(name, ["provider", "holder"]), owners };
  const notice = random.chance(play.rates["slow channels"], 10) ? { notice: drawNoticeParty(play) } : {};
  const signatories = random.chance(play.rates["answers out of authority"], 20) ? { signatories: SIGNATORIES } : {};
  return { ...base, ...notice, ...signatories };
}

function drawNoticeParty(play: Play): NoticeParty {
  const { random } = play;
  return {
    channels: random.pick([["mail", "portal"], ["mail", "courier", "portal"], ["mail"], ["portal", "mail"]]),
    ...(random.chance(1, 2) ? { zone: random.pick(ZONES) } : {}),
    ...(random.chance(1, 2) ? { cutoffMs: random.between(12, 18) * HOUR_MS } : {}),
    ...(random.chance(1, 3) ? { calendars: ["japan" as CalendarId] } : {}),
  };
}

const SIGNATORIES: readonly Signatory[] = [
  { name: "officer" },
  { name: "clerk", limit: money(1_000_000_000_000n, USD) },
];

function party(name: string, roles: readonly Role["role"][]): Party {
  return {
    id: name as PartyId,
    name: name.toUpperCase(),
    roles: roles.map((role) => ({ role })),
    owners: [],
    competitors: [],
  };
}

function owner(name: string, shareBp: number, control: boolean): Owner {
  return { party: name as PartyId, shareBp, control };
}

export function drawPolicy(play: Play, version: number): Policy {
  const { random } = play;
  return {
    version,
    tenderWindow: random.chance(1, 4) ? { n: 0, unit: "hours" } : drawSpan(random, 3),
    tie: random.pick(["improve", "none"]),
    improveWindow: { n: random.between(1, 24), unit: "hours" },
    inseparable: random.pick(["reject", "allocate"]),
    showCap: random.chance(1, 3),
    minimumUsable: random.pick([1, 8, 8, 64]),
    autoAward: !random.chance(play.rates["purchases by hand"], 24),
    relatedPartyApproval: "second",
    awardConfirmation: random.chance(2, 3) ? "at-once" : "by-signature",
    ownBuild: play.providers.includes("delta" as PartyId) ? ["delta" as PartyId] : [],
    ...(random.chance(1, 8) ? { concentrationBp: random.pick([5_000, 7_500]) } : {}),
  };
}
