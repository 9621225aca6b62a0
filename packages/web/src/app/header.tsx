import { useNavigate, useRouteContext, useSearch } from "@tanstack/react-router";
import { Button, Header as MenuHeader, Menu, MenuItem, MenuSection, MenuTrigger, Popover } from "react-aria-components";
import { useViewing, useNow } from "../clock/viewing.ts";
import { inThreeZones, type ZoneChoice, zoneOf } from "../clock/three-zones.ts";
import { clockText } from "../clock/zoned.ts";
import { useBroker, useSeat, seatName } from "./broker.ts";
import { ICONS } from "./icons.tsx";
import type { Line } from "./live.ts";
import { useNames } from "./names.ts";
import { goToLogin } from "./login.ts";
import { askForPalette } from "./quick.tsx";
import { otherTheme, setTheme, useTheme } from "./theme.ts";

interface HeaderProps {
  readonly line: Line;
  readonly isMenuOpen: boolean;
  readonly onMenu: () => void;
}

const QUIET =
  "inline-flex h-8 cursor-pointer items-center gap-1.5 rounded-md px-2 text-ink-soft hover:bg-hover hover:text-ink data-[pressed]:bg-hover";
const POPOVER =
  "max-h-[70vh] min-w-56 overflow-auto rounded-lg border border-line-strong bg-raised p-1 shadow-lg outline-none";
const ITEM =
  "flex cursor-pointer items-baseline justify-between gap-4 rounded px-2 py-1.5 outline-none data-[focused]:bg-hover data-[selected]:font-medium";

/** Whose page it is, what time it is for the broker and on which clock, whether the page is kept up, and light or dark. */
export function Header({ line, onMenu, isMenuOpen }: HeaderProps) {
  const theme = useTheme();
  return (
    <header className="sticky top-0 z-20 flex h-12 items-center gap-2 border-b border-line bg-panel px-3 print:hidden">
      <button type="button" onClick={onMenu} aria-expanded={isMenuOpen} className={`${QUIET} md:hidden`}>
        {ICONS.menu}
        <span className="sr-only">Menu</span>
      </button>
      <span className="px-2 font-semibold tracking-tight max-sm:hidden">offtake</span>
      <SeatMenu />
      <span className="flex flex-1 justify-center">
        <button
          type="button"
          onClick={askForPalette}
          className="flex h-8 w-full max-w-72 cursor-pointer items-center gap-2 rounded-md border border-line bg-sunken px-2.5 text-ink-soft hover:border-line-strong max-md:w-8 max-md:px-2"
        >
          {ICONS.search}
          <span className="truncate max-md:sr-only">Search or run…</span>
          <kbd aria-hidden="true" className="ml-auto font-mono text-xs max-md:hidden">
            {isApple() ? "⌘K" : "Ctrl K"}
          </kbd>
        </button>
      </span>
      <LineState line={line} />
      <Clock />
      <button
        type="button"
        className={QUIET}
        onClick={() => setTheme(otherTheme(theme))}
        aria-label={`Switch to ${otherTheme(theme)}`}
      >
        {otherTheme(theme) === "light" ? ICONS.light : ICONS.dark}
      </button>
    </header>
  );
}

const isApple = (): boolean => navigator.userAgent.includes("Mac OS");

