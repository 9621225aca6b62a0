import type { Stage } from "./stages.ts";

const SIGN: Readonly<Record<Stage["state"], string>> = { done: "✓", current: "●", skipped: "–", ahead: "" };
const LOOK: Readonly<Record<Stage["state"], string>> = {
  done: "text-secured border-secured",
  current: "text-on-accent border-accent bg-accent",
  skipped: "text-ink-faint border-line-strong border-dashed",
  ahead: "text-ink-faint border-line-strong",
};
const SAID: Readonly<Record<Stage["state"], string>> = {
  done: "done",
  current: "now",
  skipped: "not needed",
  ahead: "ahead",
};

/** The stages of a request from left to right, narrow screens from top to bottom. */
export function StageLadder({ stages }: { readonly stages: readonly Stage[] }) {
  return (
    <div className="@container">
      <ol aria-label="Stages" className="flex flex-col gap-y-1 @xl:flex-row @xl:items-start">
        {stages.map(({ name, state, note }, index) => (
          <li
            key={name}
            {...(state === "current" ? { "aria-current": "step" as const } : {})}
            className="relative flex min-w-0 flex-1 items-center gap-2 @xl:flex-col @xl:items-start"
          >
            {index === 0 ? undefined : (
              <span
                aria-hidden="true"
                className={`absolute right-[calc(100%+0.5rem)] top-2.5 hidden h-px w-[calc(100%-2.25rem)] @xl:block ${state === "done" || state === "current" ? "bg-secured" : "bg-line-strong"}`}
              />
            )}
            <span
              aria-hidden="true"
              className={`grid size-5 shrink-0 place-items-center rounded-full border text-2xs leading-none ${LOOK[state]}`}
            >
              {SIGN[state]}
            </span>
            <span className="min-w-0">
              <span
                className={`${state === "current" ? "font-semibold" : ""} ${state === "ahead" || state === "skipped" ? "text-ink-soft" : ""}`}
              >
                {name}
                <span className="sr-only">, {SAID[state]}</span>
              </span>
              {note === undefined ? undefined : (
                <span className="ml-2 text-xs text-ink-soft @xl:ml-0 @xl:block">{note}</span>
              )}
            </span>
          </li>
        ))}
      </ol>
    </div>
  );
}
