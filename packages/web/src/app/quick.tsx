import { useNavigate, useSearch } from "@tanstack/react-router";
import { lazy, Suspense, useEffect, useState } from "react";
import { areSingleKeysOn, isWriting } from "../keyboard/keys.ts";
import { cliText } from "../copy/commands.ts";
import type { Doing } from "../palette/palette.tsx";
import { REQUEST_VERBS, VERBS } from "../palette/verbs.ts";
import { stateOf } from "../states/state-of.ts";
import { useBook, useSeat } from "./broker.ts";
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

/** The palette and the sheet of keys, each loaded when it is first asked for. */
export function Quick() {
  const [open, setOpen] = useState<"palette" | "sheet">();
  const theme = useTheme();
  useEffect(() => {
    const heard = (event: KeyboardEvent): void => {
      if ((event.metaKey || event.ctrlKey) && !event.altKey && event.key.toLowerCase() === "k") {
        event.preventDefault();
        setOpen((before) => (before === "palette" ? undefined : "palette"));
        return;
      }
      if (event.metaKey || event.ctrlKey || event.altKey || isWriting(event.target) || !areSingleKeysOn()) return;
      if (event.key === "?") setOpen("sheet");
      if (event.key === "t") setTheme(otherTheme(theme));
    };
    const asked = (): void => setOpen("palette");
    addEventListener("keydown", heard);
    addEventListener(PALETTE_ASKED, asked);
    return () => {
      removeEventListener("keydown", heard);
      removeEventListener(PALETTE_ASKED, asked);
    };
  }, [theme]);
  const close = (): void => setOpen(undefined);
  return (
    <Suspense>
      {open === "palette" ? <Filled onClose={close} onSheet={() => setOpen("sheet")} /> : undefined}
      {open === "sheet" ? <KeyboardSheet isOpen onClose={close} /> : undefined}
    </Suspense>
  );
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
function Filled({ onClose, onSheet }: { readonly onClose: () => void; readonly onSheet: () => void }) {
  const navigate = useNavigate();
  const search = useSearch({ from: "__root__" });
  const seat = useSeat();
  const book = useBook();
  const theme = useTheme();
  const isKeeper = book.isKeeper;
  const requests = useReading("requestList", { query: { limit: LIMIT } }, isKeeper);
  const notices = useReading("noticeList", { query: { limit: LIMIT } }, !isKeeper);
  const invitations = useReading("invitationList", { query: { limit: LIMIT } }, !isKeeper);
  const agreements = useReading("agreementList", { query: { limit: LIMIT } });
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
    { id: "keys", group: "Do", label: "Show every key", words: "keyboard shortcuts help", keys: "?", run: onSheet },
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
  return <Palette isOpen onClose={onClose} entries={entries} />;
}
