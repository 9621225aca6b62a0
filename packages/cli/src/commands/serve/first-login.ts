import type { Broker } from "@offtake/server/broker";
import type { Io } from "../../terminal/io.ts";

/** Whoever starts a server of its own may do everything in it, until somebody else is made an administrator. */
const DESKS = [
  "admin",
  "procurement",
  "finance",
  "engineer",
  "legal",
  "provider-desk",
  "signatory",
  "operator",
] as const;

/**
 * A login for whoever starts the broker, once there is a book: for its keeper. In the book of a story for every party, since they all are
 * played here, and where it is asked for, to try a book out.
 */
export async function tellLogin(
  io: Io,
  broker: Broker,
  { story, everyParty }: { readonly story: string | undefined; readonly everyParty: boolean },
): Promise<void> {
  const seats = [];
  for (const book of await broker.books.names()) {
    const { header, parties } = (await broker.books.get(book))?.view ?? {};
    if (header === undefined || parties === undefined) continue;
    const played = everyParty || book === story ? [...parties.values()].map(({ id }) => id) : [header.keeper];
    for (const party of played) seats.push({ book, party, roles: DESKS });
  }
  if (seats.length === 0) {
    io.err("offtake: there is no book yet; start with --book FOLDER to make one\n");
    return;
  }
  const login = await broker.firstLogin("First administrator", seats);
  if (login === undefined) return;
  io.out(`One-time login, good for an hour: ${login.code}\n`);
  io.out(`In a browser: ${broker.address}/login?code=${login.code}\n`);
}
