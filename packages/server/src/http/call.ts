import type { CommandBody } from "@offtake/core/book";
import { UTC, type ZoneId } from "@offtake/core/calendar";
import type { Receipt } from "@offtake/store/feeds";
import type { BookName } from "@offtake/store/log";
import { type Body, readBody } from "@offtake/wire/api";
import type { SourceFile } from "@offtake/wire/source";
import type { Context } from "hono";
import type { z } from "zod";
import { type Answer, type BookNode, Unavailable } from "../books/index.ts";
import { FeedsBehind, type ObjectName, type Outcome } from "../feeds/index.ts";
import type { Admission, CredentialHeaders, People, PersonId, Principal, Seat } from "../people/index.ts";
import { answerOf } from "./answers.ts";
import { listedBy } from "./cursors.ts";
import { assertOwnPage, credentialsOf } from "./own-page.ts";
import { invalidDocument, notFound, problem, rejected } from "./problems.ts";
import type { Services } from "./services.ts";

/** What the door has found out about a call before its route sees it. */
export interface CallParts {
  readonly context: Context;
  readonly services: Services;
  /** Undefined only where the operation is public. */
  readonly principal: Principal | undefined;
  /** How far the caller may go; undefined where the operation is public. */
  readonly admission: Admission | undefined;
  readonly params: unknown;
  readonly query: unknown;
  readonly body: Uint8Array | undefined;
}

export type Accepted = Extract<Answer, { readonly outcome: "accepted" }>;

/** One call, its address and query read, its caller known. */
export class Call<Params extends z.ZodObject, Query extends z.ZodObject> {
  readonly params: z.output<Params>;
  readonly query: z.output<Query>;
  readonly services: Services;
  private readonly parts: CallParts;

  constructor(parts: CallParts) {
    this.parts = parts;
    this.params = parts.params as z.output<Params>;
    this.query = parts.query as z.output<Query>;
    this.services = parts.services;
  }

  /** Who calls. For operations that are not public. */
  get principal(): Principal {
    const { principal } = this.parts;
    if (principal === undefined) throw problem("not_authenticated");
    return principal;
  }

  /** How far the caller may go: an auditor only in what it was granted. */
  get admission(): Admission {
    const { admission } = this.parts;
    if (admission === undefined) throw problem("not_authenticated");
    return admission;
  }

  /** Members, keys, approvals and grants. Where nobody keeps them there are none. */
  get register(): People {
    const { people } = this.services;
    if (people === undefined) throw notFound();
    return people;
  }

  /** The caller's party, in the book of the address. */
  get seat(): Seat {
    return { book: this.book, party: this.principal.party };
  }

  /** The caller, for its party. */
  get by(): Seat & { readonly person: PersonId } {
    return { ...this.seat, person: this.principal.person };
  }

  /** Aborted once the caller has gone. Made only where somebody asks for it. */
  get signal(): AbortSignal {
    return this.parts.context.req.raw.signal;
  }

  get url(): URL {
    return new URL(this.parts.context.req.url);
  }

  /** Which list is asked for, by whom, as its cursors are marked. */
  get listed(): string {
    const { book, party } = this.principal;
    return listedBy(`${book}/${party}`, this.url);
  }

  /** @throws HttpProblem where a browser's session is used by another site's page; `csrf` is what a form sent along */
  assertOwnPage(csrf: string): Promise<void> {
    return assertOwnPage(this.parts.context, this.services, csrf);
  }

  header(name: string): string | undefined {
    return this.parts.context.req.header(name);
  }

  /** What the caller sent to be known by. */
  get credentials(): CredentialHeaders {
    return credentialsOf(this.parts.context);
  }

  /** Where the call comes from, as far as this process sees. */
  get address(): string {
    return addressOf(this.parts.context, this.services);
  }

  get bytes(): Uint8Array {
    return this.parts.body ?? new Uint8Array();
  }

  /** The body as a file that readers of documents take; problems in it name line and column. */
  get file(): SourceFile {
    return { name: "body", text: decodeText(this.bytes) };
  }

  /** The book of the address, where the caller acts in it. Of another one nobody says whether it is there. */
  get book(): BookName {
    const { book } = this.params as { readonly book?: string };
    if (book === undefined || book !== this.principal.book) throw notFound();
    return this.principal.book;
  }

  async node(): Promise<BookNode> {
    const node = await this.services.books.get(this.book);
    if (node === undefined) throw notFound();
    return node;
  }

  /** The zone in which dates of a body are meant: that of the book. */
  async zone(): Promise<ZoneId> {
    return (await this.node()).view.header?.zone ?? UTC;
  }

