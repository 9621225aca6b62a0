import { useState } from "react";
import { countOf, countText } from "../../amounts/counts.ts";
import { useViewing } from "../../clock/viewing.ts";
import { deadlineText } from "../../clock/zoned.ts";
import { receiptsOf } from "./receipts.ts";
import type { Found } from "./verifying.ts";

interface Result {
  readonly name: string;
  readonly found: Found;
}

/** Checks a file in this page: nothing is sent anywhere, and it works without a network. */
export function VerifyFile() {
  const [text, setText] = useState("");
  const [file, setFile] = useState<{ readonly name: string; readonly text: string }>();
  const [result, setResult] = useState<Result>();
  const receipts = receiptsOf(text);
  const check = async (one: { readonly name: string; readonly text: string }, kept = receipts): Promise<void> => {
    const { verifyText } = await import("./verifying.ts");
    setResult({ name: one.name, found: verifyText(one.text, kept ?? []) });
  };
  const open = async (chosen: File): Promise<void> => {
    const one = { name: chosen.name, text: await chosen.text() };
    setFile(one);
    await check(one);
  };
  return (
    <div className="space-y-4">
      <label className="block">
        <span className="text-ink-soft">
          A file of <code className="font-mono text-xs">offtake export feed</code> or{" "}
          <code className="font-mono text-xs">offtake evidence export</code>
        </span>
        <input
          type="file"
          accept=".ndjson,.json,application/x-ndjson,application/json"
          onChange={(event) => {
            const [chosen] = event.target.files ?? [];
            if (chosen !== undefined) void open(chosen);
          }}
          className="mt-1 block w-full cursor-pointer rounded-md border border-field-line bg-panel p-1.5 text-sm file:mr-3 file:cursor-pointer file:rounded file:border-0 file:bg-hover file:px-2.5 file:py-1 file:text-ink"
        />
      </label>
      <label className="block">
        <span className="text-ink-soft">
          Receipts that you kept, one a line: <code className="font-mono text-xs">12:9f2c…</code>
        </span>
        <textarea
          value={text}
          rows={2}
          spellCheck={false}
          aria-invalid={receipts === undefined}
          onChange={({ target }) => {
            setText(target.value);
            const kept = receiptsOf(target.value);
            if (file !== undefined && kept !== undefined) void check(file, kept);
          }}
          className="mt-1 w-full rounded-md border border-field-line bg-panel p-2 font-mono text-xs outline-none focus:outline-2 focus:outline-accent"
        />
        {receipts === undefined ? (
          <span className="text-xs text-breach">
            A receipt is the number of an entry, a colon, and 64 letters of its hash.
          </span>
        ) : undefined}
      </label>
      <div role="status">{result === undefined ? undefined : <Outcome result={result} />}</div>
      <p className="text-xs text-ink-soft">The file stays in this browser.</p>
    </div>
  );
}

function Outcome({ result: { name, found } }: { readonly result: Result }) {
  if (found.is === "neither")
    return (
      <p className="text-breach">
        ✕ {name} cannot be read: {found.why}
      </p>
    );
  return found.is === "evidence" ? <EvidenceChecked {...found} /> : <FeedChecked {...found} />;
}

const LOOK = {
  holds: { sign: "●", word: "holds", look: "text-secured" },
  fails: { sign: "✕", word: "fails", look: "text-breach" },
  unknown: { sign: "◐", word: "not told", look: "text-attention" },
} as const;

function EvidenceChecked({ evidence, checks }: Extract<Found, { is: "evidence" }>) {
  const failed = checks.filter(({ outcome }) => outcome === "fails").length;
  const look = failed === 0 ? "border-secured bg-secured-ground" : "border-breach bg-breach-ground";
  return (
    <div className={`rounded-md border px-3 py-2 ${look}`}>
      <p className={`font-medium ${failed === 0 ? "" : "text-breach"}`}>
        {failed === 0
          ? "Nothing fails"
          : `✕ ${countOf(failed, "check")} ${failed === 1 ? "fails" : "fail"}: do not rely on it`}
      </p>
      <p className="text-ink-soft">
        Notice <span className="font-mono text-xs">{evidence.notice}</span> in {evidence.book}, as {evidence.party} was
        told it; decided again in this page.
      </p>
      <ul aria-label="Checks" className="mt-2 space-y-1">
        {checks.map(({ check, outcome, text }) => (
          <li key={`${check} ${text}`} className="grid grid-cols-[1rem_5rem_minmax(0,1fr)] gap-x-2">
            <span aria-hidden="true" className={LOOK[outcome].look}>
              {LOOK[outcome].sign}
            </span>
            <span className="font-medium">{check}</span>
            <span className="break-words">
              <span className="sr-only">{LOOK[outcome].word}: </span>
              <Timed text={text} />
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}

const INSTANT = /(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z)/;

/** Each instant of a text on the clock of the contract, with the same in UTC behind it: on paper nobody can point at it. */
function Timed({ text }: { readonly text: string }) {
  const { zones } = useViewing();
  return text.split(INSTANT).map((part, index) =>
    INSTANT.test(part) ? (
      // oxlint-disable-next-line react/no-array-index-key -- parts of one sentence keep their places
      <time key={index} dateTime={part}>
        {deadlineText(zones.contract, Date.parse(part))} (<span className="font-mono text-xs">{part}</span>)
      </time>
    ) : (
      part
    ),
  );
}

function FeedChecked({ verified: { book, party, head, problems } }: Extract<Found, { is: "feed" }>) {
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
