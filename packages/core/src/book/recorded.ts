import type { Recording } from "../notices/notice.ts";
import { reject, type Turn } from "./turn.ts";

/**
 * What the keeper puts on record of what another party said outside the broker: it comes with the file that it was read from, and did not
 * arrive in the future. Who recorded it is whoever sends the command.
 */
export function recordingOf(turn: Turn, { medium, file, arrivedAt }: Omit<Recording, "by">): Recording {
  if (file === "") reject("malformed", "What is recorded for another party comes with the file that it was read from.");
  if (arrivedAt === undefined) return { by: turn.actor, medium, file };
  if (arrivedAt > turn.receivedAt) reject("invalid_window", "It cannot have arrived in the future.");
  return { by: turn.actor, medium, file, arrivedAt };
}
