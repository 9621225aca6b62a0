import type { ReactNode } from "react";
import { ViewingContext } from "../clock/viewing.ts";
import { Toasts } from "../toasts/toasts.tsx";
import { Answering } from "./answering.tsx";
import { Clocks } from "./clocks.tsx";
import { Lists } from "./lists.tsx";
import { Pictures } from "./pictures.tsx";
import { Reasons } from "./reasons.tsx";
import { States } from "./states.tsx";

/** The instant at which the story stands in the gallery: bids are sealed, six minutes of the market are left. */
const NOW = Date.parse("2026-03-12T23:53:48Z");

const ROOMS: readonly (readonly [string, ReactNode])[] = [
  ["states", <States key="states" />],
  ["clocks", <Clocks key="clocks" now={NOW} />],
  ["pictures", <Pictures key="pictures" />],
  ["reasons", <Reasons key="reasons" />],
  ["answering", <Answering key="answering" />],
  ["lists", <Lists key="lists" />],
];

/** All rooms, or the one that the address names: `?room=clocks`. */
export function Gallery() {
  const wanted = new URLSearchParams(location.search).get("room");
  const theme = new URLSearchParams(location.search).get("theme");
  if (theme !== null) document.documentElement.dataset["theme"] = theme;
  return (
    <ViewingContext
      value={{ choice: "contract", zones: { contract: "America/Los_Angeles", local: "Europe/Berlin" }, now: () => NOW }}
    >
      <main className="mx-auto max-w-6xl space-y-10 p-4 sm:p-8">
        <h1 className="text-xl font-semibold tracking-tight">Gallery</h1>
        {ROOMS.filter(([name]) => wanted === null || wanted === name).map(([name, room]) => (
          <div key={name} id={name} className="space-y-4">
            {room}
          </div>
        ))}
      </main>
      <Toasts />
    </ViewingContext>
  );
}
