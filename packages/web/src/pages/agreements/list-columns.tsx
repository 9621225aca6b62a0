import type { ListChoices, ReadColumn } from "../../importing/index.ts";

type Kind = ReadColumn["is"];

interface ListColumnsProps {
  readonly columns: readonly ReadColumn[];
  /** Every field by name, with its title and what it is about. */
  readonly fields: Readonly<Record<string, { readonly title: string; readonly about: string }>>;
  readonly onChange: (header: string, is: Kind) => void;
}

const BECAUSE: Readonly<Record<ReadColumn["by"], string>> = {
  mapping: "you said so",
  named: "its header",
  known: "its header",
  part: "a word in its header",
  near: "nearly a known header",
  unknown: "not known",
};

/** What each column of the list is read as, and why; whoever knows better says so. */
export function ListColumns({ columns, fields, onChange }: ListColumnsProps) {
  return (
    <div className="overflow-x-auto" tabIndex={0} role="region" aria-label="Columns of the list">
      <table className="w-full text-left">
        <thead>
          <tr className="text-xs text-ink-soft">
            {["Column", "Read as", "Such as", "Because of"].map((title) => (
              <th key={title} scope="col" className="border-b border-line px-4 py-1.5 font-normal">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {columns.map(({ header, is, by, example }) => (
            <tr key={header}>
              <th scope="row" className="border-b border-line px-4 py-1 font-medium">
                {header}
              </th>
              <td className="border-b border-line px-4 py-1">
                <select
                  aria-label={`${header} is read as`}
                  value={is}
                  onChange={({ target }) => onChange(header, target.value as Kind)}
                  title={fields[is]?.about}
                  className="h-7 rounded-md border border-field-line bg-panel px-1.5 text-ink"
                >
                  {Object.entries(fields).map(([field, { title }]) => (
                    <option key={field} value={field}>
                      {title}
                    </option>
                  ))}
                  <option value="keep">Kept as text</option>
                  <option value="ignore">Left out</option>
                </select>
              </td>
              <td className="max-w-64 truncate border-b border-line px-4 py-1 text-ink-soft">{example}</td>
              <td
                className={`border-b border-line px-4 py-1 text-xs ${by === "unknown" ? "text-attention" : "text-ink-soft"}`}
              >
                {by === "unknown" ? "◐ " : ""}
                {BECAUSE[by]}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface ListSettingsProps {
  readonly choices: ListChoices;
  readonly onChange: (choices: ListChoices) => void;
}

const SETTINGS = [
  [
    "dates",
    "03/04/2027 is",
    [
      ["day-first", "3 April"],
      ["month-first", "4 March"],
    ],
  ],
  [
    "decimals",
    "1.500 is",
    [
      ["point", "one and a half"],
      ["comma", "fifteen hundred"],
    ],
  ],
  ["formulas", "A formula is", [["cached", "its last value"]]],
  ["merged", "Merged cells have", [["fill", "the first one's value"]]],
  ["hidden", "Hidden rows are", [["read", "read"]]],
] as const;

/** What to make of what can be read in two ways: asked nothing, the list decides, or the row is refused. */
export function ListSettings({ choices, onChange }: ListSettingsProps) {
  return (
    <div className="flex flex-wrap gap-x-5 gap-y-2">
      {SETTINGS.map(([key, label, values]) => (
        <label key={key} className="flex items-center gap-2 text-xs text-ink-soft">
          {label}
          <select
            value={choices[key] ?? ""}
            onChange={({ target }) => {
              const { [key]: _, ...others } = choices;
              onChange(target.value === "" ? others : { ...others, [key]: target.value });
            }}
            className="h-7 rounded-md border border-field-line bg-panel px-1.5 text-ink"
          >
            <option value="">{key === "dates" || key === "decimals" ? "as the column tells" : "refused"}</option>
            {values.map(([value, word]) => (
              <option key={value} value={value}>
                {word}
              </option>
            ))}
          </select>
        </label>
      ))}
    </div>
  );
}
