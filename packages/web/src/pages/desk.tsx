import type { ReactNode } from "react";

/** What is read at the left, what is answered at the right; on a narrow screen the answer comes first. */
export function Desk({ children, answer }: { readonly children: ReactNode; readonly answer: ReactNode }) {
  return (
    <div className="grid grid-cols-1 items-start gap-4 lg:grid-cols-[minmax(0,1fr)_24rem]">
      <div className="space-y-4">{children}</div>
      <div className="space-y-4 max-lg:order-first">{answer}</div>
    </div>
  );
}

/** Terms, each by its name. */
export function TermsList({ rows }: { readonly rows: readonly (readonly [string, ReactNode])[] }) {
  return (
    <dl className="grid grid-cols-[8rem_minmax(0,1fr)] gap-x-4 gap-y-2 max-sm:grid-cols-1 max-sm:gap-y-0.5">
      {rows.map(([label, value]) => (
        <div key={label} className="contents">
          <dt className="text-ink-soft">{label}</dt>
          <dd className="min-w-0 wrap-anywhere max-sm:mb-2">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
