import type { ViewKind, ViewObject } from "@offtake/core/disclosure";
import { formatInstant } from "@offtake/core/kernel";
import type { FeedObject } from "@offtake/store/feeds";
import { encodeView, readView } from "@offtake/wire/views";
import type { AnyCall } from "./call.ts";

/** An object of the caller's own view, and the same as programs are told it. */
export interface Shown<Kind extends ViewKind = ViewKind> {
  readonly object: FeedObject;
  readonly view: ViewObject<Kind>;
  readonly value: unknown;
}

/** An object of a row, as it is and as programs are told it. */
export function shown<Kind extends ViewKind>(kind: Kind, object: FeedObject): Shown<Kind> {
  const decoded = readView(kind, object.body);
  if (!decoded.ok)
    throw new Error(
      `Broken belief: a row of ${kind} can be read (${decoded.problem.path}: ${decoded.problem.message})`,
    );
  const { id, status, deadline, updatedAt } = object;
  const value = {
    id,
    status,
    ...(deadline === undefined ? {} : { deadline: formatInstant(deadline) }),
    updatedAt: formatInstant(updatedAt),
    view: encodeView(kind, decoded.value, "told"),
  };
  return { object, view: decoded.value, value };
}

/** One object of the caller's view; what it was never told of is not there. */
export async function findObject<Kind extends ViewKind>(
  { services, book, principal }: AnyCall,
  kind: Kind,
  id: string,
): Promise<Shown<Kind> | undefined> {
  const object = await services.telling.store.getObject(book, principal.party, kind, id);
  return object === undefined ? undefined : shown(kind, object);
}
