import { readFileSync } from "node:fs";
import { Client, type Schemas } from "@offtake/client";
import { type Context, type Contexts, readContexts, writeContexts } from "../../broker/contexts.ts";
import { asked } from "../../broker/failures.ts";
import { secretAtTerminal } from "../../terminal/asker.ts";
import { EXIT, type ExitCode } from "../../terminal/exit-codes.ts";
import { done, failed, type Outcome, tellFailure } from "../../terminal/failures.ts";
import type { Io } from "../../terminal/io.ts";
import { jsonText } from "../../terminal/json.ts";

export interface LoginOptions {
  readonly party?: string;
  readonly json?: true;
}

type Seat = Pick<Schemas["BookEntry"], "book" | "party">;

export async function logIn(io: Io, typed: string, options: LoginOptions): Promise<ExitCode> {
  const json = options.json === true;
  const address = addressOf(typed);
  if (!address.ok) return tellFailure(io, address.failure, json);
  const secret = await readSecret(io);
  if (!secret.ok) return tellFailure(io, secret.failure, json);
  const opened = await asked({ address: address.value }, () => open(address.value, secret.value));
  if (!opened.ok) return tellFailure(io, opened.failure, json);
  const { token, seats } = opened.value;
  const kept = readContexts(io);
  if (!kept.ok) return tellFailure(io, kept.failure, json);
  const { contexts, made } = withSeats(kept.value, address.value, token, seats);
  const current = currentOf(contexts, made, options.party);
  if (!current.ok) return tellFailure(io, current.failure, json);
  const written = writeContexts(io, { contexts, current: current.value });
  if (!written.ok) return tellFailure(io, written.failure, json);
  tell(io, contexts, made, current.value, json);
  return EXIT.ok;
}

/** Only the place of the broker: nothing behind it is looked at, and nobody else is sent what is secret. */
function addressOf(typed: string): Outcome<string> {
  const whole = /^https?:\/\//.test(typed) ? typed : `http://${typed}`;
  const url = URL.canParse(whole) ? new URL(whole) : null;
  const isLocal = url !== null && ["127.0.0.1", "localhost", "[::1]"].includes(url.hostname);
  if (url !== null && url.username === "" && url.password === "" && (url.protocol === "https:" || isLocal))
    return done(url.origin);
  const message =
    url === null || url.username !== "" || url.password !== ""
      ? `${typed.slice(0, 80)} is no address of a broker, such as https://broker.example`
      : `${url.origin} is not encrypted; a login goes to another machine by https:// only`;
  return failed({ code: "usage", message, exit: EXIT.usage });
}

/** The one-time login or the key: typed where somebody can be asked, else all of stdin. */
async function readSecret(io: Io): Promise<Outcome<string>> {
  const given = io.env["OFFTAKE_TOKEN"];
  const text =
    given !== undefined && given !== ""
      ? given
      : io.inIsTerminal === true
        ? await secretAtTerminal("One-time login or API key")
        : readFileSync(0, "utf8");
  const secret = text?.trim();
  if (secret !== undefined && /^off[lk]_[\w-]{20,200}$/.test(secret)) return done(secret);
  const message = "that is neither a one-time login (offl_...) nor an API key (offk_...)";
  return failed({ code: "not_authenticated", message, exit: EXIT.notAuthenticated });
}

interface Opened {
  readonly token: string;
  readonly seats: readonly Seat[];
}

/** A session for a one-time login, good for everybody that its person may act for. A key is good for one party, and is used as it is. */
async function open(address: string, secret: string): Promise<Opened> {
  if (secret.startsWith("offk_")) {
    const client = new Client({ address, token: () => secret });
    return { token: secret, seats: (await client.call("bookList", {})).value.data };
  }
  const { value } = await new Client({ address }).call("loginExchange", { body: { code: secret, kind: "terminal" } });
  const token = value.token ?? "";
  const client = new Client({ address, token: () => token });
  return { token, seats: (await client.call("sessionRead", {})).value.data.memberships };
}

/** The contexts with one for each party to act for. What was there for the same party of the same broker is replaced. */
function withSeats({ contexts }: Contexts, address: string, token: string, seats: readonly Seat[]) {
  const isSame = (one: Context, { book, party }: Seat): boolean =>
    one.address === address && one.book === book && one.party === party;
  const all: Record<string, Context> = { ...contexts };
  const made: string[] = [];
  for (const seat of seats) {
    const { book, party } = seat;
    const before = Object.entries(all).find(([, one]) => isSame(one, seat))?.[0];
    const name =
      before ?? [party, `${book}/${party}`, `${address}/${book}/${party}`].find((one) => !Object.hasOwn(all, one));
    if (name === undefined) continue;
    all[name] = { address, token, book, party };
    made.push(name);
  }
  return { contexts: all, made };
}

function currentOf(
  contexts: Contexts["contexts"],
  made: readonly string[],
  wanted: string | undefined,
): Outcome<string> {
  const [first] = made;
  if (first === undefined)
    return failed({ code: "not_found", message: "you may act for nobody there", exit: EXIT.notFound });
  if (wanted === undefined) return done(first);
  const found = made.find((name) => {
    const { book, party } = contexts[name] ?? {};
    return name === wanted || party === wanted || `${book}/${party}` === wanted;
  });
  if (found !== undefined) return done(found);
  return failed({
    code: "not_found",
    message: `you do not act for ${wanted} there; you do for ${made.join(", ")}`,
    exit: EXIT.notFound,
  });
}

function tell(io: Io, contexts: Contexts["contexts"], made: readonly string[], current: string, json: boolean): void {
  const shown = made.map((name) => {
    const { token: _token, ...rest } = contexts[name] ?? { token: "" };
    return { context: name, current: name === current, ...rest };
  });
  if (json) {
    io.out(jsonText({ contexts: shown }));
    return;
  }
  const { party, book, address } = contexts[current] ?? {};
  io.out(`Logged in at ${address}. You act for ${party} in ${book}\n`);
  if (made.length > 1)
    io.out(`You may also act for ${made.filter((name) => name !== current).join(", ")}: offtake party use PARTY\n`);
  io.out("Next: offtake queue\n");
}
