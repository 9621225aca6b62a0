import { useLayoutEffect, useRef } from "react";
import { areSingleKeysOn, isWriting } from "./keys.ts";

type Doings = Readonly<Record<string, () => void>>;

/** Keys of one letter that do something on a page: not while somebody writes, and not where they are switched off. */
export function useSingleKeys(doings: Doings): void {
  const latest = useRef(doings);
  // With the page, not after it: who sees it can use its keys.
  useLayoutEffect(() => {
    latest.current = doings;
  });
  useLayoutEffect(() => {
    let gAt = Number.NEGATIVE_INFINITY;
    const heard = (event: KeyboardEvent): void => {
      if (event.metaKey || event.ctrlKey || event.altKey || event.defaultPrevented) return;
      if (isWriting(event.target) || !areSingleKeysOn()) return;
      // The second of two keys belongs to the first: "g e" goes to the evidence.
      if (event.key === "g") gAt = event.timeStamp;
      else if (event.timeStamp - gAt > SECOND_KEY_MS) latest.current[event.key]?.();
    };
    addEventListener("keydown", heard);
    return () => removeEventListener("keydown", heard);
  }, []);
}

/** The second key of two comes within this time. */
export const SECOND_KEY_MS = 1_000;
