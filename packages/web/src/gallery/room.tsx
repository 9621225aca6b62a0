import type { ReactNode } from "react";

/** One piece with what it is called. */
export function Shown({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div className="min-w-0 space-y-2">
      <h3 className="text-xs text-ink-soft">{name}</h3>
      {children}
    </div>
  );
}

export function Room({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <>
      <h2 className="border-b border-line pb-1 text-md font-semibold">{title}</h2>
      {children}
    </>
  );
}
