import { type RefObject, useEffect, useRef, useState } from "react";

/** The width of an element in CSS pixels, as it is now: charts are drawn to the pixel, so that their text has its own size. */
export function useWidth<Shape extends HTMLElement>(first = 640): readonly [RefObject<Shape | null>, number] {
  const place = useRef<Shape>(null);
  const [width, setWidth] = useState(first);
  useEffect(() => {
    const element = place.current;
    if (element === null) return undefined;
    const watcher = new ResizeObserver(([entry]) => {
      if (entry !== undefined) setWidth(Math.round(entry.contentRect.width));
    });
    watcher.observe(element);
    return () => watcher.disconnect();
  }, []);
  return [place, width];
}
