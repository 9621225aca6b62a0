import { canonicalText } from "../kernel/index.ts";
import type { Command } from "./commands.ts";
import type { BookState } from "./state.ts";

/** What of a command is recorded beside its events. */
export type CommandStamp = Pick<Command, "key" | "actor" | "type" | "at" | "fingerprint">;

/**
 * What a command says, as canonical text: all of it but its stamps, its key and its randomness, and who of the sender's people asks, which may
 * differ when it is sent once more.
 */
export function saidBy(command: Command): string {
  const { at: _at, receivedAt: _received, key: _key, fingerprint: _fingerprint, nonce: _nonce, ...said } = command;
  if (!("askedBy" in said)) return canonicalText(said);
  const { askedBy: _askedBy, ...rest } = said;
  return canonicalText(rest);
}

/** Notes that a command took effect, so that a retry is told. */
export function remember(state: BookState, command: CommandStamp): void {
  state.rememberKey(command.key, nameOf(command), command.at);
}

/** Whether what came with a key before is this command: the same sender, the same kind, and the same content where both say what it is. */
export function isSameCommand(known: string, command: CommandStamp): boolean {
  const { actor, type, fingerprint } = command;
  const kind = `${actor} ${type}`;
  if (known === kind || fingerprint === undefined) return known === kind || known.startsWith(`${kind} `);
  return known === nameOf(command);
}

function nameOf({ actor, type, fingerprint }: CommandStamp): string {
  return fingerprint === undefined ? `${actor} ${type}` : `${actor} ${type} ${fingerprint}`;
}
