import { createPrivateKey, createPublicKey, generateKeyPairSync, randomBytes, sign } from "node:crypto";
import { Webhook } from "standardwebhooks";

/** `whsec_` and 32 random bytes: what both sides sign and check with (v1, HMAC-SHA256). */
export const newSecret = (): string => `whsec_${randomBytes(32).toString("base64")}`;

/** An ed25519 key of an endpoint (v1a): only the broker can sign, which makes it proof between two companies. */
export interface SigningKey {
  /** `whsk_`, PKCS8 in base64; never shown. */
  readonly secret: string;
  /** `whpk_` and the raw 32 bytes. */
  readonly public: string;
}

const SPKI_PREFIX_BYTES = 12;

export function newSigningKey(): SigningKey {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  const raw = publicKey.export({ format: "der", type: "spki" }).subarray(SPKI_PREFIX_BYTES);
  return {
    secret: `whsk_${privateKey.export({ format: "der", type: "pkcs8" }).toString("base64")}`,
    public: `whpk_${raw.toString("base64")}`,
  };
}

/** The public key of a `whpk_` text, to check with. */
export function publicKeyOf(text: string): ReturnType<typeof createPublicKey> {
  const prefix = Buffer.from("302a300506032b6570032100", "hex");
  const raw = Buffer.from(text.replace(/^whpk_/, ""), "base64");
  return createPublicKey({ key: Buffer.concat([prefix, raw]), format: "der", type: "spki" });
}

export interface Keys {
  /** The newest first; an older one signs too while it is being replaced. */
  readonly secrets: readonly string[];
  readonly signing: SigningKey;
}

/** The three headers of the Standard Webhooks specification, with a signature by each secret and by the key. */
export function signedHeaders(keys: Keys, id: string, at: Date, payload: string): Readonly<Record<string, string>> {
  const seconds = Math.floor(at.getTime() / 1_000);
  const key = createPrivateKey({
    key: Buffer.from(keys.signing.secret.replace(/^whsk_/, ""), "base64"),
    format: "der",
    type: "pkcs8",
  });
  const signatures = [
    ...keys.secrets.map((secret) => new Webhook(secret).sign(id, at, payload)),
    `v1a,${sign(null, Buffer.from(`${id}.${seconds}.${payload}`), key).toString("base64")}`,
  ];
  return { "webhook-id": id, "webhook-timestamp": String(seconds), "webhook-signature": signatures.join(" ") };
}
