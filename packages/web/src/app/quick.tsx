import { useNavigate, useSearch } from "@tanstack/react-router";
import { lazy, Suspense, useLayoutEffect, useState, useSyncExternalStore } from "react";
import { areSingleKeysOn, isWriting } from "../keyboard/keys.ts";
import { cliText } from "../copy/commands.ts";
import { PaletteComing } from "../palette/coming.tsx";
import { Opening } from "../palette/opening.ts";
import type { Doing } from "../palette/palette.tsx";
import { REQUEST_VERBS, VERBS } from "../palette/verbs.ts";
import { stateOf } from "../states/state-of.ts";
import { type BookEntry, seatName, useBroker, useSeat } from "./broker.ts";
import { useNames } from "./names.ts";
import { placesOf } from "./navigation.ts";
import { useReading } from "./queries.ts";
import { otherTheme, setTheme, useTheme } from "./theme.ts";

const Palette = lazy(async () => ({ default: (await import("../palette/palette.tsx")).Palette }));
const KeyboardSheet = lazy(async () => ({ default: (await import("../keyboard/sheet.tsx")).KeyboardSheet }));

const GO_KEYS: Readonly<Record<string, string>> = {
  "/queue": "g q",
  "/requests": "g r",
  "/offers": "g o",
  "/agreements": "g a",
  "/awards": "g w",
  "/evidence": "g e",
};

interface QuickProps {
  /** The book of the page; undefined while it is on its way, and where it could not be had. */
  readonly book: BookEntry | undefined;
  readonly isBookComing: boolean;
}

/** The palette and the sheet of keys, each loaded when it is first asked for. */
export function Quick({ book, isBookComing }: QuickProps) {
  const [opening] = useState(() => new Opening());
  const open = useSyncExternalStore(opening.subscribe, opening.shown);
  const theme = useTheme();
  // With the page, not after it: what is seen can be used. And before the page: letters for the palette do nothing on it.
  useLayoutEffect(() => {
    const heard = (event: KeyboardEvent): void => {
      if (!opening.take(event)) return;
      event.preventDefault();
      event.stopPropagation();
    };
    const asked = (): void => opening.show("palette");
    addEventListener("keydown", heard, { capture: true });
    addEventListener(PALETTE_ASKED, asked);
    return () => {
      removeEventListener("keydown", heard, { capture: true });
      removeEventListener(PALETTE_ASKED, asked);
    };
  }, [opening]);
  useLayoutEffect(() => {
    const heard = (event: KeyboardEvent): void => {
      if (event.metaKey || event.ctrlKey || event.altKey || isWriting(event.target) || !areSingleKeysOn()) return;
      if (event.key === "?") opening.show("sheet");
      if (event.key === "t") setTheme(otherTheme(theme));
    };
    addEventListener("keydown", heard);
    return () => removeEventListener("keydown", heard);
  }, [theme, opening]);
  const close = (): void => opening.show(undefined);
  if (open === "palette") return <Filled book={book} isBookComing={isBookComing} opening={opening} />;
  return <Suspense>{open === "sheet" ? <KeyboardSheet isOpen onClose={close} /> : undefined}</Suspense>;
}

const PALETTE_ASKED = "offtake:palette";

/** Opens the palette from wherever there is a button for it. */
export function askForPalette(): void {
  dispatchEvent(new Event(PALETTE_ASKED));
}

const LIMIT = 200;
/** Forms of the keeper, which stand in no menu. */
const FORMS = ["/new-request", "/record-agreement"] as const;

