import { useQuery } from "@tanstack/react-query";
import { Link, Outlet, useNavigate, useRouteContext, useSearch } from "@tanstack/react-router";
import { useEffect, useLayoutEffect, useMemo, useState } from "react";
import { NotPermitted } from "../lists/list-states.tsx";
import { ViewingContext, type Viewing } from "../clock/viewing.ts";
import { localZone } from "../clock/zoned.ts";
import { areSingleKeysOn } from "../keyboard/keys.ts";
import { SECOND_KEY_MS } from "../keyboard/single-keys.ts";
import { Toasts } from "../toasts/toasts.tsx";
import { forPerson, useWaiting } from "./approvals.ts";
import {
  BookContext,
  type BookEntry,
  type Broker,
  BrokerContext,
  clientOf,
  seatName,
  seatOf,
  useSeat,
} from "./broker.ts";
import { DemoStrip } from "./demo-strip.tsx";
import { Header } from "./header.tsx";
import { ICONS } from "./icons.tsx";
import { Loaded } from "./loaded.tsx";
import { mayCall, whyNotCall } from "./may.ts";
import { NotFound } from "./not-found.tsx";
import { useLive } from "./live.ts";
import { type Place, placesOf } from "./navigation.ts";
import { reading, useReading } from "./queries.ts";
import { READ_ONLY, ServerTold, useServerSays } from "./server-told.tsx";
import { MayContext, ReadOnlyContext } from "../surface/read-only.ts";
import { Quick } from "./quick.tsx";

/** What surrounds every page: where one is, for whom one acts, and what time it is for the broker. */
export function Frame() {
  const { transport, session, queries } = useRouteContext({ from: "__root__" });
  const { as } = useSearch({ from: "__root__" });
  const seat = seatOf(session, as);
  const broker = useMemo<Broker>(
    () => ({ transport, session, seat, client: clientOf(transport, seat) }),
    [transport, session, seat],
  );
  const name = seat === undefined ? "" : seatName(seat);
  // What one party read is gone before another one looks.
  useEffect(
    () => () => {
      queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] === name });
      // React Aria keeps what it last said to assistive tools in the page: that was said to the other party.
      for (const said of document.querySelectorAll("[data-live-announcer] > *")) said.replaceChildren();
    },
    [name, queries],
  );
  return (
    <BrokerContext value={broker}>
      {seat === undefined ? (
        <main className="mx-auto max-w-xl pt-[12vh]">
          <NotPermitted />
        </main>
      ) : (
        <Inside key={name} broker={broker} />
      )}
      <Toasts />
    </BrokerContext>
  );
}

function Inside({ broker }: { readonly broker: Broker }) {
  const { queries } = useRouteContext({ from: "__root__" });
  const { zone } = useSearch({ from: "__root__" });
  const line = useLive(broker, queries);
  // Every member may have it, whatever its roles.
  const book = useQuery(reading(broker, "bookList", {}));
  const entry = book.data?.data[0];
  const roles = broker.seat?.roles;
  const may = useMemo(() => (operation: string) => whyNotCall(roles ?? [], operation), [roles]);
  const [isOpen, setIsOpen] = useState(false);
  const viewing = useMemo<Viewing>(
    () => ({
      choice: zone ?? "contract",
      zones: { contract: entry?.zone ?? "UTC", local: localZone() },
      now: broker.transport.now,
      ...(broker.transport.clock === undefined ? {} : { onSet: broker.transport.clock.onSet }),
    }),
    [zone, entry, broker],
  );
  const { isReadOnly } = useServerSays(broker.transport);
  return (
    <ViewingContext value={viewing}>
      <a
        href="#content"
        className="sr-only z-50 rounded bg-raised px-3 py-2 focus:not-sr-only focus:absolute focus:left-2 focus:top-2"
      >
        To the content
      </a>
      <div className="flex min-h-dvh flex-col">
        {broker.transport.clock === undefined ? undefined : <DemoStrip />}
        <ServerTold transport={broker.transport} />
        <Header line={line} onMenu={() => setIsOpen(!isOpen)} isMenuOpen={isOpen} />
        <div className="flex min-h-0 flex-1 max-md:flex-col">
          <Navigation isOpen={isOpen} onGo={() => setIsOpen(false)} entry={entry} />
          <main id="content" tabIndex={-1} className="min-w-0 flex-1 px-6 py-5 outline-none max-md:px-4">
            <div className="mx-auto max-w-[90rem]">
              <Loaded query={book} what="the book">
                {({ data: [of] }) =>
                  of === undefined ? (
                    <NotFound />
                  ) : (
                    <BookContext value={of}>
                      <MayContext value={may}>
                        <ReadOnlyContext value={isReadOnly ? READ_ONLY : undefined}>
                          <Outlet />
                        </ReadOnlyContext>
                      </MayContext>
                    </BookContext>
                  )
                }
              </Loaded>
            </div>
          </main>
        </div>
      </div>
      <Quick book={entry} isBookComing={book.isLoading} />
    </ViewingContext>
  );
}

