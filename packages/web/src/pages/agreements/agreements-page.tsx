import type { Schemas } from "@offtake/client";
import { Link, useNavigate } from "@tanstack/react-router";
import { useMemo } from "react";
import { useBook, useSeat } from "../../app/broker.ts";
import { Loaded } from "../../app/loaded.tsx";
import { mayCall } from "../../app/may.ts";
import { useNames } from "../../app/names.ts";
import { type Long, useList } from "../../app/paging.ts";
import { useZone } from "../../clock/viewing.ts";
import { CopyAs } from "../../copy/copy-as.tsx";
import { NoneYet } from "../../lists/list-states.tsx";
import { Badge } from "../../states/badge.tsx";
import { stateOf } from "../../states/state-of.ts";
import type { Column } from "../../table/data-table.tsx";
import { List, useListWish } from "../list-page.tsx";
import { PageTitle } from "../page-title.tsx";
import { kindText, lastDayOf, partiesOf, rightsOf, unconfirmedOf } from "./clauses.ts";

export type AgreementTold = Schemas["Agreement"];

/** Every agreement that one was told of, with the rights that stand in it. */
export function AgreementsPage() {
  const { book, roles } = useSeat();
  const { isKeeper } = useBook();
  const { query, long } = useList("agreementList", { order: "id" }, useListWish(ORDERED), WHOLE);
  return (
    <>
      <PageTitle
        title="Agreements"
        under="Who has which right, and until when."
        actions={
          <>
            <CopyAs
              cli={["agreement", "list", "--broker"]}
              call={{ method: "GET", path: `/v1/books/${book}/agreements` }}
            />
            {isKeeper && mayCall(roles, "agreementApply") ? (
              <>
                <Link
                  to="/import-agreements"
                  className="inline-flex h-7 items-center rounded-md border border-line-strong bg-panel px-2.5 hover:bg-hover"
                >
                  Import a spreadsheet
                </Link>
                <Link
                  to="/draft-agreement"
                  className="inline-flex h-7 items-center rounded-md border border-line-strong bg-panel px-2.5 hover:bg-hover"
                >
                  Draft from a template
                </Link>
                <Link
                  to="/record-agreement"
                  className="inline-flex h-7 items-center rounded-md bg-accent px-2.5 font-medium text-on-accent hover:bg-accent-hover"
                >
                  Record an agreement
                </Link>
              </>
            ) : undefined}
          </>
        }
      />
      <Loaded query={query} what="agreements">
        {({ rows }) => <Rows rows={rows} long={long} />}
      </Loaded>
    </>
  );
}

const WHOLE = { rowsOf: (agreement: AgreementTold): readonly AgreementTold[] => [agreement] } as const;

/** How many readings of an agreement nobody has confirmed; the keeper alone is told. */
function Readings({ open }: { readonly open: number }) {
  if (open === 0) return undefined;
  return (
    <span className="whitespace-nowrap text-xs text-attention" title="Readings that nobody has confirmed">
      <span aria-hidden="true">▲ </span>
      {open} unconfirmed
    </span>
  );
}

/** The columns in whose order the broker lists them. */
const ORDERED = [{ id: "agreement", order: "id" }] as const;

function Rows({ rows, long }: { readonly rows: readonly AgreementTold[]; readonly long: Long | undefined }) {
  const navigate = useNavigate();
  const nameOf = useNames();
  const { isKeeper } = useBook();
  const zone = useZone();
  const columns = useMemo<readonly Column<AgreementTold>[]>(
    () => [
      {
        id: "agreement",
        header: "Agreement",
        cell: ({ id, view }) => (
          <span className="flex min-w-0 items-baseline gap-2">
            <span className="truncate font-medium">{id}</span>
            {isKeeper ? <Readings open={unconfirmedOf(view.agreement.clauses).length} /> : undefined}
          </span>
        ),
        sortBy: ({ id }) => id,
        order: "id",
      },
      {
        id: "parties",
        header: "Between",
        width: "20rem",
        cell: ({ view }) => (
          <span className="truncate text-ink-soft">{partiesOf(view.agreement).map(nameOf).join(" and ")}</span>
        ),
      },
      {
        id: "rights",
        header: "Rights",
        width: "18rem",
        cell: ({ view }) => {
          const kinds = [...new Set(rightsOf(view.agreement.clauses).map(({ kind }) => kindText(kind)))];
          return kinds.length === 0 ? (
            <span className="text-ink-faint">–</span>
          ) : (
            <span className="truncate">{kinds.join(", ")}</span>
          );
        },
      },
      {
        id: "version",
        header: "Version",
        align: "right",
        width: "5rem",
        cell: ({ view }) => String(view.agreement.version),
        sortBy: ({ view }) => view.agreement.version,
      },
      {
        id: "to",
        header: "Until",
        width: "9rem",
        cell: ({ view }) => (
          <span className="text-ink-soft">
            {view.agreement.effectiveTo === undefined ? "open" : lastDayOf(view.agreement.effectiveTo, zone)}
          </span>
        ),
        sortBy: ({ view }) => view.agreement.effectiveTo,
      },
      {
        id: "status",
        header: "State",
        width: "9rem",
        cell: ({ status }) => <Badge {...stateOf("agreements", status)} />,
        sortBy: ({ status }) => status,
      },
    ],
    [nameOf, isKeeper, zone],
  );
  return (
    <List
      of="agreements"
      rows={rows}
      columns={columns}
      idOf={({ id }) => id}
      onOpen={({ id }) => void navigate({ to: "/agreements/$agreement", params: { agreement: id } })}
      fields={[
        {
          field: "status",
          label: "State",
          valueOf: ({ status }) => status,
          wordOf: (status) => stateOf("agreements", status).word,
        },
      ]}
      empty={
        <NoneYet command="offtake init my-book --from agreements.xlsx">
          Agreements and the rights in them will be here. They are files: write one, or bring the spreadsheet in which
          they stand.
        </NoneYet>
      }
      long={long}
    />
  );
}
