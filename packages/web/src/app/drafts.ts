import { useEffect, useLayoutEffect, useRef, useState } from "react";
import { seatName, useSeat } from "./broker.ts";

/** What somebody has filled in and not sent, with the key under which it will be sent: sent twice it takes effect once. */
export interface Draft<Fields> {
  readonly fields: Fields;
  readonly key: string;
  /** Milliseconds since 1970 by this machine's clock; nothing where it was never kept. */
  readonly keptAt?: number;
}

const KEEP_MS = 400;

/**
 * A form's fields, kept in this browser for this party until they are sent: a reload, a lost connection or a session that ended lose
 * nothing.
 *
 * @param name what the draft is of
 */
export function useDraft<Fields extends object>(
  name: string,
  start: Fields,
): readonly [Draft<Fields>, (fields: Fields) => void, () => void] {
  const place = `offtake-draft ${seatName(useSeat())} ${name}`;
  const [draft, setDraft] = useState<Draft<Fields>>(() => kept(place, start) ?? fresh(start));
  const [isChanged, setChanged] = useState(false);
  useEffect(() => {
    if (!isChanged) return undefined;
    const keep = (): number | undefined => {
      const keptAt = Date.now();
      return store(place, JSON.stringify({ ...draft, keptAt })) ? keptAt : undefined;
    };
    const timer = setTimeout(() => {
      const keptAt = keep();
      if (keptAt === undefined) return;
      setChanged(false);
      setDraft({ ...draft, keptAt });
    }, KEEP_MS);
    // Whoever leaves or loads the page anew at once loses nothing either.
    addEventListener("pagehide", keep);
    return () => {
      clearTimeout(timer);
      removeEventListener("pagehide", keep);
    };
  }, [draft, isChanged, place]);
  // Nor does whoever goes to another page of the console before the time is over.
  const unkept = useRef<Draft<Fields>>(undefined);
  useEffect(
    () => () => {
      if (unkept.current !== undefined) store(place, JSON.stringify({ ...unkept.current, keptAt: Date.now() }));
    },
    [place],
  );
  useLayoutEffect(() => {
    unkept.current = isChanged ? draft : undefined;
  }, [draft, isChanged]);
  const change = (fields: Fields): void => {
    // Another answer than the one that may have been sent is another change.
    setDraft({ fields, key: crypto.randomUUID() });
    setChanged(true);
  };
  const drop = (): void => {
    store(place, undefined);
    unkept.current = undefined;
    setChanged(false);
    setDraft(fresh(start));
  };
  return [draft, change, drop];
}

const fresh = <Fields>(fields: Fields): Draft<Fields> => ({ fields, key: crypto.randomUUID() });

function kept<Fields extends object>(place: string, start: Fields): Draft<Fields> | undefined {
  try {
    const found = JSON.parse(localStorage.getItem(place) ?? "null") as Draft<Fields> | null;
    if (found === null) return undefined;
    // A field that the form has by now and the draft has not: as it starts.
    return { ...found, fields: { ...start, ...found.fields } };
  } catch {
    return undefined;
  }
}

function store(place: string, text: string | undefined): boolean {
  try {
    if (text === undefined) localStorage.removeItem(place);
    else localStorage.setItem(place, text);
    return true;
  } catch {
    return false;
  }
}
