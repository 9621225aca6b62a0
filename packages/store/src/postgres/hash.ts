import * as crypto from "node:crypto";
import type { Hash } from "../log/chain.ts";

/** SHA-256 by Node's own, several times as fast as one in JavaScript: every byte of the log goes through it. */
export const hash: Hash = (text) => crypto.hash("sha256", text);
