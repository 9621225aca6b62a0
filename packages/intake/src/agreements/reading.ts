import type { RowCode } from "./codes.ts";

/** What became of one cell. */
export type Reading<Value = string> =
  /** `why` names what could have been read otherwise. */
  | { readonly kind: "read"; readonly value: Value; readonly why?: string }
  | { readonly kind: "empty" }
  /** Its words are kept with the agreement, and no field is filled from them. */
  | { readonly kind: "kept"; readonly why: string }
  | {
      readonly kind: "refused";
      readonly code: RowCode;
      readonly message: string;
      readonly expected?: string;
      readonly didYouMean?: readonly string[];
    };

export const NOTHING = { kind: "empty" } as const;

export function read<Value>(value: Value, ...why: readonly (string | undefined)[]) {
  const reasons = why.filter((reason) => reason !== undefined);
  return { kind: "read", value, ...(reasons.length === 0 ? {} : { why: reasons.join("; ") }) } as const;
}

export const keep = (why: string) => ({ kind: "kept", why }) as const;

export function refuse(
  code: RowCode,
  message: string,
  more: { readonly expected?: string; readonly didYouMean?: readonly string[] } = {},
) {
  return { kind: "refused", code, message, ...more } as const;
}

/** The text of a value, cut so that no message becomes long. */
export const shown = (text: string): string => `\`${text.length > 60 ? `${text.slice(0, 60)}...` : text}\``;

/** Lower case, without accents and without anything but letters and digits between single blanks. */
export function folded(text: string): string {
  return text
    .replaceAll("ß", "ss")
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .toLowerCase()
    .replace(/[^a-z0-9%€$£]+/g, " ")
    .trim();
}

/** Words for: nothing is said here. */
export const isNothing = (text: string): boolean =>
  /^(?:|-+|–|—|\/|n\/?a\.?|none|keine?r?|aucune?|nil|entfällt|s\.?o\.?)$/i.test(text.trim());

/** Words for: there is something, and it is not known yet. */
export const isUnknown = (text: string): boolean =>
  /^(?:\?+|tbd|tbc|tba|to be (?:determined|confirmed|agreed)|unknown|unclear|offen|unbekannt|noch offen|k\.?\s?a\.?|à définir|inconnue?|xxx+)$/i.test(
    text.trim(),
  );
