import type { Schemas } from "@offtake/client";
import { useNavigate } from "@tanstack/react-router";
import { useSeat } from "../../app/broker.ts";
import { Loaded } from "../../app/loaded.tsx";
import { type Long, useList } from "../../app/paging.ts";
import { countText } from "../../amounts/counts.ts";
import { rateText } from "../../amounts/money.ts";
import { Window } from "../../clock/window.tsx";
import { CopyAs } from "../../copy/copy-as.tsx";
import { NoneYet } from "../../lists/list-states.tsx";
import { Badge } from "../../states/badge.tsx";
import { stateOf } from "../../states/state-of.ts";
import { Button } from "../../surface/button.tsx";
import type { Column } from "../../table/data-table.tsx";
import { Due } from "../due.tsx";
import { List, useListWish } from "../list-page.tsx";
import { PageTitle } from "../page-title.tsx";

/** What the list shows of a request: of ten thousand nothing else is held. */
interface RequestRow {
  readonly id: string;
  readonly status: string;
  readonly deadline?: string;
  readonly count: number;
  readonly type: string | undefined;
  readonly window: Line["window"] | undefined;
  readonly cap: Line["cap"] | undefined;
}

type Line = Schemas["shared-request"]["lines"][number];

function rowsOf({ id, status, deadline, view }: Schemas["Request"]): readonly RequestRow[] {
  const { lines } = view.request;
  const [line] = lines;
  return [
    {
      id,
      status,
      ...(deadline === undefined ? {} : { deadline }),
      count: lines.reduce((sum, { count }) => sum + count, 0),
      type: line?.accelerators[0]?.acceleratorType,
      window: line?.window,
      cap: line?.cap,
    },
  ];
}

/** Every request that one was told of. */
export function RequestsPage() {
  const { book } = useSeat();
  const navigate = useNavigate();
  const wish = useListWish(COLUMNS);
  const { query, long } = useList("requestList", { order: "created", descending: "true" }, wish, {
    rowsOf,
  });
  return (
    <>
      <PageTitle
        title="Requests"
        under="Compute that was asked for, and what came of it."
        actions={
          <>
            <CopyAs
              cli={["request", "list", ...(wish.status === undefined ? [] : ["--status", wish.status])]}
              call={{
                method: "GET",
                path: `/v1/books/${book}/requests${wish.status === undefined ? "" : `?status=${wish.status}`}`,
              }}
            />
            <Button look="main" operation="requestSubmit" onPress={() => void navigate({ to: "/new-request" })}>
              New request
            </Button>
          </>
        }
      />
      <Loaded query={query} what="requests">
        {({ rows }) => <Rows rows={rows} long={long} />}
      </Loaded>
    </>
  );
}

function Rows({ rows, long }: { readonly rows: readonly RequestRow[]; readonly long: Long | undefined }) {
  const navigate = useNavigate();
  return (
    <List
      of="requests"
      rows={rows}
      columns={COLUMNS}
      idOf={({ id }) => id}
      onOpen={({ id }) => void navigate({ to: "/requests/$request", params: { request: id } })}
      actionsOf={({ id }) => {
        const go = (tab: string) => (): void =>
          void navigate({ to: "/requests/$request/$tab", params: { request: id, tab } });
        return [
          { label: "Explain", key: "e", run: go("explain") },
          { label: "Ways to award it", run: go("award") },
          { label: "Documents", run: go("documents") },
          { label: "Sheet to print", run: go("sheet") },
        ];
      }}
      fields={[
        {
          field: "status",
          label: "State",
          valueOf: ({ status }) => status,
          wordOf: (status) => stateOf("requests", status).word,
        },
      ]}
      empty={
        <NoneYet
          command="offtake request submit request.yaml"
          action={{ label: "New request", onPress: () => void navigate({ to: "/new-request" }) }}
        >
          Requests for compute will be here, with who was asked first and what was awarded.
        </NoneYet>
      }
      long={long}
    />
  );
}

const COLUMNS: readonly Column<RequestRow>[] = [
  {
    id: "request",
    header: "Request",
    cell: ({ id }) => <span className="truncate font-medium">{id}</span>,
    sortBy: ({ id }) => id,
    order: "id",
  },
  {
    id: "count",
    header: "Accelerators",
    align: "right",
    width: "7rem",
    cell: ({ count }) => countText(count),
    sortBy: ({ count }) => count,
  },
  {
    id: "type",
    header: "Type",
    width: "8rem",
    cell: ({ type }) => <span className="truncate text-ink-soft">{type}</span>,
  },
  {
    id: "window",
    header: "When",
    width: "15rem",
    cell: ({ window }) => (window === undefined ? "–" : <Window span={window} className="truncate text-ink-soft" />),
    sortBy: ({ window }) => window?.from,
  },
  {
    id: "cap",
    header: "At most",
    align: "right",
    width: "11rem",
    cell: ({ cap }) =>
      cap === undefined ? (
        <span className="text-ink-faint">–</span>
      ) : (
        <span className="whitespace-nowrap">{rateText(cap)}</span>
      ),
  },
  {
    id: "status",
    header: "State",
    width: "10rem",
    cell: ({ status }) => <Badge {...stateOf("requests", status)} />,
    sortBy: ({ status }) => status,
  },
  {
    id: "due",
    header: "Next deadline",
    width: "20rem",
    cell: ({ deadline }) => <Due at={deadline} />,
    sortBy: ({ deadline }) => deadline,
    order: "next",
  },
];
