import type { ReactNode } from "react";

interface PartyStripProps {
  /** Whose eyes the page is seen with. */
  readonly name: string;
  readonly why: "demo" | "acting for";
  /** Where one can change to another party, or move the clock. */
  readonly children?: ReactNode;
}

/** A strip over the page while one sees what somebody else sees, and only then. */
export function PartyStrip({ name, why, children }: PartyStripProps) {
  return (
    <div
      role="status"
      className="hatched-strip flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-attention bg-attention-ground px-4 py-1.5 text-ink"
    >
      <span>
        You see what <strong className="font-semibold">{name}</strong> sees
      </span>
      <span className="text-ink-soft max-sm:hidden">
        {why === "demo" ? "Demo book: nothing here is real." : "You act for it."}
      </span>
      {children === undefined ? undefined : (
        <span className="ml-auto flex flex-wrap max-sm:ml-0 items-center gap-2 print:hidden">{children}</span>
      )}
    </div>
  );
}
