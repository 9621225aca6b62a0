import type { Logger } from "pino";
import type { MailSettings } from "../mail/index.ts";
import type { IdentityProvider } from "../people/index.ts";

/** Where the data are: a server of one's own, or PostgreSQL that the broker starts itself. */
export type DataSource =
  | { readonly url: string; readonly allowUnsafe?: boolean }
  /** The folder in which the embedded server keeps them. */
  | { readonly folder: string };

export interface BrokerOptions {
  readonly data: DataSource;
  readonly listen: { readonly host: string; readonly port: number };
  /** Where outsiders reach it, where that is not what it listens on. */
  readonly publicUrl?: string;
  /** Where people log in. */
  readonly providers?: readonly IdentityProvider[];
  readonly readOnly?: boolean;
  /** Calls a second that each party may keep up, reading and changing apart. Default: 500. */
  readonly callsPerSecond?: number;
  /** By which server mail leaves; without it none does, and notices by mail wait to be delivered by hand. */
  readonly mail?: MailSettings;
  /** Networks of the house, such as `10.1.0.0/16`, that webhooks may go to beside the public internet. */
  readonly webhookNetworks?: readonly string[];
  /** Networks of proxies whose `X-Forwarded-For` is believed, each `isNetwork`; without them nobody's is. */
  readonly trustedProxies?: readonly string[];
  /** Font files (TrueType, OpenType) for characters of letters that Noto Serif does not show, tried in this order. */
  readonly letterFonts?: readonly Uint8Array[];
  /** The folder of the built console; without it the API is served alone. */
  readonly console?: string;
  readonly log: Logger;
  /** Told once when the database of its own is gone: the broker cannot go on. */
  readonly onLost?: (why: string) => void;
}

/** Why a broker cannot start: a stable code, what happened, and what to do. */
export class BrokerProblem extends Error {
  readonly code: "port_taken" | "port_not_allowed" | "address_unknown" | "database_unreachable";

  constructor(code: BrokerProblem["code"], message: string, cause?: unknown) {
    super(message, { cause });
    this.name = "BrokerProblem";
    this.code = code;
  }
}
