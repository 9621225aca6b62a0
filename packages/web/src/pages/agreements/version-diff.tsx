import { Panel } from "../../surface/panel.tsx";
import { type Change, changesOf } from "./changes.ts";

interface VersionDiffProps {
  readonly newer: { readonly version: number; readonly clauses: readonly { readonly id: string }[] };
  readonly older: { readonly version: number; readonly clauses: readonly { readonly id: string }[] };
}

const SIGN: Readonly<Record<Change["what"], string>> = { added: "+", removed: "−", changed: "~" };
const LOOK: Readonly<Record<Change["what"], string>> = {
  added: "text-secured",
  removed: "text-breach",
  changed: "text-attention",
};

/** What one version says otherwise than another, line by line. */
export function VersionDiff({ newer, older }: VersionDiffProps) {
  return (
    <Panel title={`Version ${newer.version} against ${older.version}`} padded={false}>
      <Differences before={older} after={newer} />
    </Panel>
  );
}

interface DifferencesProps {
  readonly before: unknown;
  readonly after: unknown;
}

/** The same of any two. */
export function Differences({ before: older, after: newer }: DifferencesProps) {
  const changes = changesOf(older, newer);
  if (changes.length === 0) return <p className="p-4 text-ink-soft">Nothing that you were told differs.</p>;
  return (
    <ul className="divide-y divide-line">
      {changes.map(({ path, what, before, after }) => (
        <li key={path} className="grid grid-cols-[1rem_minmax(0,1fr)] gap-x-2 px-4 py-2">
          <span aria-hidden="true" className={`font-mono ${LOOK[what]}`}>
            {SIGN[what]}
          </span>
          <div className="min-w-0">
            <p className="break-words font-mono text-xs">
              {path} <span className="sr-only">{what}</span>
            </p>
            {before === undefined ? undefined : (
              <p className="break-words text-xs text-ink-soft line-through decoration-line-strong">{before}</p>
            )}
            {after === undefined ? undefined : <p className="break-words text-xs">{after}</p>}
          </div>
        </li>
      ))}
    </ul>
  );
}
