import { type Filters, toggled } from "./filters.ts";

export interface FilterField {
  readonly field: string;
  readonly label: string;
  readonly values: readonly { readonly value: string; readonly label: string; readonly count?: number }[];
}

interface FilterChipsProps {
  readonly fields: readonly FilterField[];
  readonly filters: Filters;
  readonly onChange: (filters: Filters) => void;
}

/** What a list is narrowed by: a chip for each value, pressed where it is asked for. The choice stands in the address. */
export function FilterChips({ fields, filters, onChange }: FilterChipsProps) {
  const isAny = Object.keys(filters).length > 0;
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2 print:hidden">
      {fields.map(({ field, label, values }) => (
        <div key={field} role="group" aria-label={label} className="flex flex-wrap items-center gap-1">
          <span className="mr-1 text-xs text-ink-soft">{label}</span>
          {values.map(({ value, label: text, count }) => {
            const isOn = filters[field]?.includes(value) === true;
            return (
              <button
                key={value}
                type="button"
                aria-pressed={isOn}
                onClick={() => onChange(toggled(filters, field, value))}
                className={`inline-flex h-6 cursor-pointer items-center gap-1.5 rounded-full border px-2.5 text-xs ${isOn ? "border-accent bg-selected font-medium text-ink" : "border-line text-ink-soft hover:bg-hover"}`}
              >
                {isOn ? <span aria-hidden="true">✓</span> : undefined}
                {text}
                {count === undefined ? undefined : <span className="text-ink-faint">{count}</span>}
              </button>
            );
          })}
        </div>
      ))}
      {isAny ? (
        <button
          type="button"
          onClick={() => onChange({})}
          className="h-6 cursor-pointer text-xs text-ink-soft underline underline-offset-2 hover:text-ink"
        >
          Clear
        </button>
      ) : undefined}
    </div>
  );
}
