import type { Schemas } from "@offtake/client";
import { Link, useNavigate } from "@tanstack/react-router";
import { countText } from "../../amounts/counts.ts";
import { rateText } from "../../amounts/money.ts";
import { useSeat } from "../../app/broker.ts";
import { Loaded } from "../../app/loaded.tsx";
import { type Long, together, useList } from "../../app/paging.ts";
import { Window } from "../../clock/window.tsx";
import { CopyAs } from "../../copy/copy-as.tsx";
import { NoneYet } from "../../lists/list-states.tsx";
import { Badge } from "../../states/badge.tsx";
import { stateOf } from "../../states/state-of.ts";
import type { Column } from "../../table/data-table.tsx";
import { Due } from "../due.tsx";
import { List } from "../list-page.tsx";
import { PageTitle } from "../page-title.tsx";
import { Hosted } from "./hosted.tsx";
import { monthsAsked } from "./months.ts";

/** Something that one is asked: first, by a notice, or with others, by an invitation. */
type Offer =
  | { readonly kind: "notices"; readonly object: Schemas["Notice"] }
  | { readonly kind: "invitations"; readonly object: Schemas["Invitation"] };

/** Two lists that are shown as one, sorted in the page: what was read of them stays. */
const NOTICES = { rowsOf: (notice: Schemas["Notice"]) => [notice], holds: "all" } as const;
const INVITATIONS = { rowsOf: (invitation: Schemas["Invitation"]) => [invitation], holds: "all" } as const;

/** A list that goes on starts with what must be answered first. */
const NEXT = { order: "next" } as const;

/** Everything that a provider's desk has been asked, first or together with others. */
export function OffersPage() {
  const { book } = useSeat();
  const notices = useList("noticeList", NEXT, NEXT, NOTICES);
  const invitations = useList("invitationList", NEXT, NEXT, INVITATIONS);
  return (
    <>
      <PageTitle
        title="Offers"
        under="What you are asked: first, by a notice with a deadline; or sealed, by an invitation to bid."
        actions={<CopyAs cli={["notices"]} call={{ method: "GET", path: `/v1/books/${book}/notices` }} />}
      />
      <Loaded query={notices.query} what="notices">
        {(asked) => (
          <Loaded query={invitations.query} what="invitations">
            {(invited) => (
              <>
                <Together notices={asked.rows} />
                <Rows
                  long={together(notices.long, invitations.long)}
                  rows={[
                    ...asked.rows.map((object) => ({ kind: "notices", object }) as const),
                    ...invited.rows.map((object) => ({ kind: "invitations", object }) as const),
                  ].toSorted(byUrgency)}
                />
              </>
            )}
          </Loaded>
        )}
      </Loaded>
      <Hosted />
    </>
  );
}

/** Requests that are asked about by several notices, such as one for each month: those are answered together. */
function Together({ notices }: { readonly notices: readonly Schemas["Notice"][] }) {
  const requests = new Map(
    notices.flatMap(({ view }) => (view.as === "party" ? [[view.notice.request, view.notice.fromName]] : [])),
  );
  const several = [...requests]
    .map(([request, from]) => ({ request, from, months: monthsAsked(notices, request).length }))
    .filter(({ months }) => months > 1);
  if (several.length === 0) return undefined;
  return (
    <ul className="mb-3 space-y-1 rounded-lg border border-line bg-panel px-4 py-2.5">
      {several.map(({ request, from, months }) => (
        <li key={request}>
          {from} asks you about {months} months of one request, each by its own notice:{" "}
          <Link to="/answer-months/$request" params={{ request }} className="text-accent underline underline-offset-2">
            answer them together
          </Link>
        </li>
      ))}
    </ul>
  );
}

const isOpen = ({ object }: Offer): boolean => object.status === "open" || object.status === "sent";

/** What is open comes first, what ends first at the top; then what is over, the newest first. */
function byUrgency(a: Offer, b: Offer): number {
  if (isOpen(a) !== isOpen(b)) return isOpen(a) ? -1 : 1;
  const [one, other] = [Date.parse(a.object.deadline ?? ""), Date.parse(b.object.deadline ?? "")];
  return isOpen(a)
    ? (Number.isNaN(one) ? Infinity : one) - (Number.isNaN(other) ? Infinity : other)
    : Date.parse(b.object.updatedAt) - Date.parse(a.object.updatedAt);
}

function Rows({ rows, long }: { readonly rows: readonly Offer[]; readonly long: Long | undefined }) {
  const navigate = useNavigate();
  return (
    <List
      of="offers"
      rows={rows}
      long={long}
      columns={COLUMNS}
      idOf={({ object }) => object.id}
      onOpen={({ kind, object }) =>
        void (kind === "notices"
          ? navigate({ to: "/offers/$notice", params: { notice: object.id } })
          : navigate({ to: "/lots/$invitation", params: { invitation: object.id } }))
      }
      fields={[
        {
          field: "kind",
          label: "Kind",
          valueOf: ({ kind }) => kind,
          wordOf: (kind) => (kind === "notices" ? "Asked first" : "Invited to bid"),
        },
      ]}
      empty={
        <NoneYet command="offtake notices">
          Notices of buyers who must ask you first, and invitations to bid, will be here.
        </NoneYet>
      }
    />
  );
}

const COLUMNS: readonly Column<Offer>[] = [
  {
    id: "from",
    header: "From",
    width: "13rem",
    cell: ({ kind, object }) => (
      <span className="truncate font-medium">{kind === "notices" ? buyerOf(object) : object.view.buyerName}</span>
    ),
  },
  {
    id: "kind",
    header: "How",
    width: "9rem",
    cell: ({ kind }) => (kind === "notices" ? "Asked first" : "Invited to bid"),
    sortBy: ({ kind }) => kind,
  },
  {
    id: "ask",
    header: "Ask",
    cell: (offer) => {
      const { count, type, isUpTo } = askedOf(offer);
      return (
        <span className="truncate">
          {isUpTo ? "up to " : ""}
          {countText(count)} × <span className="text-ink-soft">{type}</span>
        </span>
      );
    },
    sortBy: (offer) => askedOf(offer).count,
  },
  {
    id: "window",
    header: "When",
    width: "15rem",
    cell: (offer) => {
      const { window } = askedOf(offer);
      return window === undefined ? "–" : <Window span={window} className="truncate text-ink-soft" />;
    },
  },
  {
    id: "cap",
    header: "At most",
    align: "right",
    width: "9rem",
    cell: (offer) => {
      const { price } = askedOf(offer);
      return price === undefined ? <span className="text-ink-faint">–</span> : rateText(price);
    },
  },
  {
    id: "status",
    header: "State",
    width: "10rem",
    cell: ({ kind, object }) => <Badge {...stateOf(kind, object.status)} />,
    sortBy: ({ object }) => object.status,
  },
  {
    id: "due",
    header: "Answer by",
    width: "20rem",
    cell: (offer) => <Due at={offer.object.deadline} />,
    sortBy: ({ object }) => object.deadline,
  },
];

function buyerOf({ view }: Schemas["Notice"]): string {
  return view.as === "party" ? view.notice.fromName : view.notice.holder;
}

function askedOf({ kind, object }: Offer) {
  if (kind === "notices") {
    const { count, terms } = object.view.notice;
    return { count, type: terms.acceleratorType, window: terms.window, price: terms.price, isUpTo: false };
  }
  const [line] = object.view.lines;
  return {
    count: line?.countUpTo ?? 0,
    type: line?.alternatives[0]?.acceleratorType ?? "",
    window: line?.window,
    price: line?.cap,
    isUpTo: true,
  };
}
