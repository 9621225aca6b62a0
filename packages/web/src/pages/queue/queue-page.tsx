import type { Operations } from "@offtake/client";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useMemo } from "react";
import { useBook, useSeat } from "../../app/broker.ts";
import { Loaded } from "../../app/loaded.tsx";
import { useNames } from "../../app/names.ts";
import { type Long, useList } from "../../app/paging.ts";
import type { ListSearch } from "../../app/search.ts";
import { CopyAs } from "../../copy/copy-as.tsx";
import { filtersOfSearch } from "../../filters/filters.ts";
import { NoneYet } from "../../lists/list-states.tsx";
import { Badge } from "../../states/badge.tsx";
import { stateOf } from "../../states/state-of.ts";
import type { Column } from "../../table/data-table.tsx";
import { Due } from "../due.tsx";
import { List } from "../list-page.tsx";
import { PageTitle } from "../page-title.tsx";
import { askOf, KIND_WORD, placeOf } from "./entries.ts";

export type QueueEntry = Operations["queueRead"]["answer"]["data"][number];

/** An entry, with a name of its own among those of other kinds. */
type Entry = QueueEntry & { readonly id: string };

const ENTRIES = {
  rowsOf: (entry: QueueEntry): readonly Entry[] => [{ ...entry, id: `${entry.kind} ${entry.object.id}` }],
} as const;

/** What waits for somebody, what falls due first at the top. */
export function QueuePage() {
  const { book } = useSeat();
  const search: ListSearch = useSearch({ strict: false });
  const { kind } = filtersOfSearch(search as Record<string, unknown>, ["kind"]);
  // The broker takes one kind; of several the page leaves out the others.
  const { query, long } = useList("queueRead", {}, kind?.length === 1 ? { kind: kind[0] } : {}, ENTRIES);
  return (
    <>
      <PageTitle
        title="Queue"
        under="What is not over yet, what falls due first at the top."
        actions={<CopyAs cli={["queue"]} call={{ method: "GET", path: `/v1/books/${book}/queue` }} />}
      />
      <Loaded query={query} what="the queue">
        {({ rows }) => <Entries entries={rows} long={long} />}
      </Loaded>
    </>
  );
}

interface EntriesProps {
  readonly entries: readonly Entry[];
  readonly long: Long | undefined;
}

function Entries({ entries, long }: EntriesProps) {
  const navigate = useNavigate();
  const nameOf = useNames();
  const { isKeeper } = useBook();
  const columns = useMemo<readonly Column<Entry>[]>(
    () => [
      { id: "kind", header: "Kind", width: "8rem", cell: ({ kind }) => KIND_WORD[kind], sortBy: ({ kind }) => kind },
      {
        id: "what",
        header: "What",
        cell: (entry) => {
          const { title, detail } = askOf(entry, nameOf);
          return (
            <span className="flex min-w-0 items-baseline gap-2">
              <span className="truncate font-medium">{title}</span>
              <span className="truncate text-ink-soft">{detail}</span>
            </span>
          );
        },
      },
      {
        id: "status",
        header: "State",
        width: "11rem",
        cell: ({ kind, object }) => <Badge {...stateOf(kind, object.status)} />,
        sortBy: ({ object }) => object.status,
      },
      {
        id: "due",
        header: "Due",
        width: "21rem",
        cell: ({ object }) => <Due at={object.deadline} />,
        sortBy: ({ object }) => object.deadline,
      },
    ],
    [nameOf],
  );
  return (
    <List
      of="entries"
      rows={entries}
      columns={columns}
      long={long}
      counted="kind"
      idOf={({ id }) => id}
      onOpen={(entry) => {
        const place = placeOf(entry, isKeeper);
        if (place !== undefined) void navigate(place);
      }}
      fields={[
        {
          field: "kind",
          label: "Kind",
          valueOf: ({ kind }) => kind,
          wordOf: (kind) => KIND_WORD[kind as QueueEntry["kind"]],
        },
      ]}
      empty={
        <NoneYet
          command="offtake queue"
          action={
            isKeeper
              ? { label: "All requests", onPress: () => void navigate({ to: "/requests" }) }
              : { label: "All offers", onPress: () => void navigate({ to: "/offers" }) }
          }
        >
          Nothing waits. Requests, notices, invitations and awards that are not over yet will be here.
        </NoneYet>
      }
    />
  );
}
