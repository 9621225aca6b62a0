import { FeedVerifier, type Verified } from "@offtake/store/feeds";
import { sha256 } from "@offtake/store/memory";
import { useState } from "react";
import { countText, countOf } from "../../amounts/counts.ts";

type Result = { readonly name: string } & ({ readonly verified: Verified } | { readonly unreadable: string });

/** Checks a file line by line in this page: nothing is sent anywhere, and it works without a network. */
export function VerifyFile() {
  const [result, setResult] = useState<Result>();
  const check = async (file: File): Promise<void> => {
    try {
      const verifier = new FeedVerifier(sha256);
      for (const line of (await file.text()).split("\n")) if (line !== "") verifier.take(line);
      setResult({ name: file.name, verified: verifier.end() });
    } catch (error) {
      setResult({ name: file.name, unreadable: error instanceof Error ? error.message : String(error) });
    }
  };
  return (
    <div className="space-y-4">
      <label className="block">
        <span className="text-ink-soft">
          A file of <code className="font-mono text-xs">offtake export feed</code>
        </span>
        <input
          type="file"
          accept=".ndjson,application/x-ndjson"
          onChange={(event) => {
            const [file] = event.target.files ?? [];
            if (file !== undefined) void check(file);
          }}
          className="mt-1 block w-full cursor-pointer rounded-md border border-field-line bg-panel p-1.5 text-sm file:mr-3 file:cursor-pointer file:rounded file:border-0 file:bg-hover file:px-2.5 file:py-1 file:text-ink"
        />
      </label>
      <div role="status">{result === undefined ? undefined : <Outcome result={result} />}</div>
      <p className="text-xs text-ink-soft">The file stays in this browser.</p>
    </div>
  );
}

function Outcome({ result }: { readonly result: Result }) {
  if ("unreadable" in result)
    return (
      <p className="text-breach">
        ✕ {result.name} cannot be read: {result.unreadable}
      </p>
    );
  const { book, party, head, problems } = result.verified;
  if (problems.length === 0)
    return (
      <div className="rounded-md border border-secured bg-secured-ground px-3 py-2">
        <p className="font-medium">
          <span aria-hidden="true" className="text-secured">
            ●
          </span>{" "}
          Nothing was changed
        </p>
        <p className="text-ink-soft">
          {countText(head.length)} entries told to {party} in {book}, every link follows.
        </p>
        <p className="mt-1 break-all font-mono text-xs text-ink-soft">{head.hash}</p>
      </div>
    );
  return (
    <div className="rounded-md border border-breach bg-breach-ground px-3 py-2">
      <p className="font-medium text-breach">✕ {countOf(problems.length, "thing")} wrong</p>
      <ul className="mt-1 space-y-1">
        {problems.map(({ code, line, message }) => (
          <li key={`${code} ${line ?? "end"}`}>
            {line === undefined ? "At the end" : `Line ${line}`}: {message}{" "}
            <code className="font-mono text-xs text-ink-soft">{code}</code>
          </li>
        ))}
      </ul>
    </div>
  );
}