interface NavigationProps {
  readonly isOpen: boolean;
  readonly onGo: () => void;
  readonly entry: BookEntry | undefined;
}

function Navigation({ isOpen, onGo, entry }: NavigationProps) {
  const { demo } = useSearch({ from: "__root__" });
  const seat = useSeat();
  const queue = useReading("queueRead", {}, mayCall(seat.roles, "queueRead"));
  const waiting = useWaiting(demo === undefined);
  const counts: { readonly [To in Place["to"]]?: number | undefined } = {
    "/queue": queue.data?.data.length,
    "/approvals": waiting.data && forPerson(waiting.data.data, seat.person).length,
  };
  useShortcuts();
  return (
    <nav
      aria-label="Console"
      className={`w-52 shrink-0 border-r border-line bg-panel px-2 py-3 max-md:w-full max-md:border-b max-md:border-r-0 print:hidden ${isOpen ? "" : "max-md:hidden"}`}
    >
      {placesOf(entry, seat.roles, demo).map(({ label, places }) => (
        <div key={label ?? ""} className="mb-4">
          {label === undefined ? undefined : <p className="px-2 pb-1 text-xs text-ink-soft">{label}</p>}
          <ul className="space-y-px">
            {places.map((place) => (
              <li key={place.to}>
                <PlaceLink place={place} onGo={onGo} count={counts[place.to]} />
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}

interface PlaceLinkProps {
  readonly place: Place;
  readonly count: number | undefined;
  readonly onGo: () => void;
}

function PlaceLink({ place: { to, label, icon }, count, onGo }: PlaceLinkProps) {
  return (
    <Link
      to={to}
      onClick={onGo}
      className="flex h-8 items-center gap-2.5 rounded-md px-2 text-ink-soft hover:bg-hover hover:text-ink data-[status=active]:bg-selected data-[status=active]:font-medium data-[status=active]:text-ink forced-colors:data-[status=active]:border"
    >
      {ICONS[icon]}
      {label}
      {count === undefined || count === 0 ? undefined : <span className="ml-auto text-xs text-ink-soft">{count}</span>}
    </Link>
  );
}

const GO = { q: "/queue", r: "/requests", o: "/offers", a: "/agreements", w: "/awards", e: "/evidence" } as const;
/** g and then a letter goes to a place, for who works by keyboard; never while somebody types. */
function useShortcuts(): void {
  const navigate = useNavigate();
  // With the page, not after it: who sees it can use its keys.
  useLayoutEffect(() => {
    let gAt = 0;
    const heard = (event: KeyboardEvent): void => {
      const { target } = event;
      const isTyping =
        target instanceof HTMLElement &&
        target.closest("input, textarea, select, [contenteditable], [role=menu], [role=listbox]") !== null;
      if (isTyping || !areSingleKeysOn() || event.metaKey || event.ctrlKey || event.altKey) return;
      const to = GO[event.key as keyof typeof GO];
      if (event.key === "g") gAt = event.timeStamp;
      else if (to !== undefined && event.timeStamp - gAt < SECOND_KEY_MS) {
        gAt = 0;
        event.preventDefault();
        void navigate({ to });
      }
    };
    addEventListener("keydown", heard);
    return () => removeEventListener("keydown", heard);
  }, [navigate]);
}
