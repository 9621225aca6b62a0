import { Link, Outlet } from "@tanstack/react-router";
import { useSeat } from "./broker.ts";

/** What surrounds every page: where one is, for whom one acts, and what time it is for the broker. */
export function Frame() {
  const seat = useSeat();
  return (
    <div className="grid min-h-dvh grid-rows-[auto_1fr]">
      <header className="flex h-11 items-center gap-4 border-b border-line bg-panel px-4">
        <span className="font-semibold">offtake</span>
        <span className="text-ink-soft">{seat.party}</span>
      </header>
      <div className="grid grid-cols-[12rem_1fr]">
        <nav aria-label="Console" className="border-r border-line p-2">
          <Link
            to="/queue"
            className="block rounded px-2 py-1.5 text-ink-soft hover:bg-hover data-[status=active]:bg-selected data-[status=active]:text-ink"
          >
            Queue
          </Link>
        </nav>
        <main className="min-w-0 p-6">
          <Outlet />
        </main>
      </div>
    </div>
  );
}
