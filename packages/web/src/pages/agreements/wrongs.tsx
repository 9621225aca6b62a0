import type { WrongFiles } from "./planning.ts";

interface WrongsProps extends WrongFiles {
  /** Goes to a place of the file; absent where the file is not on the page. */
  readonly onGo?: (line: number, column: number | undefined) => void;
}

/** What is wrong with files, each with its place: pressing it goes there. */
export function Wrongs({ detail, errors, onGo }: WrongsProps) {
  return (
    <div role="alert" className="rounded-md border border-breach bg-breach-ground px-3 py-2">
      <p className="font-medium text-breach">{detail}</p>
      <ul className="mt-2 space-y-2">
        {errors.map(({ code, detail: text, file, line, column, didYouMean = [] }) => (
          <li key={`${code} ${file ?? ""} ${line ?? ""} ${column ?? ""} ${text}`}>
            {line === undefined ? undefined : onGo === undefined ? (
              <span className="mr-2 font-mono text-xs text-ink-soft">
                {file} line {line}
              </span>
            ) : (
              <button
                type="button"
                onClick={() => onGo(line, column)}
                className="mr-2 min-h-6 cursor-pointer rounded border border-line-strong bg-panel px-1.5 font-mono text-xs text-ink hover:bg-hover"
              >
                line {line}
                {column === undefined ? "" : `, column ${column}`}
              </button>
            )}
            {text}
            {didYouMean.length === 0 ? undefined : (
              <span className="text-ink-soft"> Did you mean {didYouMean.join(" or ")}?</span>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
