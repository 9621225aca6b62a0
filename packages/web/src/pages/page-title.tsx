import { type ReactNode, useEffect } from "react";

interface PageTitleProps {
  readonly title: string;
  /** What stands beside the title: a state, an id. */
  readonly beside?: ReactNode;
  /** One line under it. */
  readonly under?: ReactNode;
  readonly actions?: ReactNode;
}

/** Where one is: on the page, and in the title of its window. */
export function PageTitle({ title, beside, under, actions }: PageTitleProps) {
  useEffect(() => {
    document.title = `${title} · Offtake`;
  }, [title]);
  return (
    <header className="mb-5 flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
      <div className="min-w-0">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <h1 className="min-w-0 break-words text-xl font-semibold tracking-tight">{title}</h1>
          {beside}
        </div>
        {under === undefined ? undefined : <p className="mt-1 text-ink-soft">{under}</p>}
      </div>
      {actions === undefined ? undefined : <div className="flex flex-wrap items-center gap-2">{actions}</div>}
    </header>
  );
}
