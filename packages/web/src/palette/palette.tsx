import { useEffect, useId, useLayoutEffect, useMemo, useState } from "react";
import { Dialog, Modal, ModalOverlay } from "react-aria-components";
import { BOX, FIELD, OVERLAY, PLACEHOLDER } from "./look.ts";
import { type Entry, matching } from "./matches.ts";
import type { Opening } from "./opening.ts";

export interface Doing extends Entry {
  readonly run: () => void;
}

interface PaletteProps {
  readonly opening: Opening;
  readonly entries: readonly Doing[];
  /** Whether more of them are on their way. */
  readonly isComing: boolean;
}

/** Every place, object and act by its name: a field and what it finds. The arrows choose, Enter does. */
export function Palette(props: PaletteProps) {
  return (
    <ModalOverlay
      isOpen
      onOpenChange={(open) => (open ? undefined : props.opening.show(undefined))}
      isDismissable
      className={OVERLAY}
    >
      <Modal className={BOX}>
        <Dialog aria-label="Search or run" className="outline-none">
          <Inside {...props} />
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

function Inside({ opening, entries, isComing }: PaletteProps) {
  const id = useId();
  const [typed, setTyped] = useState("");
  /** Enter was pressed before what was meant could be found. */
  const [isMeant, setIsMeant] = useState(false);
  const [at, setAt] = useState(0);
  const found = useMemo(() => matching(entries, typed), [entries, typed]);
  const chosen = found[Math.min(at, found.length - 1)];
  // The field has the focus when this is drawn, and takes over what was typed on the way.
  useLayoutEffect(() => {
    const early = opening.arrived();
    setTyped(early.text);
    setIsMeant(early.isMeant);
  }, [opening]);
  const run = (entry: Doing): void => {
    opening.show(undefined);
    entry.run();
  };
  useEffect(() => {
    if (!isMeant || isComing) return;
    setIsMeant(false);
    if (chosen === undefined) return;
    opening.show(undefined);
    chosen.run();
  }, [isMeant, isComing, chosen, opening]);
  const move = (by: number): void => {
    const next = found.length === 0 ? 0 : (at + by + found.length) % found.length;
    setAt(next);
    document.getElementById(optionId(id, found[next]))?.scrollIntoView({ block: "nearest" });
  };
  return (
    <>
      <input
        autoFocus
        role="combobox"
        aria-expanded
        aria-controls={`${id}list`}
        aria-label="Search or run"
        {...(chosen === undefined ? {} : { "aria-activedescendant": optionId(id, chosen) })}
        value={typed}
        onChange={({ target }) => {
          setTyped(target.value);
          setAt(0);
          setIsMeant(false);
        }}
        onKeyDown={(event) => {
          const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
          if (by === undefined && event.key !== "Enter") return;
          event.preventDefault();
          if (by !== undefined) move(by);
          else if (chosen !== undefined) run(chosen);
          else setIsMeant(true);
        }}
        placeholder={PLACEHOLDER}
        spellCheck={false}
        autoComplete="off"
        className={`${FIELD} placeholder:text-ink-faint`}
      />
      <ul id={`${id}list`} role="listbox" aria-label="Found" className="max-h-[50vh] overflow-auto p-1.5">
        {found.map((entry, index) => (
          <li
            key={entry.id}
            id={optionId(id, entry)}
            role="option"
            aria-selected={entry === chosen}
            onPointerMove={() => setAt(index)}
            onClick={() => run(entry)}
            className={`flex h-9 cursor-pointer items-center gap-3 rounded-md px-2.5 ${entry === chosen ? "bg-selected" : ""}`}
          >
            <span className="w-12 shrink-0 text-xs text-ink-soft">{entry.group}</span>
            <span className="truncate">{entry.label}</span>
            {entry.detail === undefined ? undefined : (
              <span className="truncate text-xs text-ink-soft">{entry.detail}</span>
            )}
            {entry.keys === undefined ? undefined : (
              <kbd className="ml-auto font-mono text-xs text-ink-soft">{entry.keys}</kbd>
            )}
          </li>
        ))}
      </ul>
      <p role="status" className={found.length === 0 ? "px-4 pb-4 text-ink-soft" : "sr-only"}>
        {found.length === 0
          ? isComing
            ? "Still reading what there is…"
            : "Nothing is called that."
          : `${found.length} found`}
      </p>
    </>
  );
}

const optionId = (id: string, entry: Entry | undefined): string => `${id}${entry?.id.replaceAll(/[^\w-]/g, "_") ?? ""}`;
