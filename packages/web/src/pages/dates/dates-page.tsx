import type { Schemas } from "@offtake/client";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Loaded } from "../../app/loaded.tsx";
import { useReading } from "../../app/queries.ts";
import { CopyAs } from "../../copy/copy-as.tsx";
import { useSeat } from "../../app/broker.ts";
import { daysOf, horizonOf, spanAhead } from "../../clock/horizon.ts";
import { Instant } from "../../clock/instant.tsx";
import { useViewing } from "../../clock/viewing.ts";
import { actBy, byMonth, type ContractDateTold, ownersOf } from "../../dates/by-month.ts";
import { FilterChips } from "../../filters/filter-chips.tsx";
import { filtersOfSearch, filtersToSearch, passes } from "../../filters/filters.ts";
import { NoneMatch, NoneYet } from "../../lists/list-states.tsx";
import { Panel } from "../../surface/panel.tsx";
import { Due } from "../due.tsx";
import { HorizonChoice } from "../horizon-choice.tsx";
import { PageTitle } from "../page-title.tsx";

/** Every date that the agreements cause in the time ahead: who looks after it, by when, and what it means that nobody does anything. */
export function DatesPage() {
  const { book } = useSeat();
  const { now } = useViewing();
  const { ahead } = useSearch({ strict: false });
  const span = spanAhead(horizonOf(ahead), now());
  const query = useReading("dateList", { query: span });
  return (
    <>
      <PageTitle
        title="Dates"
        under="What the agreements make fall due in the time ahead, and what silence means."
        actions={
          <>
            <HorizonChoice />
            <CopyAs
              cli={["dates", "--broker", "--from", span.from, "--within", `${daysOf(span)}d`]}
              call={{ method: "GET", path: `/v1/books/${book}/dates?${new URLSearchParams(span).toString()}` }}
            />
          </>
        }
      />
      <Loaded query={query} what="dates">
        {({ data }) => <Dates told={data} />}
      </Loaded>
    </>
  );
}

const FIELDS = ["owner", "whose"];

function Dates({ told }: { readonly told: Schemas["ContractDates"] }) {
  const search = useSearch({ strict: false });
  const navigate = useNavigate();
  const { dates, unknown } = told;
  const filters = filtersOfSearch(search, FIELDS);
  const change = (next: typeof filters): void =>
    void navigate({
      to: ".",
      replace: true,
      search: ({ owner: _, whose: __, ...others }: Record<string, unknown>) => ({
        ...others,
        ...filtersToSearch(next),
      }),
    });
  if (dates.length === 0 && unknown.length === 0)
    return (
      <Panel padded={false}>
        <NoneYet>Nothing falls due. Renewals, milestones, answers and ends of agreements will be here.</NoneYet>
      </Panel>
    );
  const shown = dates.filter((date) =>
    passes(filters, (field) => (field === "owner" ? (date.owner ?? "nobody") : date.own ? "ours" : "theirs")),
  );
  const owners = [...ownersOf(dates), ...(dates.some(({ owner }) => owner === undefined) ? ["nobody"] : [])];
  return (
    <div className="space-y-4">
      <FilterChips
        fields={[
          {
            field: "whose",
            label: "To act",
            values: [
              { value: "ours", label: "us" },
              { value: "theirs", label: "others" },
            ],
          },
          { field: "owner", label: "Owner", values: owners.map((value) => ({ value, label: value })) },
        ]}
        filters={filters}
        onChange={change}
      />
      {unknown.length === 0 ? undefined : <Unknown unknown={unknown} />}
      {shown.length === 0 ? (
        <Panel padded={false}>
          <NoneMatch of={`${dates.length} dates`} onClear={() => change({})} />
        </Panel>
      ) : (
        byMonth(shown).map(({ title, dates: inMonth }) => (
          <Panel key={title} title={title} padded={false}>
            <ul className="divide-y divide-line">
              {inMonth.map((date) => (
                <Row key={date.id} date={date} />
              ))}
            </ul>
          </Panel>
        ))
      )}
    </div>
  );
}

/** An end is outside: it is shown as 24:00 of the day before. */
function shownBy(date: ContractDateTold): string {
  const by = actBy(date);
  return date.atIs === "ends" && date.sendBy === undefined ? new Date(Date.parse(by) - 1).toISOString() : by;
}

function Row({ date }: { readonly date: ContractDateTold }) {
  const { title, agreement, clause, owner, zone, at, sendBy, channels, silence, unconfirmed, own, actor } = date;
  return (
    <li className="grid gap-x-6 gap-y-1 px-4 py-3 md:grid-cols-[1fr_20rem]">
      <div className="min-w-0">
        <p className="font-medium first-letter:uppercase">{title}</p>
        <p className="text-ink-soft">
          {agreement}
          {clause === undefined ? "" : ` · ${clause}`}
          {own || actor === undefined ? "" : " · others act"}
        </p>
        {silence === undefined ? undefined : <p className="mt-1">{silence}</p>}
        {unconfirmed === true ? (
          <p className="mt-1 text-xs text-attention">
            <span aria-hidden="true">▲ </span>The reading of this clause is not confirmed.
          </p>
        ) : undefined}
      </div>
      <div className="min-w-0 md:text-right">
        <div className="md:flex md:justify-end">
          <Due at={shownBy(date)} zone={zone} />
        </div>
        {sendBy === undefined ? undefined : (
          <p className="mt-0.5 text-xs text-ink-soft">
            last safe day to send{channels === undefined ? "" : ` by ${channels.join(" or ")}`}; due{" "}
            <Instant at={at} zone={zone} isDeadline />
          </p>
        )}
        <p className="mt-0.5 text-xs text-ink-soft">
          {owner === undefined ? "nobody looks after it" : `looked after by ${owner}`}
        </p>
      </div>
    </li>
  );
}

/** Dates that cannot be worked out: said, never guessed. */
function Unknown({ unknown }: Pick<Schemas["ContractDates"], "unknown">) {
  return (
    <Panel title="Cannot be worked out">
      <ul className="space-y-1">
        {unknown.map(({ agreement, clause, about, detail }) => (
          <li key={`${agreement} ${clause ?? ""} ${about}`}>
            <span className="font-medium">
              {agreement}
              {clause === undefined ? "" : ` · ${clause}`}
            </span>{" "}
            <span className="text-ink-soft">{detail}</span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
