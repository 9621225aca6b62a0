import type { CommandBody } from "@offtake/core/book";
import type { CapacityBlock } from "@offtake/core/capacity";
import type { Instant, PartyId } from "@offtake/core/kernel";
import type { Book } from "./read.ts";

/** A command and who gives it; time, key and nonce come from whoever runs it. */
export interface WorldCommand {
  readonly actor: PartyId;
  readonly body: CommandBody;
}

/**
 * Everything that sets a book up, in an order in which each command finds what it refers to. Requests are not submitted, and
 * price lists are not listed: who imports them adds their offers with `listOffer`. Built-in calendars need no command.
 *
 * @param at when it is set up: notices that were delivered later have not been given yet
 */
export function worldCommands(book: Book, at?: Instant): WorldCommand[] {
  const { keeper } = book.header;
  const byKeeper = (body: CommandBody): WorldCommand => ({ actor: keeper, body });
  return [
    byKeeper({ type: "openBook", header: book.header }),
    ...book.parties.map(({ party }) => byKeeper({ type: "recordParty", party })),
    ...book.parties.flatMap(({ party, eligibility }) =>
      eligibility.map((item) => byKeeper({ type: "recordEligibility", party: party.id, eligibility: item })),
    ),
    ...book.calendars.map((calendar) => byKeeper({ type: "recordCalendar", calendar })),
    ...book.rates.map((rate) => byKeeper({ type: "recordExchangeRate", rate })),
    ...book.indexValues.map((value) => byKeeper({ type: "recordIndexValue", value })),
    byKeeper({ type: "recordPolicy", policy: book.policy }),
    ...parentsFirst(book.blocks).map((block) => byKeeper({ type: "recordBlock", block })),
    ...book.agreements.map(({ agreement, activate }) => byKeeper({ type: "recordAgreement", agreement, activate })),
    ...book.renewalNotices
      .filter(({ deliveredAt }) => at === undefined || deliveredAt <= at)
      .map((notice) => byKeeper({ type: "giveRenewalNotice", ...notice })),
    ...book.waivers.map((waiver) => ({
      actor: holderOf(book, waiver.right) ?? keeper,
      body: { type: "grantWaiver", waiver } as const,
    })),
    ...book.offers.map((offer) => byKeeper({ type: "listOffer", offer })),
    ...book.standingAnswers.map((standing) => ({
      actor: standing.party,
      body: { type: "giveStandingAnswer", standing } as const,
    })),
    ...book.resaleConsents.map(({ by, host, to }) => ({
      actor: by,
      body: { type: "consentResale", host, to } as const,
    })),
  ];
}

/** Blocks so that each comes after the one that it is a part of; of a circle of parents, in the order of the book. */
function parentsFirst(blocks: readonly CapacityBlock[]): CapacityBlock[] {
  const byId = new Map(blocks.map((block) => [block.id, block]));
  const placed = new Set<CapacityBlock>();
  for (const block of blocks) {
    const chain: CapacityBlock[] = [];
    for (let up: CapacityBlock | undefined = block; up !== undefined && !placed.has(up) && !chain.includes(up); ) {
      chain.push(up);
      up = up.parentId === undefined ? undefined : byId.get(up.parentId);
    }
    for (const one of chain.reverse()) placed.add(one);
  }
  return [...placed];
}

/** Who may waive a right: its holder. */
export function holderOf(
  book: Pick<Book, "agreements">,
  right: { readonly agreement: string; readonly clause: string },
): PartyId | undefined {
  const found = book.agreements
    .find(({ agreement }) => agreement.id === right.agreement)
    ?.agreement.clauses.find((clause) => clause.id === right.clause);
  return found !== undefined && "holder" in found ? found.holder : undefined;
}
