import { useSyncExternalStore } from "react";

/** Below this there is no room for columns beside each other. */
const NARROW = "(max-width: 40rem)";

const onChange = (heard: () => void): (() => void) => {
  const query = matchMedia(NARROW);
  query.addEventListener("change", heard);
  return () => query.removeEventListener("change", heard);
};

/** Whether the page is as narrow as a telephone, or as a window at 400 %. */
export const useNarrow = (): boolean => useSyncExternalStore(onChange, () => matchMedia(NARROW).matches);
