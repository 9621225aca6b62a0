/** What of a clause a line is made of. */
export interface Clause {
  readonly id: string;
  readonly kind: string;
  readonly trigger?: string;
  readonly holder?: string;
  readonly type?: string;
  readonly beneficiary?: string;
}

const MODES: Readonly<Record<string, string>> = { request: "offer-first", "third-party-offer": "match" };

/** "first refusal of meridian · offer-first", "take or pay to ember". */
export function agreementPhrase({ kind, trigger, holder, type, beneficiary }: Clause): string {
  if (kind === "commitment")
    return `${(type ?? kind).replaceAll("-", " ").replaceAll("_", " ")}${beneficiary === undefined ? "" : ` to ${beneficiary}`}`;
  const mode = kind === "first-refusal" && trigger !== undefined ? ` · ${MODES[trigger] ?? trigger}` : "";
  return `${kind.replaceAll("-", " ")}${holder === undefined ? "" : ` of ${holder}`}${mode}`;
}
