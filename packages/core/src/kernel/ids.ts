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

/** Ten bits as two letters: a resolution draws dozens of ids, and letter by letter they would be a large part of its time. */
const PAIRS: readonly string[] = Array.from({ length: 1024 }, (_, bits) => `${ALPHABET[bits & 31]}${ALPHABET[bits >>> 5]}`);

/** Draws ids from one command's nonce, each 100 bits in 20 characters. One source serves one command only. */
export class IdSource {
  private readonly random: Random;

  constructor(nonce: string) {
    this.random = new Random(nonce);
  }

  next<Id extends string>(prefix: IdPrefix): Brand<string, Id> {
    let text = `${prefix}_`;
    for (let word = 0; word < 4; word += 1) {
      const bits = this.random.nextUint32();
      text += (PAIRS[bits & 1023] as string) + (PAIRS[(bits >>> 10) & 1023] as string) + (ALPHABET[(bits >>> 20) & 31] as string);
    }
    return text as Brand<string, Id>;
  }
}
