import { useState } from "react";
import { countText } from "../amounts/counts.ts";
import { moneyText } from "../amounts/money.ts";
import { FilterChips } from "../filters/filter-chips.tsx";
import { type Filters, passes } from "../filters/filters.ts";
import { CouldNotLoad, Loading, NoneMatch, NoneYet, NotPermitted, TooLarge } from "../lists/list-states.tsx";
import { Badge } from "../states/badge.tsx";
import { stateOf } from "../states/state-of.ts";
import { Panel } from "../surface/panel.tsx";
import { type Column, DataTable } from "../table/data-table.tsx";
import type { Sort } from "../table/sort.ts";
import { Room } from "./room.tsx";

interface Row {
  readonly id: string;
  readonly status: string;
  readonly count: number;
  readonly amount: string;
}

const STATUSES = ["open", "awaiting_approval", "awarded_full", "awarded_part", "unfilled"] as const;

const ROWS: readonly Row[] = Array.from({ length: 10_000 }, (_, index) => ({
  id: `req_${(index * 7_919 + 100_003).toString(36)}`,
  status: STATUSES[(index * 13) % STATUSES.length] ?? "open",
  count: ((index * 37) % 512) * 8,
  amount: `${(index * 104_729) % 9_000_000}.${String(index % 100).padStart(2, "0")}`,
}));

const COLUMNS: readonly Column<Row>[] = [
  { id: "id", header: "Request", cell: ({ id }) => <span className="font-mono">{id}</span>, sortBy: ({ id }) => id },
  {
    id: "status",
    header: "State",
    cell: ({ status }) => <Badge {...stateOf("requests", status)} />,
    sortBy: ({ status }) => status,
    width: "12rem",
  },
  {
    id: "count",
    header: "Accelerators",
    cell: ({ count }) => countText(count),
    sortBy: ({ count }) => count,
    align: "right",
    width: "9rem",
  },
  {
    id: "cost",
    header: "Cost",
    cell: ({ amount }) => moneyText({ amount, currency: "USD" }),
    sortBy: ({ amount }) => Number(amount),
    align: "right",
    width: "11rem",
  },
];

const nothing = (): void => undefined;

export function Lists() {
  const [filters, setFilters] = useState<Filters>({});
  const [sort, setSort] = useState<Sort>();
  const rows = ROWS.filter((row) => passes(filters, () => row.status));
  const fields = [
    {
      field: "status",
      label: "State",
      values: STATUSES.map((value) => ({ value, label: stateOf("requests", value).word })),
    },
  ];
  return (
    <Room title="Lists">
      <FilterChips fields={fields} filters={filters} onChange={setFilters} />
      <Panel title={`Requests (${countText(rows.length)})`} padded={false}>
        <DataTable
          label="Requests"
          rows={rows}
          columns={COLUMNS}
          idOf={({ id }) => id}
          onOpen={nothing}
          onSelected={nothing}
          sort={sort}
          onSort={setSort}
          heightMax={360}
        />
        <TooLarge shown={10_000} command="offtake request list --json" />
      </Panel>
      <div className="grid gap-4 md:grid-cols-2">
        <Panel padded={false} title="None yet">
          <NoneYet
            action={{ label: "New request", onPress: nothing }}
            command="offtake request submit H100:64 --for 30d"
          >
            Requests will be listed here: what you ask for, who must be asked first, and what came of it.
          </NoneYet>
        </Panel>
        <Panel padded={false} title="None match">
          <NoneMatch of="10,000 requests" onClear={nothing} />
        </Panel>
        <Panel padded={false} title="Could not load">
          <CouldNotLoad detail="The broker did not answer within 20 s." code="unavailable" onRetry={nothing} />
        </Panel>
        <Panel padded={false} title="Not permitted">
          <NotPermitted role="finance" />
        </Panel>
        <Panel padded={false} title="Loading">
          <Loading what="requests" />
        </Panel>
      </div>
    </Room>
  );
}
