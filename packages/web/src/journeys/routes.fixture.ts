import type { Page } from "playwright-core";

/** Where a page is looked at: in the story of Aurora Labs, without a server, or at a broker, which has people and sends things. */
export type Place = "story" | "broker";

/** A page of a route, as somebody comes to it. */
export interface Visit {
  /** As the router writes it. */
  readonly route: string;
  readonly place: Place;
  readonly path: string;
  /** Part of its first heading. */
  readonly heading: string;
  /** With whose eyes, where it is not the keeper. */
  readonly party?: string;
  /** Where the story stands: what it opens with when absent. */
  readonly at?: string;
  /** The address of the page is known once something was pressed on the way. */
  readonly arrive?: (page: Page) => Promise<void>;
}

const REQUEST = "/requests/h100-for-90-days";
export const MARKET_OPEN = "2026-03-11T12:00:00Z";
export const AFTER_ALL = "2026-03-20T17:00:00Z";

const firstRow = async (page: Page): Promise<void> => {
  await page.getByRole("row").nth(1).click();
  await page.getByRole("timer").waitFor();
};

const story = (path: string, heading: string, more: Partial<Visit> = {}): Visit => ({
  route: path.split("?")[0] ?? path,
  place: "story",
  path,
  heading,
  ...more,
});
const broker = (path: string, heading: string): Visit => ({ route: path, place: "broker", path, heading });

const TABS = ["award", "outcome", "timeline", "explain", "documents", "events", "json", "sheet"] as const;
const ONE = { route: "/requests/$request" } as const;
const TAB = { route: "/requests/$request/$tab" } as const;

/** Every route of the console, each with what there is to see on it. A test compares it with the router's: none can be forgotten. */
export const VISITS: readonly Visit[] = [
  story("/", "Try it"),
  story("/try", "Try it"),
  story("/queue", "Queue"),
  story("/queue?zone=utc", "Queue", { route: "/queue", party: "meridian" }),
  story("/requests", "Requests"),
  story("/new-request", "New request"),
  story(REQUEST, "h100-for-90-days", ONE),
  story(REQUEST, "h100-for-90-days", { ...ONE, at: AFTER_ALL }),
  ...TABS.map((tab) => story(`${REQUEST}/${tab}`, "h100-for-90-days", { ...TAB, at: AFTER_ALL })),
  story(`${REQUEST}/award`, "h100-for-90-days", { ...TAB, at: "2026-03-13T12:00:00Z" }),
  story("/offers", "Offers", { party: "meridian" }),
  story("/offers", "4,096", { route: "/offers/$notice", party: "meridian", arrive: firstRow }),
  story("/offers", "Up to", { route: "/lots/$invitation", party: "ember", at: MARKET_OPEN, arrive: firstRow }),
  story("/answer-months/h100-for-90-days", "Months", { route: "/answer-months/$request", party: "meridian" }),
  story("/awards", "Awards", { at: AFTER_ALL }),
  story("/agreements", "Agreements"),
  story("/agreements/meridian-master", "Meridian", { route: "/agreements/$agreement" }),
  story("/record-agreement", "agreement"),
  story("/draft-agreement", "Draft"),
  story("/import-agreements", "Import"),
  story("/evidence", "Evidence"),
  story("/position", "Position", { at: MARKET_OPEN }),
  story("/capacity", "Capacity"),
  story("/capacity?tab=position", "Capacity", { route: "/capacity" }),
  story("/prices", "Prices"),
  story("/dates", "Dates"),
  broker("/queue", "Queue"),
  broker("/requests", "Requests"),
  broker("/approvals", "Approvals"),
  broker("/admin/members", "Members"),
  broker("/admin/keys", "API keys"),
  broker("/admin/webhooks", "Webhooks"),
  broker("/admin/system", "System"),
];

/** The address of a visit in the story. */
export function storyAddress({ path, party, at }: Visit): string {
  const told = new URLSearchParams({
    demo: "aurora",
    ...(party === undefined ? {} : { as: `aurora/${party}` }),
    ...(at === undefined ? {} : { at }),
  });
  return `${path}${path.includes("?") ? "&" : "?"}${told.toString()}`;
}
