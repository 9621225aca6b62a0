import { type Family, GLYPH, type StateShown } from "./families.ts";

const LOOK: Readonly<Record<Family, string>> = {
  neutral: "text-neutral bg-neutral-ground",
  waiting: "text-waiting bg-waiting-ground",
  secured: "text-secured bg-secured-ground",
  attention: "text-attention bg-attention-ground",
  breach: "text-breach bg-breach-ground",
};

/** A state: its family by colour and sign, its word, and hatched where it is only part of what was asked. */
export function Badge({ family, word, partial }: StateShown) {
  return (
    <span
      data-badge
      className={`inline-flex items-center gap-1.5 whitespace-nowrap rounded px-1.5 py-0.5 text-xs font-medium forced-colors:border ${LOOK[family]} ${partial === true ? "hatched" : ""}`}
    >
      <span aria-hidden="true" className="text-[0.7em] leading-none">
        {GLYPH[family]}
      </span>
      {word}
    </span>
  );
}

/** The sign of a family alone, where the word stands beside it anyway. */
export function Sign({ family }: { readonly family: Family }) {
  return (
    <span aria-hidden="true" className={TEXT_OF[family]}>
      {GLYPH[family]}
    </span>
  );
}

export const TEXT_OF: Readonly<Record<Family, string>> = {
  neutral: "text-neutral",
  waiting: "text-waiting",
  secured: "text-secured",
  attention: "text-attention",
  breach: "text-breach",
};
