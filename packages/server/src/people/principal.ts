import type { Brand, PartyId } from "@offtake/core/kernel";
import type { BookName } from "@offtake/store/log";
import type { Role } from "./roles.ts";

/** A person on this server: random, and all that the log ever knows of somebody. Names are kept beside it and can be erased. */
export type PersonId = Brand<string, "PersonId">;
/** The visible part of an API key. */
export type KeyId = Brand<string, "KeyId">;

/** Who is calling, for which party of which book, and with which roles: everything that permission is decided by. */
export interface Principal {
  readonly person: PersonId;
  readonly party: PartyId;
  readonly book: BookName;
  /** Of a key: those of the key that its owner still has. */
  readonly roles: readonly Role[];
  readonly via: "session" | "key" | "bootstrap" | "link";
  /** The key that was shown, where it was one. */
  readonly key?: KeyId;
  /** The name under which the party's document lists this person among its signatories; answers are signed with it and no other. */
  readonly signsAs?: string;
}

/** The party that somebody acts for, in a book; what belongs to another is not there. */
export type Seat = Pick<Principal, "book" | "party">;

/** What a caller sends to be known by. Values as they came, names in lower case. */
export interface CredentialHeaders {
  /** `Bearer` and an API key or the token of a terminal's session. */
  readonly authorization?: string | undefined;
  readonly cookie?: string | undefined;
  /** `BOOK/PARTY`: for whom a person acts who has several; without it the one that the session chose. */
  readonly "offtake-party"?: string | undefined;
}

export interface Authenticator {
  /**
   * Who is calling. Undefined for what is missing, malformed, unknown, expired, revoked and removed alike: a caller cannot tell which.
   * Asks the database each time, so that what was ended is ended at once on every node.
   */
  authenticate(headers: CredentialHeaders): Promise<Principal | undefined>;
}
