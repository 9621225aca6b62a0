import type { ICONS } from "./icons.tsx";
import type { BookEntry } from "./broker.ts";

export interface Place {
  readonly to: "/queue" | "/requests" | "/offers" | "/agreements" | "/awards" | "/evidence";
  readonly label: string;
  readonly icon: keyof typeof ICONS;
}

/**
 * Where somebody can go, by what its party does in this book. What is not listed is not secret, only not this party's work; the broker
 * itself says who may see what.
 */
export function placesOf(book: Pick<BookEntry, "isKeeper" | "kind"> | undefined): readonly Place[] {
  const asks = book === undefined || book.isKeeper;
  const answers = book !== undefined && (!book.isKeeper || book.kind === "provider");
  return [
    { to: "/queue", label: "Queue", icon: "queue" },
    ...(asks ? [{ to: "/requests", label: "Requests", icon: "requests" } as const] : []),
    ...(answers ? [{ to: "/offers", label: "Offers", icon: "inbox" } as const] : []),
    { to: "/awards", label: "Awards", icon: "awards" },
    { to: "/agreements", label: "Agreements", icon: "agreements" },
    { to: "/evidence", label: "Evidence", icon: "evidence" },
  ];
}