  /**
   * The body, read as a document is.
   *
   * @throws HttpProblem with everything that is wrong, each at its place
   */
  async read<Schema extends z.ZodType, Value>(body: Body<Schema, Value>): Promise<Value> {
    const zone = "book" in this.params ? await this.zone() : UTC;
    const read = readBody(this.file, body, { zone });
    if (!read.ok) throw invalidDocument(read.problems);
    return read.value;
  }

  /** A body that may be left out, and then says nothing. */
  async readOptional<Schema extends z.ZodType, Value>(body: Body<Schema, Value>): Promise<Partial<Value>> {
    return this.bytes.length === 0 ? {} : this.read(body);
  }

  /** A command as it would stand in the log, names and free words by their references, so that it compares with what is on record. */
  async supposed<Wanted extends CommandBody>(body: Wanted): Promise<Wanted> {
    const { office } = this.services;
    return office === undefined ? body : office.texts.supposed(this.book, body, this.principal.party);
  }

  /** The caller's own key for sending again, told apart from those of other parties. */
  get key(): string {
    const key = this.header("idempotency-key");
    if (key === undefined) throw problem("idempotency_key_missing");
    if (!/^[!-~](?:[ -~]{0,198}[!-~])?$/.test(key)) throw problem("idempotency_key_malformed");
    return `${this.principal.party}/${key}`;
  }

  /**
   * Has a command decided for the caller's party. Returns once the caller's own feed shows what followed, so that whoever reads next
   * reads it.
   *
   * @param key where one call is several commands, each has its own
   * @throws HttpProblem where the core rejects it, or the store is away
   */
  async submit(body: CommandBody, key = this.key): Promise<{ readonly accepted: Accepted; readonly receipt: Receipt }> {
    const accepted = await this.accepted(body, key);
    const { book, principal, services } = this;
    return { accepted, receipt: await available(services.telling.receipt(book, principal.party, accepted.position)) };
  }

  /** The same, with the object that it is about as the caller sees it afterwards. */
  async submitAbout(about: ObjectName, body: CommandBody): Promise<Outcome & { readonly accepted: Accepted }> {
    const accepted = await this.accepted(body, this.key);
    const { book, principal, services } = this;
    return {
      ...(await available(services.telling.outcome(book, principal.party, accepted.position, about))),
      accepted,
    };
  }

  private async accepted(body: CommandBody, key: string): Promise<Accepted> {
    const { book, principal, services } = this;
    const node = await this.node();
    const answer = await available(node.submit({ body, actor: principal.party, key }));
    if (answer.outcome === "accepted") return answer;
    throw rejected(answer.rejection, principal.party === (await services.keeperOf(book)));
  }
}

/** Of the connection, or of whoever is before it where that is a proxy of the house. */
export function addressOf(context: Context, { clientOf }: Pick<Services, "clientOf">): string {
  const { incoming } = (context.env ?? {}) as {
    readonly incoming?: { readonly socket?: { readonly remoteAddress?: string } };
  };
  const connection = incoming?.socket?.remoteAddress ?? "unknown";
  return clientOf === undefined ? connection : clientOf(connection, context.req.header("x-forwarded-for"));
}

/** Any call, for what does not depend on its parameters. */
export type AnyCall = Pick<
  Call<z.ZodObject, z.ZodObject>,
  | "services"
  | "register"
  | "seat"
  | "by"
  | "book"
  | "principal"
  | "admission"
  | "header"
  | "node"
  | "signal"
  | "submit"
  | "supposed"
  | "submitAbout"
  | "key"
  | "read"
  | "zone"
  | "file"
  | "url"
  | "listed"
> & { readonly query: Readonly<Record<string, unknown>> };

/** What the store could not do now may be sent again, under the same key. */
async function available<Value>(work: Promise<Value>): Promise<Value> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof Unavailable || error instanceof FeedsBehind)
      throw problem("unavailable", { headers: { "retry-after": "2" } });
    throw error;
  }
}

function decodeText(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw problem("not_json", { detail: "The body is not UTF-8." });
  }
}

const TOLD = new WeakSet<Response>();

/** An answer that holds what the caller was told byte for byte, since hashes are over it: references stay as they are. */
export function asTold(response: Response): Response {
  TOLD.add(response);
  return response;
}

export const isAsTold = (response: Response): boolean => TOLD.has(response);

/** An answer with a JSON body. */
export function json(status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): Response {
  return answerOf(JSON.stringify(value), status, {
    "content-type": "application/json",
    "cache-control": "no-store",
    ...headers,
  });
}
