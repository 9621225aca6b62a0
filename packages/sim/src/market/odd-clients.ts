import type { Command } from "@offtake/core/book";
import { addMs, DAY_MS, type PartyId } from "@offtake/core/kernel";
import type { Play } from "./play.ts";

/** Retries are told apart for a day; later a key may stand for something new. */
const RETRY_WITHIN_MS = DAY_MS - 3_600_000;

/** Sends a command once more, or another under the same key: one takes no effect, the other is rejected. */
export function retry(play: Play): void {
  const { commands } = play.book;
  const command = play.oneOf(commands.slice(-60));
  const first = commands.find((one) => one.key === command?.key);
  if (command === undefined || first === undefined || first.at <= play.now - RETRY_WITHIN_MS) return;
  const { at: _, receivedAt: _r, actor, key, fingerprint: _f, nonce: _n, ...body } = command;
  if (play.random.chance(3, 4)) {
    play.submit(body, actor, { key });
    return;
  }
  const party = play.party();
  if (body.type !== "submitRequest") play.submit({ type: "passTime" }, party, { key });
  else play.submit({ ...body, request: { ...body.request, project: "another" } }, actor, { key });
}

/** A clock that goes wrong: the stamp lies before that of the last event. */
export function staleClock(play: Play): void {
  play.submit({ type: "passTime" }, play.keeper, { at: addMs(play.book.state.now, -play.random.between(1, DAY_MS)) });
}

/** The wrong party, the wrong thing, the wrong time: what was sent once comes again from somebody else, with other ids. */
export function nonsense(play: Play): void {
  const command: Command | undefined = play.oneOf(play.book.commands);
  if (command === undefined || command.type === "recordPolicy") return;
  const { at: _, receivedAt: _r, actor, key: _k, fingerprint: _f, nonce: _n, ...body } = command;
  const sender = play.random.chance(1, 6) ? ("nobody" as PartyId) : play.random.chance(1, 2) ? play.party() : actor;
  if (isFact(command) && sender !== actor) return;
  play.submit(body, sender);
}

/** Facts are the keeper's to record, and what it records twice is recorded twice: no nonsense in that. */
function isFact(command: Command): boolean {
  return command.type.startsWith("record") || command.type.startsWith("list") || command.type.startsWith("give");
}
