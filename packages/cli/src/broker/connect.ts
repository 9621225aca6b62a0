import { Client } from "@offtake/client";
import { nearNames } from "@offtake/wire/problems";
import { EXIT } from "../terminal/exit-codes.ts";
import { done, failed, type Outcome } from "../terminal/failures.ts";
import type { Io } from "../terminal/io.ts";
import { type Context, readContexts } from "./contexts.ts";

/** What every command takes that talks to a broker. */
export interface BrokerOptions {
  /** One of the contexts that were logged in; the current one when absent. */
  readonly context?: string;
  readonly json?: true;
  /** Of the JSON these fields alone. */
  readonly fields?: string;
}

/** A line to a broker: whom one speaks for, in which book. */
export interface Line {
  readonly client: Client;
  readonly book: string;
  readonly party: string;
  readonly address: string;
  /** Name of the context; undefined where the environment says it all. */
  readonly context: string | undefined;
}

/**
 * The broker that is meant: `--context`, then `OFFTAKE_ADDRESS`, `OFFTAKE_TOKEN` and `OFFTAKE_PARTY` (BOOK/PARTY) of the environment, then the
 * context that was used last.
 */
export function lineOf(io: Io, { context: named }: BrokerOptions): Outcome<Line> {
  const given = named === undefined ? fromEnvironment(io) : undefined;
  if (given !== undefined) return given;
  const kept = readContexts(io);
  if (!kept.ok) return kept;
  const { contexts, current } = kept.value;
  const name = named ?? current;
  const context = name === undefined ? undefined : contexts[name];
  if (context !== undefined && name !== undefined) return done(open(context, name));
  if (named === undefined) return failed(notLoggedIn());
  return failed({
    code: "unknown_context",
    message: `there is no context ${named.slice(0, 60)}; offtake party list shows those there are, and offtake login makes them`,
    exit: EXIT.notFound,
    didYouMean: nearNames(named, Object.keys(contexts)),
  });
}

/** Every context that is kept: who speaks for several parties looks into all at once. */
export function allLines(io: Io): Outcome<readonly Line[]> {
  const kept = readContexts(io);
  if (!kept.ok) return kept;
  const lines = Object.entries(kept.value.contexts).map(([name, context]) => open(context, name));
  return lines.length === 0 ? failed(notLoggedIn()) : done(lines);
}

const notLoggedIn = () => ({
  code: "not_authenticated",
  message: "you are logged in nowhere; offtake login ADDRESS does that",
  exit: EXIT.notAuthenticated,
});

function fromEnvironment({ env }: Io): Outcome<Line> | undefined {
  const { OFFTAKE_ADDRESS: address, OFFTAKE_TOKEN: token, OFFTAKE_PARTY: seat } = env;
  if (address === undefined || address === "") return undefined;
  const [book, party, ...more] = (seat ?? "").split("/");
  if (token === undefined || token === "" || book === undefined || party === undefined || more.length > 0)
    return failed({
      code: "usage",
      message: "OFFTAKE_ADDRESS needs OFFTAKE_TOKEN and OFFTAKE_PARTY, as BOOK/PARTY, beside it",
      exit: EXIT.usage,
    });
  return done(open({ address, token, book, party }, undefined));
}

function open({ address, token, book, party }: Context, context: string | undefined): Line {
  const client = new Client({ address, token: () => token, party: `${book}/${party}` });
  return { client, book, party, address, context };
}
