import { OPERATIONS, type Operations } from "./api.ts";
import { ApiProblem, problemOf } from "./problem.ts";

export interface ClientOptions {
  /** Where the broker answers, such as `https://broker.example`. */
  readonly address: string;
  /** An API key, or the token of a terminal's session; asked for at each call, so that it may change. */
  readonly token?: () => string | undefined;
  /** `BOOK/PARTY`: for whom the caller acts, where it acts for several. */
  readonly party?: string;
  readonly fetch?: typeof fetch;
  /** How often a call is tried that was not answered, or that the broker could not decide. Default: 5. */
  readonly attempts?: number;
  /** A key for a change; random when absent. Sent again under the same one, a change has no second effect. */
  readonly newKey?: () => string;
  readonly wait?: (ms: number) => Promise<void>;
}

type Id = keyof Operations;
type Of<Operation extends Id, Part extends keyof Operations[Id]> = Operations[Operation][Part];

type Given<Name extends string, Value> = Value extends undefined
  ? { readonly [Key in Name]?: undefined }
  : object extends Value
    ? { readonly [Key in Name]?: Value }
    : { readonly [Key in Name]: Value };

/** What a call takes: the parts of its address, its query, its body. */
export type Arguments<Operation extends Id> = Given<"params", Of<Operation, "params">> &
  Given<"query", Of<Operation, "query">> &
  Omit<RawArguments, "body"> & { readonly body?: Of<Operation, "body"> | string };

/** What any call takes beside its address. */
export interface RawArguments {
  readonly body?: unknown;
  /** A file, in place of a body. */
  readonly bytes?: Uint8Array;
  /** Of a body that is a text, or of a file; JSON when absent. */
  readonly contentType?: string;
  /** The key of this change, where it is the caller's to choose. */
  readonly key?: string;
  readonly ifMatch?: string;
  readonly signal?: AbortSignal;
}

export interface Answer<Value> {
  readonly value: Value;
  readonly status: number;
  readonly etag?: string;
}

const FIRST_WAIT_MS = 200;
const LONGEST_WAIT_MS = 20_000;

/**
 * The API, an operation at a time. A change that was not answered is sent again under the same key until it is: it takes effect once.
 * What the broker says no to is thrown as `ApiProblem`.
 */
export class Client {
  private readonly options: ClientOptions;

  constructor(options: ClientOptions) {
    this.options = options;
  }

  /** @throws ApiProblem, or what `fetch` throws once all attempts have failed */
  async call<Operation extends Id>(
    operation: Operation,
    given: Arguments<Operation>,
  ): Promise<Answer<Of<Operation, "answer">>> {
    const response = await this.send(operation, given);
    const text = await response.text();
    const isJson = response.headers.get("content-type")?.includes("json") === true;
    const value = (
      isJson && !response.headers.get("content-type")?.includes("x-ndjson") ? JSON.parse(text) : text
    ) as Of<Operation, "answer">;
    const etag = response.headers.get("etag");
    return { value, status: response.status, ...(etag === null ? {} : { etag }) };
  }

  /** The answer as it comes: for what is read as it comes. */
  async send<Operation extends Id>(
    operation: Operation,
    given: Arguments<Operation>,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Response> {
    const { method, path } = OPERATIONS[operation];
    return this.raw(method, addressOf(path, given.params ?? {}, given.query ?? {}), given, headers);
  }

  /**
   * Any call by its method and the path of its address, for what has no operation here: an API that is newer than this client.
   *
   * @throws as `call`
   */
  async raw(
    method: string,
    path: string,
    given: RawArguments = {},
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Response> {
    const { bytes, key = this.newKey(), ifMatch, contentType = "application/json", signal } = given;
    const body = bytes ?? given.body;
    const url = `${this.options.address.replace(/\/$/, "")}${path}`;
    const token = this.options.token?.();
    const init: RequestInit = {
      method,
      headers: {
        ...headers,
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(this.options.party === undefined ? {} : { "offtake-party": this.options.party }),
        ...(method === "GET" ? {} : { "idempotency-key": key }),
        ...(ifMatch === undefined ? {} : { "if-match": ifMatch }),
        ...(body === undefined ? {} : { "content-type": contentType }),
      },
      ...(body === undefined ? {} : { body: textOrBytes(body) }),
      ...(signal === undefined ? {} : { signal }),
    };
    return this.untilAnswered(url, init);
  }

  private async untilAnswered(url: string, init: RequestInit): Promise<Response> {
    const { attempts = 5, fetch: ask = fetch, wait = pause } = this.options;
    for (let attempt = 1; ; attempt += 1) {
      const isLast = attempt >= attempts || init.signal?.aborted === true;
      const answer = await ask(url, init).catch((error: unknown) => {
        if (isLast) throw error;
        return undefined;
      });
      if (answer?.ok === true || answer?.status === 304) return answer;
      if (answer !== undefined && (isLast || !WORTH_TRYING.has(answer.status))) throw await problemOf(answer);
      await wait(waitFor(attempt, answer?.headers.get("retry-after")));
    }
  }

  private newKey(): string {
    return this.options.newKey?.() ?? crypto.randomUUID();
  }
}

const textOrBytes = (body: unknown): string | Uint8Array<ArrayBuffer> =>
  body instanceof Uint8Array ? new Uint8Array(body) : typeof body === "string" ? body : JSON.stringify(body);

const WORTH_TRYING: ReadonlySet<number> = new Set([429, 502, 503, 504]);

function waitFor(attempt: number, retryAfter: string | null | undefined): number {
  const asked = Number(retryAfter ?? Number.NaN) * 1_000;
  const own = FIRST_WAIT_MS * 2 ** (attempt - 1);
  return Math.min(LONGEST_WAIT_MS, Number.isFinite(asked) ? Math.max(asked, own) : own);
}

function addressOf(path: string, params: object, query: object): string {
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = (params as Readonly<Record<string, string | undefined>>)[name];
    if (value === undefined) throw new TypeError(`The address ${path} needs ${name}.`);
    return encodeURIComponent(value);
  });
  const search = new URLSearchParams(
    Object.entries(query).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, String(value)] as [string, string]],
    ),
  ).toString();
  return search === "" ? filled : `${filled}?${search}`;
}

function pause(ms: number): Promise<void> {
  return new Promise((go) => setTimeout(go, ms));
}

export { ApiProblem };
