import { type ReactNode, useId } from "react";

interface PanelProps {
  readonly title?: ReactNode;
  /** What can be done with the whole of it, at the right of its title. */
  readonly actions?: ReactNode;
  readonly children: ReactNode;
  readonly foot?: ReactNode;
  /** False where what is inside reaches the edges itself: tables, lists. */
  readonly padded?: boolean;
  readonly className?: string;
}

/** A part of a page with a title: a line around it, no shadow. */
export function Panel({ title, actions, children, foot, padded = true, className = "" }: PanelProps) {
  const id = useId();
  return (
    <section
      {...(title === undefined ? {} : { "aria-labelledby": id })}
      className={`flex min-w-0 flex-col rounded-lg border border-line bg-panel print:break-inside-avoid ${className}`}
    >
      {title === undefined ? undefined : (
        <header className="flex min-h-10 items-center justify-between gap-3 border-b border-line px-4 py-1.5">
          <h2 id={id} className="min-w-0 font-medium">
            {title}
          </h2>
          {actions === undefined ? undefined : <div className="flex items-center gap-2">{actions}</div>}
        </header>
      )}
      <div className={`min-w-0 flex-1 ${padded ? "p-4" : ""}`}>{children}</div>
      {foot === undefined ? undefined : (
        <footer className="border-t border-line px-4 py-2 text-xs text-ink-soft">{foot}</footer>
      )}
    </section>
  );
}
