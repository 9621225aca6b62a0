import type { Schemas } from "@offtake/client";
import { useNavigate } from "@tanstack/react-router";
import { useMemo } from "react";
import { countText } from "../../amounts/counts.ts";
import { moneyText, rateText } from "../../amounts/money.ts";
import { useSeat } from "../../app/broker.ts";
import { Loaded } from "../../app/loaded.tsx";
import { useNames } from "../../app/names.ts";
import { type Long, useList } from "../../app/paging.ts";
import { Window } from "../../clock/window.tsx";
import { CopyAs } from "../../copy/copy-as.tsx";
import { NoneYet } from "../../lists/list-states.tsx";
import { Badge } from "../../states/badge.tsx";
import { stateOf } from "../../states/state-of.ts";
import type { Column } from "../../table/data-table.tsx";
import { List, useListWish } from "../list-page.tsx";
import { PageTitle } from "../page-title.tsx";

/** One line of an award: the buyer sees all of them, a provider its own. */
interface Line {
  readonly id: string;
  readonly status: string;
  readonly request: string | undefined;
  readonly supplied: Supplied;
}

type Supplied = Extract<Schemas["Award"]["view"], { as: "party" }>["supplied"][number];

/** What was awarded, line by line. */
export function AwardsPage() {
  const { book } = useSeat();
  const { query, long } = useList("awardList", { order: "created", descending: "true" }, useListWish([]), {
    rowsOf: linesOf,
  });
  return (
    <>
      <PageTitle
        title="Awards"
        under="Who supplies what, from when to when, at which price."
        actions={<CopyAs cli={["award", "list"]} call={{ method: "GET", path: `/v1/books/${book}/awards` }} />}
      />
      <Loaded query={query} what="awards">
        {({ rows }) => <Rows lines={rows} long={long} />}
      </Loaded>
    </>
  );
}

function linesOf({ id, status, view }: Schemas["Award"]): readonly Line[] {
  const request = view.as === "keeper" ? view.award.request : undefined;
  const lines = view.as === "keeper" ? view.award.lines : [...view.supplied, ...view.bought];
  return lines.map((supplied, index) => ({ id: `${id} ${index}`, status, request, supplied }));
}

function Rows({ lines, long }: { readonly lines: readonly Line[]; readonly long: Long | undefined }) {
  const navigate = useNavigate();
  const nameOf = useNames();
  const columns = useMemo<readonly Column<Line>[]>(
    () => [
      {
        id: "provider",
        header: "Provider",
        cell: ({ supplied }) => (
          <span className="truncate">
            <span className="font-medium">{nameOf(supplied.provider)}</span>
            {supplied.host === undefined ? "" : <span className="text-ink-soft">, run by {nameOf(supplied.host)}</span>}
          </span>
        ),
        sortBy: ({ supplied }) => supplied.provider,
      },
      {
        id: "request",
        header: "Request",
        width: "12rem",
        cell: ({ request }) => <span className="truncate text-ink-soft">{request ?? "–"}</span>,
      },
      {
        id: "what",
        header: "What",
        width: "12rem",
        cell: ({ supplied }) => (
          <span className="truncate">
            {countText(supplied.count)} × <span className="text-ink-soft">{supplied.acceleratorType}</span>
          </span>
        ),
        sortBy: ({ supplied }) => supplied.count,
      },
      {
        id: "window",
        header: "When",
        width: "15rem",
        cell: ({ supplied }) => <Window span={supplied.window} isShort className="truncate text-ink-soft" />,
        sortBy: ({ supplied }) => supplied.window.from,
      },
      {
        id: "price",
        header: "Hourly",
        align: "right",
        width: "6rem",
        cell: ({ supplied }) =>
          supplied.price === undefined ? (
            "–"
          ) : (
            <span title={rateText(supplied.price)}>{moneyText(supplied.price)}</span>
          ),
      },
      {
        id: "cost",
        header: "Cost",
        align: "right",
        width: "9.5rem",
        cell: ({ supplied }) => (supplied.cost === undefined ? "–" : moneyText(supplied.cost)),
      },
      {
        id: "status",
        header: "State",
        width: "7rem",
        cell: ({ status }) => <Badge {...stateOf("awards", status)} />,
        sortBy: ({ status }) => status,
      },
    ],
    [nameOf],
  );
  return (
    <List
      of="awards"
      rows={lines}
      long={long}
      columns={columns}
      idOf={({ id }) => id}
      onOpen={({ request }) => {
        if (request !== undefined)
          void navigate({ to: "/requests/$request/$tab", params: { request, tab: "outcome" } });
      }}
      fields={[
        {
          field: "status",
          label: "State",
          valueOf: ({ status }) => status,
          wordOf: (status) => stateOf("awards", status).word,
        },
      ]}
      empty={<NoneYet command="offtake award list">Awards will be here once a request has come to its end.</NoneYet>}
    />
  );
}
