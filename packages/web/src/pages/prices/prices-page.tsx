import { useEffect, useMemo } from "react";
import { useSeat } from "../../app/broker.ts";
import { Loaded } from "../../app/loaded.tsx";
import { useNames } from "../../app/names.ts";
import { type Long, useList } from "../../app/paging.ts";
import { countText } from "../../amounts/counts.ts";
import { microsOf, moneyText, rateText } from "../../amounts/money.ts";
import { CopyAs } from "../../copy/copy-as.tsx";
import { NoneYet } from "../../lists/list-states.tsx";
import type { Column } from "../../table/data-table.tsx";
import { List } from "../list-page.tsx";
import { PageTitle } from "../page-title.tsx";
import { type CatalogRow, catalogOf, cheapest, type OfferTold } from "./catalog.ts";

/** What is cheapest can be told once all are here: so many are read without being asked for. */
const READ_MAX = 5_000;
const LISTED = { status: "listed" } as const;
const EVERY = { rowsOf: (offer: OfferTold): readonly OfferTold[] => [offer], holds: "all" } as const;

/** Who sells what where, at which price, and as of when: what anybody is asked, and no promise of machines. */
export function PricesPage() {
  const { book } = useSeat();
  const { query, long } = useList("offerList", LISTED, LISTED, EVERY);
  const { hasMore = false, isLoadingMore = false, loaded = 0, more } = long ?? {};
  const isReadingOn = hasMore && !isLoadingMore && loaded < READ_MAX;
  useEffect(() => {
    if (isReadingOn) more?.();
  }, [isReadingOn, more]);
  return (
    <>
      <PageTitle
        title="Prices"
        under="What providers ask of anybody, from their lists: no promise of machines."
        actions={
          <CopyAs
            cli={["api", "GET", "/v1/books/{book}/offers?status=listed"]}
            call={{ method: "GET", path: `/v1/books/${book}/offers?status=listed` }}
          />
        }
      />
      <Loaded query={query} what="prices">
        {({ rows }) => <Catalog offers={rows} long={long} />}
      </Loaded>
    </>
  );
}

function Catalog({ offers, long }: { readonly offers: readonly OfferTold[]; readonly long: Long | undefined }) {
  const nameOf = useNames();
  const rows = useMemo(() => catalogOf(offers), [offers]);
  const columns = useMemo(() => columnsOf(nameOf, cheapest(rows)), [nameOf, rows]);
  return (
    <List
      of="prices"
      rows={rows}
      columns={columns}
      idOf={({ id }) => id}
      fields={[
        { field: "kind", label: "Accelerator", valueOf: ({ accelerator }) => accelerator, wordOf: (text) => text },
      ]}
      empty={
        <NoneYet command="offtake prices H100">
          Price lists will be here: who sells which accelerator where, and as of when.
        </NoneYet>
      }
      long={long}
    />
  );
}

function columnsOf(nameOf: (party: string) => string, least: ReadonlySet<string>): readonly Column<CatalogRow>[] {
  return [
    {
      id: "accelerator",
      header: "Accelerator",
      cell: ({ accelerator }) => <span className="font-medium">{accelerator}</span>,
      sortBy: ({ accelerator }) => accelerator,
    },
    {
      id: "provider",
      header: "Provider",
      cell: ({ provider, host }) => `${nameOf(provider)}${host === undefined ? "" : `, run by ${nameOf(host)}`}`,
      sortBy: ({ provider }) => nameOf(provider),
    },
    { id: "region", header: "Region", cell: ({ region }) => region, sortBy: ({ region }) => region },
    {
      id: "price",
      header: "Price per accelerator-hour",
      align: "right",
      cell: ({ id, rate }) => (
        <span title={rateText(rate)}>
          {least.has(id) ? <span className="mr-2 text-xs text-secured">least</span> : undefined}
          {moneyText(rate)}
        </span>
      ),
      sortBy: ({ rate }) => microsOf(rate),
    },
    {
      id: "tiers",
      header: "Cheaper from",
      align: "right",
      cell: ({ tiers }) =>
        tiers.length === 0 ? "–" : tiers.map(({ from, rate }) => `${countText(from)}: ${moneyText(rate)}`).join(", "),
    },
    { id: "asOf", header: "As of", align: "right", cell: ({ asOf }) => asOf ?? "–", sortBy: ({ asOf }) => asOf },
    {
      id: "source",
      header: "Source",
      cell: ({ source }) => (
        <span className="block max-w-64 truncate text-ink-soft" title={source}>
          {source}
        </span>
      ),
    },
  ];
}
