/** A word as a shell reads it back: left alone where it is plain, else in single quotes. */
export function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) && word !== "" ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/** What to type instead of clicking: `offtake request show 'a b'`. */
export function cliText(words: readonly string[]): string {
  return ["offtake", ...words].map(shellWord).join(" ");
}

export interface Call {
  readonly method: string;
  /** Path and query, as the browser asks for them. */
  readonly path: string;
  readonly body?: unknown;
  /** `BOOK/PARTY`, where the caller acts for several. */
  readonly party?: string;
}

/**
 * The same call by curl. The token stays in the shell's environment: it is never in a text that people paste to each other. A change gets
 * a key of its own each time the text is run.
 */
export function curlText({ method, path, body, party }: Call, origin: string): string {
  const isRead = method === "GET";
  const options = [
    ...(isRead ? [] : [`-X ${method}`]),
    `-H "authorization: Bearer $OFFTAKE_TOKEN"`,
    ...(party === undefined ? [] : [`-H ${shellWord(`offtake-party: ${party}`)}`]),
    ...(isRead ? [] : [`-H "idempotency-key: $(date +%s)-$$"`]),
    ...(body === undefined ? [] : [`-H 'content-type: application/json'`, `-d ${shellWord(JSON.stringify(body))}`]),
  ];
  return [`curl -sS ${shellWord(`${origin}${path}`)}`, ...options].join(" \\\n  ");
}
