import type { DisclosedEvent } from "../disclosure/index.ts";
import type { Lot } from "../requests/lot.ts";
import type { ExplanationContext } from "./context.ts";
import { Lookup } from "./lookup.ts";
import { ExplanationDraft, type StepDraft } from "./steps.ts";

/** What is kept while a request is told: where later events belong. */
export interface Telling {
  readonly lookup: Lookup;
  readonly draft: ExplanationDraft;
  readonly lots: Map<string, Lot>;
  /** How many lots the request has in all. */
  readonly lotCount: number;
  /** The step of the rights of a lot. */
  readonly rights: Map<string, StepDraft>;
  readonly notices: Map<string, StepDraft>;
  readonly tenders: Map<string, StepDraft>;
  readonly tenderOfBid: Map<string, string>;
  ended?: StepDraft;
}

export function beginTelling(feed: readonly DisclosedEvent[], request: string, context?: ExplanationContext): Telling {
  return {
    lookup: new Lookup(feed, context),
    draft: new ExplanationDraft("keeper", request, `request ${request}`),
    lots: new Map(),
    lotCount: feed.filter((event) => event.type === "lotFormed" && event.lot.request === request).length,
    rights: new Map(),
    notices: new Map(),
    tenders: new Map(),
    tenderOfBid: new Map(),
  };
}

/** "lot 1a: " where the request has several. */
export function lotText(telling: Telling, id: string): string {
  const lot = telling.lots.get(id);
  return lot === undefined || telling.lotCount === 1 ? "" : `lot ${lot.label}: `;
}
