import type { Schemas } from "@offtake/client";
import { useNavigate } from "@tanstack/react-router";
import { useMemo } from "react";
import { Loaded } from "../../app/loaded.tsx";
import { useReading } from "../../app/queries.ts";
import { countText } from "../../amounts/counts.ts";
import { rateText } from "../../amounts/money.ts";
import { Window } from "../../clock/window.tsx";
import { NoneYet } from "../../lists/list-states.tsx";
import { Badge } from "../../states/badge.tsx";
import { stateOf } from "../../states/state-of.ts";
import { Button } from "../../surface/button.tsx";
import type { Column } from "../../table/data-table.tsx";
import { Due } from "../due.tsx";
import { List } from "../list-page.tsx";
import { PageTitle } from "../page-title.tsx";

type RequestTold = Schemas["Request"];
const LIMIT = 1_000;

/** Every request that one was told of. */
export function RequestsPage() {
  const navigate = useNavigate();
  const query = useReading("requestList", { query: { limit: LIMIT, order: "created", descending: "true" } });
  return (
    <>
      <PageTitle
        title="Requests"
        under="Compute that was asked for, and what came of it."
        actions={
          <Button look="main" onPress={() => void navigate({ to: "/new-request" })}>
            New request
          </Button>
        }
      />
      <Loaded query={query} what="requests">
        {({ data, nextCursor }) => <Rows rows={data} isCut={nextCursor !== null} />}
      </Loaded>
    </>
  );
}

function Rows({ rows, isCut }: { readonly rows: readonly RequestTold[]; readonly isCut: boolean }) {
  const navigate = useNavigate();
  const columns = useMemo(() => COLUMNS, []);
  return (
    <List
      of="requests"
      rows={rows}
      columns={columns}
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
      more={isCut ? "offtake request list --all" : undefined}
    />
  );
}

const COLUMNS: readonly Column<RequestTold>[] = [
  {
    id: "request",
    header: "Request",
    cell: ({ id }) => <span className="truncate font-medium">{id}</span>,
    sortBy: ({ id }) => id,
  },
  {
    id: "count",
    header: "Accelerators",
    align: "right",
    width: "7rem",
    cell: ({ view }) => countText(countOf(view)),
    sortBy: ({ view }) => countOf(view),
  },
  {
    id: "type",
    header: "Type",
    width: "8rem",
    cell: ({ view }) => (
      <span className="truncate text-ink-soft">{view.request.lines[0]?.accelerators[0]?.acceleratorType}</span>
    ),
  },
  {
    id: "window",
    header: "When",
    width: "15rem",
    cell: ({ view }) => {
      const window = view.request.lines[0]?.window;
      return window === undefined ? "–" : <Window span={window} className="truncate text-ink-soft" />;
    },
    sortBy: ({ view }) => view.request.lines[0]?.window.from,
  },
  {
    id: "cap",
    header: "At most",
    align: "right",
    width: "11rem",
    cell: ({ view }) => {
      const cap = view.request.lines[0]?.cap;
      return cap === undefined ? (
        <span className="text-ink-faint">–</span>
      ) : (
        <span className="whitespace-nowrap">{rateText(cap)}</span>
      );
    },
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
  },
];

function countOf({ request }: RequestTold["view"]): number {
  return request.lines.reduce((sum, { count }) => sum + count, 0);
}
