import { nearNames } from "@offtake/wire/problems";
import { type Context, type Contexts, readContexts, writeContexts } from "../../broker/contexts.ts";
import { EXIT, type ExitCode } from "../../terminal/exit-codes.ts";
import { tellFailure } from "../../terminal/failures.ts";
import type { Io } from "../../terminal/io.ts";
import { jsonText } from "../../terminal/json.ts";
import { tableText } from "../../terminal/table.ts";

export interface PartyOptions {
  readonly json?: true;
}

const shown = (name: string, { address, book, party }: Context, current: string | undefined) => ({
  context: name,
  address,
  book,
  party,
  current: name === current,
});

export function listParties(io: Io, options: PartyOptions): ExitCode {
  const json = options.json === true;
  const kept = readContexts(io);
  if (!kept.ok) return tellFailure(io, kept.failure, json);
  const { contexts, current } = kept.value;
  const rows = Object.entries(contexts).map(([name, context]) => shown(name, context, current));
  if (json) io.out(jsonText({ contexts: rows }));
  else if (rows.length === 0) io.err("You are logged in nowhere. Next: offtake login ADDRESS\n");
  else
    io.out(
      tableText(
        [{ title: "" }, { title: "CONTEXT" }, { title: "PARTY" }, { title: "BOOK" }, { title: "BROKER" }],
        rows.map((row) => [row.current ? "*" : "", row.context, row.party, row.book, row.address]),
      ),
    );
  return EXIT.ok;
}

export function useParty(io: Io, typed: string, options: PartyOptions): ExitCode {
  const json = options.json === true;
  const kept = readContexts(io);
  if (!kept.ok) return tellFailure(io, kept.failure, json);
  const { contexts } = kept.value;
  const names = meant(kept.value, typed);
  const [name] = names;
  const context = name === undefined ? undefined : contexts[name];
  if (name === undefined || context === undefined || names.length > 1)
    return tellFailure(
      io,
      {
        code: names.length > 1 ? "ambiguous_reference" : "unknown_context",
        message:
          names.length > 1
            ? `${typed} may be ${names.join(" or ")}`
            : `you are not logged in as ${typed}; offtake party list shows as whom you are`,
        exit: names.length > 1 ? EXIT.usage : EXIT.notFound,
        didYouMean: names.length > 1 ? [] : nearNames(typed, Object.keys(contexts)),
      },
      json,
    );
  const written = writeContexts(io, { contexts, current: name });
  if (!written.ok) return tellFailure(io, written.failure, json);
  const { token: _token, ...rest } = context;
  if (json) io.out(jsonText({ context: name, ...rest }));
  else io.out(`You act for ${context.party} in ${context.book}, at ${context.address}\n`);
  return EXIT.ok;
}

/** The contexts that a person may mean: by name first, then by book and party, then by the party alone. */
function meant({ contexts }: Contexts, typed: string): readonly string[] {
  if (Object.hasOwn(contexts, typed)) return [typed];
  const entries = Object.entries(contexts);
  const exact = entries.filter(([, { book, party }]) => `${book}/${party}` === typed);
  const found = exact.length > 0 ? exact : entries.filter(([, { party }]) => party === typed);
  return found.map(([name]) => name);
}
