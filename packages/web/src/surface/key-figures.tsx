import type { ReactNode } from "react";
import { TEXT_OF } from "../states/badge.tsx";
import type { Family } from "../states/families.ts";

export interface Figure {
  readonly label: string;
  readonly value: ReactNode;
  /** The full value where the one shown is shortened: under the pointer, and what is copied. */
  readonly exact?: string;
  readonly note?: ReactNode;
  /** Only where the figure itself is a state. */
  readonly family?: Family;
}

/** The few numbers that a page is about, in a row. */
export function KeyFigures({ figures }: { readonly figures: readonly Figure[] }) {
  return (
    <dl className="grid grid-cols-[repeat(auto-fit,minmax(min(100%,9.5rem),1fr))] gap-px overflow-hidden rounded-lg border border-line bg-line">
      {figures.map(({ label, value, exact, note, family }) => (
        <div key={label} className="flex flex-col gap-0.5 bg-panel px-4 py-3">
          <dt className="text-xs text-ink-soft">{label}</dt>
          <dd
            className={`break-words text-lg font-semibold tracking-tight ${family === undefined ? "" : TEXT_OF[family]}`}
            {...(exact === undefined ? {} : { title: exact })}
          >
            {value}
          </dd>
          {note === undefined ? undefined : <dd className="text-xs text-ink-soft">{note}</dd>}
        </div>
      ))}
    </dl>
  );
}
