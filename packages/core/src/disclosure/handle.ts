import { Random } from "../kernel/index.ts";

const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

/** What a handle stands for: the first part of its text. */
export type HandleKind = "req" | "awd" | "hst";

/**
 * The name under which one party knows a thing that several parties have to do with: always the same for the same party and
 * thing, another for another party, of the same length as any id, with no order and no time in it.
 *
 * This mixes, it does not encrypt: whoever has the secret and an id can make the handle, and whoever has many handles might find
 * the secret. What keeps parties from comparing notes is that ids are random and that each party has a secret of its own. A
 * server that gives handles to the outside uses a keyed hash with a real secret in its place.
 */
export function handle(secret: string, kind: HandleKind, id: string): string {
  const random = new Random(`${secret}\n${kind}\n${id}`);
  let text = `${kind}_`;
  for (let word = 0; word < 4; word += 1) {
    let bits = random.nextUint32();
    for (let i = 0; i < 5; i += 1) {
      text += ALPHABET[bits & 31];
      bits >>>= 5;
    }
  }
  return text;
}
