import type { ReactNode } from "react";

export interface Seen {
  /** "Other providers", "Aurora Labs". */
  readonly who: string;
  /** What it sees of this: "nothing", "that a bid exists, now; its contents after the close". */
  readonly what: ReactNode;
  readonly nothing?: boolean;
}

/** What others can see of what one is about to say: stands beside every form whose contents are confidential. */
export function WhoSees({ seen, later }: { readonly seen: readonly Seen[]; readonly later?: ReactNode }) {
  return (
    <div>
      <dl className="divide-y divide-line">
        {seen.map(({ who, what, nothing = false }) => (
          <div key={who} className="py-2 pl-7 first:pt-0 last:pb-0">
            <dt className="relative font-medium">
              <span aria-hidden="true" className={`absolute -left-7 ${nothing ? "text-ink-faint" : "text-waiting"}`}>
                {nothing ? "⊘" : "◉"}
              </span>
              {who}
            </dt>
            <dd className="text-ink-soft">{what}</dd>
          </div>
        ))}
      </dl>
      {later === undefined ? undefined : (
        <p className="mt-3 border-t border-line pt-2 text-xs text-ink-soft">{later}</p>
      )}
    </div>
  );
}