/** The palette with what this reader can open: only what was told to the party is found by it. */
function Filled({ book, isBookComing, opening }: QuickProps & { readonly opening: Opening }) {
  const navigate = useNavigate();
  const search = useSearch({ from: "__root__" });
  const seat = useSeat();
  const { session } = useBroker();
  const nameOf = useNames();
  const theme = useTheme();
  const isKeeper = book?.isKeeper === true;
  const requests = useReading("requestList", { query: { limit: LIMIT } }, isKeeper);
  const notices = useReading("noticeList", { query: { limit: LIMIT } }, book?.isKeeper === false);
  const invitations = useReading("invitationList", { query: { limit: LIMIT } }, book?.isKeeper === false);
  const agreements = useReading("agreementList", { query: { limit: LIMIT } }, book !== undefined);
  const isComing = isBookComing || [requests, notices, invitations, agreements].some(({ isLoading }) => isLoading);
  const places = placesOf(book, seat.roles, search.demo).flatMap((group) => group.places);
  const reachable = new Set<string>([...places.map(({ to }) => to), ...(isKeeper ? FORMS : [])]);
  const entries: readonly Doing[] = [
    ...places.map(({ to, label }): Doing => {
      const keys = GO_KEYS[to];
      return {
        id: to,
        group: "Go to",
        label,
        ...(keys === undefined ? {} : { keys }),
        run: () => void navigate({ to }),
      };
    }),
    {
      id: "theme",
      group: "Do",
      label: `Switch to ${otherTheme(theme)}`,
      words: "theme colours",
      keys: "t",
      run: () => setTheme(otherTheme(theme)),
    },
    ...(["contract", "local", "utc"] as const)
      .filter((choice) => choice !== (search.zone ?? "contract"))
      .map(
        (choice): Doing => ({
          id: `zone ${choice}`,
          group: "Do",
          label: `Show times on the clock ${{ contract: "of the contract", local: "of this place", utc: "of UTC" }[choice]}`,
          words: "zone time",
          run: () =>
            void navigate({
              to: ".",
              search: ({ zone: _, ...others }) => (choice === "contract" ? others : { ...others, zone: choice }),
            }),
        }),
      ),
    ...VERBS.filter(({ to }) => reachable.has(to)).map(
      ({ words, to }): Doing => ({
        id: `verb ${words.join(" ")}`,
        group: "Run",
        label: cliText(words),
        detail: places.find((place) => place.to === to)?.label ?? "Form",
        words: "command terminal",
        run: () => void navigate({ to }),
      }),
    ),
    ...session.memberships
      .filter((one) => seatName(one) !== seatName(seat))
      .map(
        (one): Doing => ({
          id: `seat ${seatName(one)}`,
          group: "Do",
          label: `Act for ${one.book === seat.book ? nameOf(one.party) : one.party}`,
          detail: seatName(one),
          words: "party switch become",
          isObject: true,
          run: () => void navigate({ to: "/queue", search: (before) => ({ ...before, as: seatName(one) }) }),
        }),
      ),
    {
      id: "keys",
      group: "Do",
      label: "Show every key",
      words: "keyboard shortcuts help",
      keys: "?",
      run: () => opening.show("sheet"),
    },
    { id: "print", group: "Do", label: "Print this page", run: () => print() },
    ...(requests.data?.data ?? []).flatMap(({ id }) =>
      REQUEST_VERBS.map(
        ({ words, tab }): Doing => ({
          id: `verb ${words.join(" ")} ${id}`,
          group: "Run",
          label: cliText([...words, id]),
          words: "command terminal",
          isObject: true,
          run: () =>
            void (tab === undefined
              ? navigate({ to: "/requests/$request", params: { request: id } })
              : navigate({ to: "/requests/$request/$tab", params: { request: id, tab } })),
        }),
      ),
    ),
    ...(requests.data?.data ?? []).map(
      ({ id, status }): Doing => ({
        id: `request ${id}`,
        group: "Open",
        label: id,
        detail: stateOf("requests", status).word,
        words: "request",
        run: () => void navigate({ to: "/requests/$request", params: { request: id } }),
      }),
    ),
    ...(notices.data?.data ?? []).map(
      ({ id, status }): Doing => ({
        id: `notice ${id}`,
        group: "Open",
        label: id,
        detail: stateOf("notices", status).word,
        words: "notice offer",
        run: () => void navigate({ to: "/offers/$notice", params: { notice: id } }),
      }),
    ),
    ...(invitations.data?.data ?? []).map(
      ({ id, status }): Doing => ({
        id: `invitation ${id}`,
        group: "Open",
        label: id,
        detail: stateOf("invitations", status).word,
        words: "invitation bid lot",
        run: () => void navigate({ to: "/lots/$invitation", params: { invitation: id } }),
      }),
    ),
    ...(agreements.data?.data ?? []).map(
      ({ id, status, view }): Doing => ({
        id: `agreement ${id}`,
        group: "Open",
        label: id,
        detail: `${view.agreement.title} · ${stateOf("agreements", status).word}`,
        words: "agreement contract",
        run: () => void navigate({ to: "/agreements/$agreement", params: { agreement: id } }),
      }),
    ),
  ];
  // What is listed is asked for at once, not after the palette has come.
  return (
    <Suspense fallback={<PaletteComing opening={opening} />}>
      <Palette opening={opening} entries={entries} isComing={isComing} />
    </Suspense>
  );
}
