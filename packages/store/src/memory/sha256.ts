import { sha256 as digest } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import type { Hash } from "../log/chain.ts";

/** SHA-256 where Node's own is not at hand, a browser for one: it must answer at once, which the browser's own does not. */
export const sha256: Hash = (text) => bytesToHex(digest(utf8ToBytes(text)));
