import type { BookName } from "@offtake/store/log";
import type { SourceFile } from "@offtake/wire/source";
import type { Context } from "hono";
import type { z } from "zod";
import type { BookNode } from "../books/index.ts";
import type { Principal, Reach } from "../people/index.ts";
import { notFound, problem } from "./problems.ts";
import type { Services } from "./services.ts";

/** What the door has found out about a call before its route sees it. */
export interface CallParts {
  readonly context: Context;
  readonly services: Services;
  /** Undefined only where the operation is public. */
  readonly principal: Principal | undefined;
  readonly reach: Reach;
  readonly params: unknown;
  readonly query: unknown;
  readonly body: Uint8Array | undefined;
  readonly traceId: string;
}

/** One call, its address and query read, its caller known. */
export class Call<Params extends z.ZodObject, Query extends z.ZodObject> {
  readonly params: z.output<Params>;
  readonly query: z.output<Query>;
  readonly services: Services;
  readonly context: Context;
  readonly reach: Reach;
  readonly traceId: string;
  private readonly parts: CallParts;

  constructor(parts: CallParts) {
    this.parts = parts;
    this.params = parts.params as z.output<Params>;
    this.query = parts.query as z.output<Query>;
    this.services = parts.services;
    this.context = parts.context;
    this.reach = parts.reach;
    this.traceId = parts.traceId;
  }

  /** Who calls. For operations that are not public. */
  get principal(): Principal {
    const { principal } = this.parts;
    if (principal === undefined) throw problem("not_authenticated");
    return principal;
  }

  header(name: string): string | undefined {
    return this.context.req.header(name);
  }

  /** The body as a file that readers of documents take; problems in it name line and column. */
  get file(): SourceFile {
    return { name: "body", text: decodeText(this.parts.body ?? new Uint8Array()) };
  }

  get bytes(): Uint8Array {
    return this.parts.body ?? new Uint8Array();
  }

  /** The book of the address, where the caller acts in it. Of another one nobody says whether it is there. */
  get book(): BookName {
    const book = (this.params as { readonly book?: string }).book;
    if (book === undefined || book !== this.principal.book) throw notFound();
    return this.principal.book;
  }

  async node(): Promise<BookNode> {
    const node = await this.services.books.get(this.book);
    if (node === undefined) throw notFound();
    return node;
  }
}

function decodeText(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw problem("not_json", { detail: "The body is not UTF-8." });
  }
}

/** An answer with a JSON body. */
export function json(status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): Response {
  return new Response(JSON.stringify(value), {
    status,
    headers: { "content-type": "application/json", "cache-control": "no-store", ...headers },
  });
}
