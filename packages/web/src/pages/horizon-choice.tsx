import { useNavigate, useSearch } from "@tanstack/react-router";
import { HORIZONS, horizonOf, USUAL_HORIZON } from "../clock/horizon.ts";

/** How far ahead a page looks; it stands in the address. */
export function HorizonChoice() {
  const search: Readonly<Record<string, unknown>> = useSearch({ strict: false });
  const navigate = useNavigate();
  const chosen = horizonOf(search["ahead"]);
  return (
    <div
      role="group"
      aria-label="How far ahead"
      className="flex rounded-md border border-line-strong bg-panel p-0.5 print:hidden"
    >
      {HORIZONS.map(([id, label]) => (
        <button
          key={id}
          type="button"
          aria-pressed={chosen === id}
          onClick={() =>
            void navigate({
              to: ".",
              replace: true,
              search: ({ ahead: _, ...others }: Record<string, unknown>) =>
                id === USUAL_HORIZON ? others : { ...others, ahead: id },
            })
          }
          className={`h-6 cursor-pointer rounded px-2 text-xs ${chosen === id ? "bg-selected font-medium" : "text-ink-soft hover:text-ink"}`}
        >
          {label}
        </button>
      ))}
    </div>
  );
}
