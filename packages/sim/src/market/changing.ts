import { type HolidayCalendar, makeCalendar } from "@offtake/core/calendar";
import {
  addMs,
  type BlockId,
  type Currency,
  DAY_MS,
  HOUR_MS,
  type OfferId,
  type PartyId,
  rational,
} from "@offtake/core/kernel";
import { drawBlock, drawOffer, drawStanding, recordBlock } from "./capacity.ts";
import type { Play } from "./play.ts";
import { USD } from "./terms.ts";
import { drawPolicy } from "./world.ts";

export function holderDefaults(play: Play): void {
  const agreement = play.oneOf([...play.agreements.values()]);
  if (agreement === undefined) return;
  const party = agreement.provider === play.keeper ? agreement.buyer : agreement.provider;
  play.submit({ type: "recordDefault", party, agreement: agreement.id, cured: play.random.chance(1, 2) }, play.keeper);
}

/** From some instant on a party may or may not supply. */
export function changeEligibility(play: Play): void {
  const { random } = play;
  const party = play.does("nonsense", 30) ? ("nobody" as PartyId) : random.pick(play.providers);
  const eligibility = {
    from: addMs(play.now, random.pick([-2, 0, 0, 1, 5]) * DAY_MS),
    eligible: random.chance(1, 2),
    reason: "sanctions",
  };
  play.submit({ type: "recordEligibility", party, eligibility }, play.keeper);
}

/** The broker was away; now and then it says so although the outage is not over. */
export function outage(play: Play): void {
  const { random } = play;
  const length = random.between(1, 72) * HOUR_MS;
  const to = random.chance(1, 20) ? addMs(play.now, HOUR_MS) : addMs(play.now, -random.between(0, 2) * HOUR_MS);
  if (random.chance(1, 2)) play.now = addMs(play.now, length);
  play.submit(
    { type: "recordOutage", window: { from: addMs(to, -length), to } },
    play.does("nonsense") ? play.party() : play.keeper,
  );
}

/** Blocks come, grow, shrink, lose firmness, go. */
export function changeCapacity(play: Play): void {
  const { random } = play;
  const block = play.oneOf(play.blocks);
  const kind = random.below(4);
  if (block === undefined || kind === 0) return recordBlock(play, drawBlock(play));
  if (kind === 1) {
    play.submit({ type: "withdrawBlock", block: random.chance(1, 10) ? ("b0" as BlockId) : block.id }, play.keeper);
    return;
  }
  const changed =
    kind === 2
      ? { ...block, firmness: random.pick(["firm", "forecast"] as const) }
      : { ...block, quantity: random.between(0, 100) * 8 };
  play.submit({ type: "recordBlock", block: changed }, play.keeper);
}

export function changeOffers(play: Play): void {
  const { random } = play;
  const kind = random.below(4);
  if (kind === 0) play.submit({ type: "listOffer", offer: drawOffer(play) }, play.keeper);
  else if (kind === 1)
    play.submit(
      { type: "withdrawOffer", offer: (play.oneOf(play.book.state.offers.sorted())?.[0] ?? "o0") as OfferId },
      play.keeper,
    );
  else if (kind === 2) play.submit({ type: "giveStandingAnswer", standing: drawStanding(play) }, play.keeper);
  else
    play.submit(
      { type: "revokeStandingAnswer", id: play.oneOf(play.book.state.standing.sorted())?.[0] ?? "s0" },
      play.keeper,
    );
}

export function changePolicy(play: Play): void {
  play.submit(
    { type: "recordPolicy", policy: drawPolicy(play, (play.book.state.policy?.version ?? 0) + 1) },
    play.keeper,
  );
}

/** Rates, calendars, consents to resale, and parties that change their address. */
export function changeParties(play: Play): void {
  const { random } = play;
  const kind = random.below(4);
  if (kind === 0) {
    const from = random.pick(["EUR", "GBP", "USD"]) as Currency;
    play.submit(
      {
        type: "recordExchangeRate",
        rate: { from, to: USD, rate: rational(BigInt(random.between(0, 140)), 100n), at: play.now, source: "market" },
      },
      play.keeper,
    );
  } else if (kind === 1) play.submit({ type: "recordCalendar", calendar: drawCalendar(play) }, play.keeper);
  else if (kind === 2) {
    play.submit(
      { type: "consentResale", host: random.pick(play.hosts), to: random.pick(play.providers) },
      random.pick([...play.hosts, ...play.providers, play.keeper]),
    );
  } else {
    const party = random.pick(play.book.state.parties.sortedValues());
    play.submit(
      { type: "recordParty", party: { ...party, notice: { channels: random.pick([["portal"], ["mail", "portal"]]) } } },
      play.keeper,
    );
  }
}

/** A calendar of its own that knows only a few years, now and then in place of one that comes with the product. */
function drawCalendar(play: Play): HolidayCalendar {
  const id = play.random.chance(1, 3) ? "us-federal" : play.id("c");
  const years = { from: 2026, to: play.random.between(2026, 2029) };
  const made = makeCalendar({
    id,
    name: "Own days",
    source: "the agreement",
    years,
    holidays: [{ date: "2026-03-11", name: "Own day" }],
  });
  if (!made.ok) throw new Error(`Broken belief: ${made.problem.detail}`);
  return made.value;
}