/** For whom one acts; a choice only for those who may act for several. */
function SeatMenu() {
  const { session } = useRouteContext({ from: "__root__" });
  const seat = useSeat();
  const navigate = useNavigate();
  const nameOf = useNames();
  const books = [...new Set(session.memberships.map(({ book }) => book))];
  return (
    <MenuTrigger>
      <Button className={`${QUIET} min-w-0 text-ink!`} aria-label={`You act for ${nameOf(seat.party)} in ${seat.book}`}>
        <span className="truncate font-medium">{nameOf(seat.party)}</span>
        <span className="truncate text-ink-faint max-sm:hidden">{seat.book}</span>
        {ICONS.down}
      </Button>
      <Popover placement="bottom start" className={POPOVER}>
        <Menu
          selectionMode="single"
          selectedKeys={[seatName(seat)]}
          onAction={(key) => void navigate({ to: "/queue", search: (before) => ({ ...before, as: String(key) }) })}
          className="outline-none"
        >
          {books.map((book) => (
            <MenuSection key={book}>
              <MenuHeader className="px-2 pb-1 pt-2 text-xs text-ink-soft">{book}</MenuHeader>
              {session.memberships
                .filter((one) => one.book === book)
                .map((one) => (
                  <MenuItem key={seatName(one)} id={seatName(one)} textValue={one.party} className={ITEM}>
                    <span className="flex items-baseline gap-2">
                      {one.book === seat.book ? nameOf(one.party) : one.party}
                      <span className="text-xs text-ink-faint">{one.party}</span>
                    </span>
                    {seatName(one) === seatName(seat) ? <span aria-hidden="true">✓</span> : undefined}
                  </MenuItem>
                ))}
            </MenuSection>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}

const WORDS: Readonly<Record<Line, string>> = {
  connecting: "connecting",
  live: "live",
  asking: "asked twice a minute",
  broken: "reconnecting",
  ended: "logged out",
};

/** Whether what is seen is what is: a line that broke is said at once, and heals by itself. */
function LineState({ line }: { readonly line: Line }) {
  const isWell = line === "live" || line === "asking";
  const look = isWell ? "text-secured" : line === "connecting" ? "text-ink-faint" : "text-attention";
  return (
    <span role="status" className="flex items-center gap-1.5 px-1 text-xs text-ink-soft">
      <span aria-hidden="true" className={look}>
        {isWell ? "●" : line === "ended" ? "✕" : "◔"}
      </span>
      <span className={isWell ? "max-sm:sr-only" : ""}>{WORDS[line]}</span>
      {line === "ended" ? (
        <button type="button" onClick={goToLogin} className="cursor-pointer text-accent underline underline-offset-2">
          Log in again
        </button>
      ) : undefined}
    </span>
  );
}

const CHOICES: readonly (readonly [ZoneChoice, string])[] = [
  ["contract", "Contract"],
  ["local", "Here"],
  ["utc", "UTC"],
];

/** The broker's time, and on which clock all times of the page are shown. */
function Clock() {
  const { choice, zones } = useViewing();
  const { transport } = useBroker();
  const now = useNow((shown) => 1_000 - (shown % 1_000));
  const navigate = useNavigate();
  const search = useSearch({ strict: false });
  const { text, all } = inThreeZones(now, choice, zones);
  const skew = transport.now() - Date.now();
  const isSkewed = transport.clock === undefined && Math.abs(skew) > 5_000;
  return (
    <MenuTrigger>
      <Button className={QUIET} aria-label={`Time of the broker: ${text}. Choose a clock`}>
        <span className="whitespace-nowrap max-lg:hidden">{text}</span>
        <span className="whitespace-nowrap lg:hidden">{clockText(zoneOf(choice, zones), now)}</span>
        {isSkewed ? (
          <span className="text-xs text-attention">this machine is {skew < 0 ? "ahead" : "behind"}</span>
        ) : undefined}
        {ICONS.down}
      </Button>
      <Popover placement="bottom end" className={POPOVER}>
        <Menu
          selectionMode="single"
          selectedKeys={[choice]}
          onAction={(key) => {
            const { zone: _, ...rest } = search;
            void navigate({ to: ".", search: key === "contract" ? rest : { ...rest, zone: key as "local" | "utc" } });
          }}
          className="outline-none"
        >
          {CHOICES.map(([id, word], index) => (
            <MenuItem key={id} id={id} textValue={word} className={ITEM}>
              <span>
                {word}
                {choice === id ? <span aria-hidden="true"> ✓</span> : undefined}
              </span>
              <span className="text-xs text-ink-soft">{all[index]?.text}</span>
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
