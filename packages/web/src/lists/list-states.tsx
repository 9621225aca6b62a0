import { type ReactNode, useEffect, useState } from "react";
import { CopyButton } from "../copy/copy-button.tsx";
import { Button } from "../surface/button.tsx";

interface StateProps {
  readonly sign: string;
  readonly title: ReactNode;
  readonly children?: ReactNode;
  readonly role?: "status" | "alert";
}

function State({ sign, title, children, role = "status" }: StateProps) {
  return (
    <div role={role} className="flex flex-col items-center gap-3 px-6 py-12 text-center">
      <span
        aria-hidden="true"
        className="grid size-9 place-items-center rounded-full border border-line text-ink-faint"
      >
        {sign}
      </span>
      <div className="max-w-md text-balance">{title}</div>
      {children === undefined ? undefined : (
        <div className="flex flex-wrap items-center justify-center gap-2">{children}</div>
      )}
    </div>
  );
}

interface NoneYetProps {
  /** What will be here, in one sentence. */
  readonly children: ReactNode;
  readonly action?: { readonly label: string; readonly onPress: () => void };
  /** The command that does the same. */
  readonly command?: string;
}

/** Nothing here yet: what will be, one button, one command. */
export function NoneYet({ children, action, command }: NoneYetProps) {
  return (
    <State sign="○" title={children}>
      {action === undefined ? undefined : (
        <Button look="main" onPress={action.onPress}>
          {action.label}
        </Button>
      )}
      {command === undefined ? undefined : (
        <span className="inline-flex items-center gap-1 rounded-md border border-line bg-sunken pl-2.5">
          <code className="font-mono text-xs">{command}</code>
          <CopyButton text={command} label={`Copy ${command}`}>
            Copy
          </CopyButton>
        </span>
      )}
    </State>
  );
}

/** Something is there, and the filter lets none of it through. */
export function NoneMatch({ onClear, of }: { readonly onClear: () => void; readonly of: string }) {
  return (
    <State sign="⌕" title={`None of ${of} match the filter.`}>
      <Button onPress={onClear}>Clear filter</Button>
    </State>
  );
}

/** Who is logged in may not see this: who could let them is said, what is behind it is not. */
export function NotPermitted({ role }: { readonly role?: string }) {
  return (
    <State
      sign="⊘"
      title={
        role === undefined
          ? "Your role does not show this. An admin of your party can change that."
          : `This needs the role ${role}. An admin of your party can give it.`
      }
    />
  );
}

interface CouldNotLoadProps {
  /** What the broker said, in its own words. */
  readonly detail: string;
  readonly code?: string;
  readonly onRetry: () => void;
}

export function CouldNotLoad({ detail, code, onRetry }: CouldNotLoadProps) {
  return (
    <State
      sign="✕"
      role="alert"
      title={
        <>
          <p className="font-medium">This could not be loaded.</p>
          <p className="mt-1 text-ink-soft">{detail}</p>
          {code === undefined ? undefined : <code className="mt-1 block font-mono text-xs text-ink-soft">{code}</code>}
        </>
      }
    >
      <Button onPress={onRetry}>Try again</Button>
    </State>
  );
}

/** More than a page can show: what is shown is said, and how to get at all of it. */
export function TooLarge({ shown, command }: { readonly shown: number; readonly command: string }) {
  return (
    <div
      role="status"
      className="flex flex-wrap items-center justify-between gap-2 border-t border-line bg-sunken px-4 py-2 text-xs text-ink-soft"
    >
      <span>
        The first {shown.toLocaleString("en-US")} are shown; there are more. Narrow the filter, or get all of them with
        a command.
      </span>
      <span className="inline-flex items-center gap-1">
        <code className="font-mono text-ink">{command}</code>
        <CopyButton text={command} label={`Copy ${command}`}>
          Copy
        </CopyButton>
      </span>
    </div>
  );
}

const ELAPSED_FROM_MS = 1_000;

/** Only while there is nothing to show at all: rows as they will be. From a second on it says how long it has taken. */
export function Loading({ rows = 6, what }: { readonly rows?: number; readonly what: string }) {
  const [elapsed, setElapsed] = useState(0);
  useEffect(() => {
    const from = performance.now();
    const timer = setInterval(() => setElapsed(performance.now() - from), 1_000);
    return () => clearInterval(timer);
  }, []);
  return (
    <div role="status" aria-label={`Loading ${what}`} className="px-4 py-3">
      <div aria-hidden="true" className="space-y-2.5">
        {Array.from({ length: rows }, (_, index) => (
          <div key={index} className="flex gap-4">
            <span className="h-3 w-1/6 animate-pulse rounded bg-hover" />
            <span className="h-3 animate-pulse rounded bg-hover" style={{ width: `${28 + ((index * 37) % 31)}%` }} />
            <span className="ml-auto h-3 w-1/12 animate-pulse rounded bg-hover" />
          </div>
        ))}
      </div>
      {elapsed < ELAPSED_FROM_MS ? undefined : (
        <p className="mt-3 text-xs text-ink-soft">
          Loading {what}, {Math.floor(elapsed / 1_000)} s so far
        </p>
      )}
    </div>
  );
}
