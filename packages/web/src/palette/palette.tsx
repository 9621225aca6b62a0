import { useId, useMemo, useState } from "react";
import { Dialog, Modal, ModalOverlay } from "react-aria-components";
import { type Entry, matching } from "./matches.ts";

export interface Doing extends Entry {
  readonly run: () => void;
}

interface PaletteProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly entries: readonly Doing[];
}

/** Every place, object and act by its name: a field and what it finds. The arrows choose, Enter does. */
export function Palette({ isOpen, onClose, entries }: PaletteProps) {
  return (
    <ModalOverlay
      isOpen={isOpen}
      onOpenChange={(open) => (open ? undefined : onClose())}
      isDismissable
      className="fixed inset-0 z-40 flex justify-center bg-black/40 p-4 pt-[12vh] print:hidden"
    >
      <Modal className="h-fit w-full max-w-xl overflow-hidden rounded-xl border border-line-strong bg-raised shadow-2xl">
        <Dialog aria-label="Search or run" className="outline-none">
          <Inside entries={entries} onClose={onClose} />
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

function Inside({ entries, onClose }: Omit<PaletteProps, "isOpen">) {
  const id = useId();
  const [typed, setTyped] = useState("");
  const [at, setAt] = useState(0);
  const found = useMemo(() => matching(entries, typed), [entries, typed]);
  const chosen = found[Math.min(at, found.length - 1)];
  const run = (entry: Doing | undefined): void => {
    if (entry === undefined) return;
    onClose();
    entry.run();
  };
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
        }}
        onKeyDown={(event) => {
          const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
          if (by === undefined && event.key !== "Enter") return;
          event.preventDefault();
          if (by === undefined) run(chosen);
          else move(by);
        }}
        placeholder="Search or run…"
        spellCheck={false}
        autoComplete="off"
        className="h-12 w-full border-b border-line bg-transparent px-4 text-md outline-none placeholder:text-ink-faint"
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
        {found.length === 0 ? "Nothing is called that." : `${found.length} found`}
      </p>
    </>
  );
}

const optionId = (id: string, entry: Entry | undefined): string => `${id}${entry?.id.replaceAll(/[^\w-]/g, "_") ?? ""}`;
