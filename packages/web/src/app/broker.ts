import type { Client, Schemas } from "@offtake/client";
import { createContext, use } from "react";
import type { Transport } from "../transport/transport.ts";
import { SeatClient } from "./seat-client.ts";

export type Session = Schemas["Session"];
export type Seat = Session["memberships"][number];

export type BookEntry = Schemas["BookEntry"];

/** The broker as the console uses it: who is logged in, for whom the page acts, and the calls of the API. */
export interface Broker {
  readonly transport: Transport;
  readonly session: Session;
  /** For whom the page acts; undefined where somebody is logged in who belongs to nobody. */
  readonly seat: Seat | undefined;
  readonly client: Client;
}

/** The book that the page is about, and whose it is. */
export const BookContext = createContext<BookEntry | undefined>(undefined);

export function useBook(): BookEntry {
  const book = use(BookContext);
  if (book === undefined) throw new Error("Broken belief: pages are drawn once their book is known");
  return book;
}

export const BrokerContext = createContext<Broker | undefined>(undefined);

export function useBroker(): Broker {
  const broker = use(BrokerContext);
  if (broker === undefined) throw new Error("Broken belief: pages are drawn inside a broker");
  return broker;
}

/** The seat of a page that is about a book: pages are not drawn without one. */
export function useSeat(): Seat {
  const { seat } = useBroker();
  if (seat === undefined) throw new Error("Broken belief: pages are drawn for a party");
  return seat;
}

export function clientOf(transport: Transport, seat: Seat | undefined): Client {
  const party = seat === undefined ? {} : { party: seatName(seat) };
  return new SeatClient({ address: location.origin, attempts: 3, fetch: transport.fetch, ...party }, seat?.roles ?? []);
}

export const seatName = ({ book, party }: Pick<Seat, "book" | "party">): string => `${book}/${party}`;

/** The seat that the address names, else the one that the session chose, else the first. */
export function seatOf(session: Session, named: string | undefined): Seat | undefined {
  const { memberships, chosen } = session;
  return (
    memberships.find((one) => seatName(one) === named) ??
    memberships.find((one) => chosen !== undefined && seatName(one) === seatName(chosen)) ??
    memberships[0]
  );
}
