import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { lineOf } from "../../broker/connect.ts";
import { asked } from "../../broker/failures.ts";
import { EXIT, type ExitCode } from "../../terminal/exit-codes.ts";
import { done, failed, type Outcome, tellFailure } from "../../terminal/failures.ts";
import type { Io } from "../../terminal/io.ts";
import { jsonText } from "../../terminal/json.ts";

export interface ApiOptions {
  readonly body?: string;
  readonly type?: string;
  readonly ifMatch?: string;
  readonly key?: string;
  readonly etag?: true;
  readonly context?: string;
  readonly json?: true;
}

const METHODS = ["GET", "POST", "PUT", "DELETE"];

const usage = (message: string) => failed({ code: "usage", message, exit: EXIT.usage });

/** One call of the API, whatever it is: the answer as it came, JSON in lines that can be read. */
export async function callApi(io: Io, method: string, path: string, options: ApiOptions): Promise<ExitCode> {
  const json = options.json === true;
  const wanted = wantedOf(io, method, path, options);
  if (!wanted.ok) return tellFailure(io, wanted.failure, json);
  const line = lineOf(io, options);
  if (!line.ok) return tellFailure(io, line.failure, json);
  const { client, book, party } = line.value;
  const address = path.replaceAll("{book}", encodeURIComponent(book)).replaceAll("{party}", encodeURIComponent(party));
  const left = /\{\w+\}/.exec(address)?.[0];
  if (left !== undefined) {
    const { failure } = usage(`${left} is for you to say: {book} and {party} alone are filled in`);
    return tellFailure(io, failure, json);
  }
  const answer = await asked(line.value, async () => {
    const response = await client.raw(wanted.value.method, address, {
      ...(wanted.value.bytes === undefined ? {} : { bytes: wanted.value.bytes }),
      ...(options.type === undefined ? {} : { contentType: options.type }),
      ...(options.ifMatch === undefined ? {} : { ifMatch: options.ifMatch }),
      ...(options.key === undefined ? {} : { key: options.key }),
      signal: io.signal,
    });
    return { response, text: await response.text() };
  });
  if (!answer.ok) return tellFailure(io, answer.failure, json);
  const { response, text } = answer.value;
  const etag = response.headers.get("etag");
  if (options.etag === true && etag !== null) io.err(`${etag}\n`);
  io.out(isJson(response) && text !== "" ? jsonText(JSON.parse(text)) : text);
  return EXIT.ok;
}

const isJson = ({ headers }: Response): boolean => /\bjson(?:;|$)/.test(headers.get("content-type") ?? "");

function wantedOf(
  { cwd }: Io,
  typed: string,
  path: string,
  { body }: ApiOptions,
): Outcome<{ readonly method: string; readonly bytes?: Uint8Array }> {
  const method = typed.toUpperCase();
  if (!METHODS.includes(method)) return usage(`${typed.slice(0, 40)} is none of ${METHODS.join(", ")}`);
  if (!path.startsWith("/") || path.startsWith("//"))
    return usage("a path of the broker is expected, such as /v1/books/{book}/requests");
  if (body === undefined) return done({ method });
  if (method === "GET") return usage("GET takes no --body");
  if (!body.startsWith("@")) return done({ method, bytes: body === "-" ? readFileSync(0) : Buffer.from(body) });
  try {
    return done({ method, bytes: readFileSync(resolve(cwd, body.slice(1))) });
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (typeof code !== "string") throw cause;
    const [why, exit] = code === "ENOENT" ? (["it is not there", EXIT.notFound] as const) : [code, EXIT.failed];
    return failed({ code: "file_unreadable", message: `${body.slice(1)}: ${why}`, exit });
  }
}
