import type { Schema } from "@offtake/wire/codecs";
import { z } from "@hono/zod-openapi";
import { OPERATIONS } from "../people/in-page.ts";
import type { OperationId } from "../people/index.ts";
import type { Call } from "./call.ts";

export type Method = "get" | "post" | "put" | "delete";

/** A body that a route takes: what it looks like, for the document; what is read of it the route says itself. */
export interface BodySpec {
  readonly schema: BodySchema;
  /** `application/json` when absent. */
  readonly media?: readonly string[];
  /** Bytes at most; 1 MiB when absent. */
  readonly limit?: number;
  readonly optional?: boolean;
}

/** A part of the document by its name, or written where it stands. */
export type BodySchema = { readonly component: string } | { readonly inline: Schema };

export interface AnswerSpec {
  readonly description: string;
  readonly schema?: BodySchema;
  /** `application/json` when absent. */
  readonly media?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** One operation of the API: enough to route it, to check what comes, to say who may call it and to describe it. */
export interface Operation<Params extends z.ZodObject = z.ZodObject, Query extends z.ZodObject = z.ZodObject> {
  /** Its line in the table of permissions. Several routes of one permission tell themselves apart by `variant`. */
  readonly id: OperationId;
  readonly variant?: string;
  readonly method: Method;
  readonly path: string;
  readonly tag: string;
  readonly summary?: string;
  readonly description?: string;
  readonly params?: Params;
  readonly query?: Query;
  readonly body?: BodySpec;
  /** It changes something: it takes an `Idempotency-Key`, and is refused while the broker is read-only. */
  readonly writes?: boolean;
  /** What it changes is beside the log: sent again it is done again, so it takes no key. */
  readonly unkeyed?: boolean;
  /** Somebody who is logged in may call it, also before it is said for whom. */
  readonly session?: boolean;
  /** Shows an auditor no more than what hangs on requests that it was granted. Without it an auditor finds nothing here. */
  readonly granted?: boolean;
  /** `If-Match` must say which version is changed. */
  readonly ifMatch?: boolean;
  readonly answers: Readonly<Record<number, AnswerSpec>>;
}

export interface Route {
  readonly operation: Operation;
  readonly handle: (call: Call<z.ZodObject, z.ZodObject>) => Promise<Response>;
}

/** A route: an operation and what answers it. */
export function route<Params extends z.ZodObject = z.ZodObject<{}>, Query extends z.ZodObject = z.ZodObject<{}>>(
  operation: Operation<Params, Query>,
  handle: (call: Call<Params, Query>) => Promise<Response>,
): Route {
  return { operation, handle };
}

export const operationIdOf = ({ id, variant }: Pick<Operation, "id" | "variant">): string =>
  variant === undefined ? id : `${id}${variant}`;

export const summaryOf = ({ id, summary }: Pick<Operation, "id" | "summary">): string => summary ?? OPERATIONS[id];

const NAME_PATTERN = /^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/;

export const bookParam = z
  .string()
  .regex(NAME_PATTERN)
  .openapi({ description: "Name of a book.", example: "stargate-2025" });
/** An id that a document gave, or that the broker drew. */
export const idParam = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9_.:-]{0,255}$/)
  .openapi({ description: "An id as the caller knows it.", example: "inference-2025" });

export const inBook = z.object({ book: bookParam });

export const pageQuery = {
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .max(1_000)
    .optional()
    .openapi({ description: "How many at most, from 1 to 1,000. Default: 100." }),
  cursor: z.string().min(1).max(600).optional().openapi({ description: "`nextCursor` of the page before." }),
};

/** What a page was asked with. */
export interface PageAsked {
  readonly limit?: number | undefined;
  readonly cursor?: string | undefined;
}

export { z };
