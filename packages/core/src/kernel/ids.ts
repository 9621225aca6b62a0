import type { Brand } from "./brand.ts";
import { Random } from "./random.ts";

/** Ids that documents give: short, kept by people ("lab", "r1"). */
export type PartyId = Brand<string, "PartyId">;
export type AgreementId = Brand<string, "AgreementId">;
export type ClauseId = Brand<string, "ClauseId">;
export type CalendarId = Brand<string, "CalendarId">;
export type BlockId = Brand<string, "BlockId">;
export type AcceleratorType = Brand<string, "AcceleratorType">;
export type RequestId = Brand<string, "RequestId">;
export type OfferId = Brand<string, "OfferId">;

/** Ids that a decision gives, drawn from the command's nonce: they carry no time and no sequence. */
export type LotId = Brand<string, "LotId">;
export type NoticeId = Brand<string, "NoticeId">;
export type ClearanceId = Brand<string, "ClearanceId">;
export type InvitationId = Brand<string, "InvitationId">;
export type TenderId = Brand<string, "TenderId">;
export type BidId = Brand<string, "BidId">;
export type HoldId = Brand<string, "HoldId">;
export type AwardId = Brand<string, "AwardId">;
export type WaiverId = Brand<string, "WaiverId">;

export type IdPrefix = "lot" | "ntc" | "clr" | "inv" | "tnd" | "bid" | "hld" | "awd" | "wvr" | "ans" | "evl";

const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

/** A document id: letter first, then letters, digits, `_`, `.`, `-`; at most 64. */
export function isDocumentId(text: string): boolean {
  return /^[a-z][a-z0-9_.-]{0,63}$/i.test(text);
}

/** Codes of the letters. An id is made at once from its codes: from parts it would be a chain that is put together when first looked up. */
const CODES: readonly number[] = Array.from(ALPHABET, (letter) => letter.charCodeAt(0));
const UNDERSCORE = "_".charCodeAt(0);

/** Five of the lowest bits as the code of a letter. */
const code = (bits: number): number => CODES[bits & 31] as number;

/** Draws ids from one command's nonce, each 100 bits in 20 characters. One source serves one command only. */
export class IdSource {
  private readonly random: Random;

  constructor(nonce: string) {
    this.random = new Random(nonce);
  }

  next<Id extends string>(prefix: IdPrefix): Brand<string, Id> {
    const { random } = this;
    const a = random.nextUint32();
    const b = random.nextUint32();
    const c = random.nextUint32();
    const d = random.nextUint32();
    return String.fromCharCode(
      prefix.charCodeAt(0),
      prefix.charCodeAt(1),
      prefix.charCodeAt(2),
      UNDERSCORE,
      code(a),
      code(a >>> 5),
      code(a >>> 10),
      code(a >>> 15),
      code(a >>> 20),
      code(b),
      code(b >>> 5),
      code(b >>> 10),
      code(b >>> 15),
      code(b >>> 20),
      code(c),
      code(c >>> 5),
      code(c >>> 10),
      code(c >>> 15),
      code(c >>> 20),
      code(d),
      code(d >>> 5),
      code(d >>> 10),
      code(d >>> 15),
      code(d >>> 20),
    ) as Brand<string, Id>;
  }
}
