import type { Schemas } from "@offtake/client";
import type { ICONS } from "./icons.tsx";
import type { Seat } from "./broker.ts";

export interface Place {
  readonly to: "/queue" | "/requests" | "/offers" | "/agreements" | "/awards" | "/capacity" | "/commitments" | "/evidence" | "/admin/members" | "/admin/keys" | "/admin/webhooks" | "/admin/system";
  readonly label: string;
  readonly icon: keyof typeof ICONS;
}

export interface PlaceGroup {
  readonly label: string | undefined;
  readonly places: readonly Place[];
}

/**
 * Where somebody can go: what its party does in this book, then what its own roles look after. What is not listed is not secret, only not
 * this person's work; the broker itself says who may see what.
 */
export function placesOf(
  { roles }: Pick<Seat, "roles">,
  book: Pick<Schemas["BookEntry"], "isKeeper" | "kind"> | undefined,
): readonly PlaceGroup[] {
  const asks = book === undefined || book.isKeeper;
  const answers = book !== undefined && (!book.isKeeper || book.kind === "provider");
  const isAdmin = roles.includes("admin");
  const work: Place[] = [
    { to: "/queue", label: "Queue", icon: "queue" },
    ...(asks ? [{ to: "/requests", label: "Requests", icon: "requests" } as const] : []),
    ...(answers ? [{ to: "/offers", label: "Offers", icon: "inbox" } as const] : []),
    { to: "/awards", label: "Awards", icon: "awards" },
    { to: "/agreements", label: "Agreements", icon: "agreements" },
    ...(asks ? [{ to: "/commitments", label: "Commitments", icon: "commitments" } as const] : []),
    { to: "/capacity", label: "Capacity", icon: "capacity" },
    { to: "/evidence", label: "Evidence", icon: "evidence" },
  ];
  const admin: Place[] = [
    ...(isAdmin
      ? ([
          { to: "/admin/members", label: "Members", icon: "people" },
          { to: "/admin/keys", label: "API keys", icon: "keys" },
          { to: "/admin/webhooks", label: "Webhooks", icon: "webhooks" },
        ] as const)
      : []),
    { to: "/admin/system", label: "System", icon: "system" },
  ];
  return [
    { label: undefined, places: work },
    { label: "Administration", places: admin },
  ];
}
