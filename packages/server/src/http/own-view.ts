import type { PartyView, ViewKind } from "@offtake/core/disclosure";
import type { AnyCall } from "./call.ts";
import { shown } from "./shown.ts";

const PAGE = 1_000;

/** All objects of some kinds that the caller's party knows, from its own rows. For kinds of which there are few: agreements, blocks, parties. */
export async function ownView<Kind extends ViewKind>(
  call: AnyCall,
  kinds: readonly Kind[],
): Promise<Pick<PartyView, Kind>> {
  const found = await Promise.all(kinds.map(async (kind) => [kind, await allOf(call, kind)] as const));
  return Object.fromEntries(found) as unknown as Pick<PartyView, Kind>;
}

async function allOf({ services, book, principal }: AnyCall, kind: ViewKind): Promise<ReadonlyMap<string, unknown>> {
  const all = new Map<string, unknown>();
  let after: string | undefined;
  do {
    const page = await services.telling.store.listObjects(book, principal.party, {
      kind,
      order: "id",
      descending: false,
      limit: PAGE,
      ...(after === undefined ? {} : { after }),
    });
    for (const object of page.objects) all.set(object.id, shown(kind, object).view);
    after = page.next;
  } while (after !== undefined);
  return all;
}
