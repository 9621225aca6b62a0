import { isSameHash, hashOf } from "./secrets.ts";

const SAFE = ["GET", "HEAD", "OPTIONS"];

export interface CrossSiteFacts {
  readonly method: string;
  /** `Origin` as it came. */
  readonly origin: string | undefined;
  /** `Sec-Fetch-Site` as it came. */
  readonly fetchSite: string | undefined;
  /** The token that the page sent along, in a header or a form. */
  readonly csrf: string | undefined;
  /** What `csrfOf` makes of the session's token. */
  readonly expected: string;
  /** Where this broker is reached: scheme, host and port, as browsers write it. */
  readonly origins: readonly string[];
}

/**
 * Whether a request that came with a browser's cookie is one of our own pages'. Three things must hold for what changes anything: its origin is
 * named and is ours, the browser does not say otherwise, and it carries the session's token. Keys and terminals send no cookie, and need none.
 */
export function isOwnPage({ method, origin, fetchSite, csrf, expected, origins }: CrossSiteFacts): boolean {
  if (SAFE.includes(method.toUpperCase())) return true;
  if (origin === undefined || !origins.includes(origin)) return false;
  if (fetchSite !== undefined && fetchSite !== "same-origin") return false;
  return csrf !== undefined && isSameHash(hashOf(csrf), hashOf(expected));
}
