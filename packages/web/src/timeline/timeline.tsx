import type { ReactNode } from "react";
import { Instant } from "../clock/instant.tsx";
import { TEXT_OF } from "../states/badge.tsx";
import { type Family, GLYPH } from "../states/families.ts";

export interface TimelineEntry {
  readonly id: string;
  readonly at: string;
  readonly text: ReactNode;
  readonly detail?: ReactNode;
  readonly family?: Family;
  /** A deadline on the way: drawn as one, with its instant as one. */
  readonly isDeadline?: boolean;
}

interface TimelineProps {
  readonly entries: readonly TimelineEntry[];
  readonly zone?: string;
}

/** What happened, the oldest first, on one line down the page. */
export function Timeline({ entries, zone }: TimelineProps) {
  return (
    <ol className="relative">
      {entries.map(({ id, at, text, detail, family = "neutral", isDeadline = false }, index) => (
        <li key={id} className="relative grid grid-cols-[1.25rem_1fr] gap-x-3 pb-4 last:pb-0">
          {index === entries.length - 1 ? undefined : (
            <span aria-hidden="true" className="absolute bottom-0 left-[0.59rem] top-5 w-px bg-line-strong" />
          )}
          <span aria-hidden="true" className={`grid h-5 place-items-center ${TEXT_OF[family]}`}>
            {isDeadline ? "◆" : GLYPH[family]}
          </span>
          <div className="min-w-0">
            <p className="flex flex-wrap items-baseline justify-between gap-x-4">
              <span className="min-w-0">{text}</span>
              <Instant at={at} zone={zone} isDeadline={isDeadline} className="text-xs text-ink-soft" />
            </p>
            {detail === undefined ? undefined : <div className="mt-0.5 text-ink-soft">{detail}</div>}
          </div>
        </li>
      ))}
    </ol>
  );
}
