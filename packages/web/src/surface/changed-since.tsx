import { Sign } from "../states/badge.tsx";
import type { Family } from "../states/families.ts";
import { Button } from "./button.tsx";

/** One thing that is otherwise than it was: what it was, where it was anything, and what it is, where it is still there. */
export interface Change {
  readonly what: string;
  readonly before?: string;
  readonly now?: string;
  readonly family?: Family;
}

interface ChangedSinceProps {
  readonly changes: readonly Change[];
  /** What of one's own is kept: "Your choice by hand is kept." */
  readonly kept?: string | undefined;
  readonly onSeen: () => void;
}

/** Somebody else was faster: what has changed since the page was opened, before and now, until one has said that one has seen it. */
export function ChangedSince({ changes, kept, onSeen }: ChangedSinceProps) {
  if (changes.length === 0) return undefined;
  return (
    <section
      role="alert"
      aria-label="Changed since you opened this"
      className="rounded-lg border border-attention bg-attention-ground px-4 py-3 print:hidden"
    >
      <p className="font-medium">
        <span aria-hidden="true" className="text-attention">
          ▲{" "}
        </span>
        Changed since you opened this
      </p>
      <ul className="mt-2 space-y-1.5">
        {changes.map(({ what, before, now, family = "attention" }) => (
          <li key={`${what} ${before ?? ""} ${now ?? ""}`} className="flex gap-2">
            <Sign family={family} />
            <span className="min-w-0 break-words">
              <span className="font-medium">{what}</span>
              {before === undefined ? undefined : (
                <>
                  {" "}
                  <del className="text-ink-soft">{before}</del>
                </>
              )}
              {now === undefined ? undefined : (
                <>
                  {before === undefined ? " " : <span aria-hidden="true"> → </span>}
                  <ins className="no-underline">{now}</ins>
                </>
              )}
            </span>
          </li>
        ))}
      </ul>
      <p className="mt-3 flex flex-wrap items-center gap-x-3 gap-y-2">
        <Button onPress={onSeen}>I have seen it</Button>
        {kept === undefined ? undefined : <span className="text-ink-soft">{kept}</span>}
      </p>
    </section>
  );
}
