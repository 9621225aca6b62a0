import type { ZoneChoice } from "../clock/three-zones.ts";

/** What every address may carry, and keeps from page to page. */
export interface CommonSearch {
  /** `BOOK/PARTY`: for whom one acts, where one may act for several. */
  readonly as?: string;
  /** A story that runs in the page itself, without a server. */
  readonly demo?: string;
  /** On which clock times are shown; that of the contract when absent. */
  readonly zone?: Exclude<ZoneChoice, "contract">;
}

type Search = Record<string, unknown>;

/** One text of an address, where it is there. */
export function textOf<Name extends string>(search: Search, name: Name): { readonly [Key in Name]?: string } {
  const value = search[name];
  return (typeof value === "string" && value !== "" ? { [name]: value } : {}) as { readonly [Key in Name]?: string };
}

export function commonSearch(search: Search): CommonSearch {
  const { zone } = search;
  return {
    ...textOf(search, "as"),
    ...textOf(search, "demo"),
    ...(zone === "local" || zone === "utc" ? { zone } : {}),
  };
}

/** How a list is narrowed and sorted. */
export interface ListSearch {
  readonly sort?: string;
  readonly status?: string;
  readonly kind?: string;
  readonly find?: string;
}

export const listSearch = (search: Search): ListSearch => ({
  ...textOf(search, "sort"),
  ...textOf(search, "status"),
  ...textOf(search, "kind"),
  ...textOf(search, "find"),
});
