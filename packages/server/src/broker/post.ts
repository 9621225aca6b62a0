import type { BookName } from "@offtake/store/log";
import type { FeedStore } from "@offtake/store/feeds";
import type { Database } from "@offtake/store/postgres";
import type { Books, Submission } from "../books/index.ts";
import type { Feeds } from "../feeds/index.ts";
import { Office } from "../office/index.ts";
import { PUBLIC_ONLY } from "../webhooks/index.ts";
import type { BrokerOptions } from "./options.ts";

interface Parts {
  readonly database: Database;
  readonly store: FeedStore;
  readonly books: Books;
  readonly feeds: Feeds;
  readonly address: () => string;
  readonly failed: (error: unknown) => void;
}

/** Opens what reaches out of a broker: on every node, of which each does what it gets to. */
export function openOffice(
  { mail, webhookNetworks, letterFonts }: Pick<BrokerOptions, "mail" | "webhookNetworks" | "letterFonts">,
  parts: Parts,
): Promise<Office> {
  const { database, store, books, feeds, address, failed } = parts;
  const header = async (book: BookName) => (await books.get(book))?.view.header;
  return Office.open({
    database,
    feeds: store,
    books: () => books.names(),
    keeperOf: async (book) => (await header(book))?.keeper,
    zoneOf: async (book) => (await header(book))?.zone,
    submit: async (book: BookName, submission: Submission) => {
      const node = await books.get(book);
      if (node === undefined) throw new Error(`Broken belief: the book ${book} is there.`);
      const answer = await node.submit(submission);
      if (answer.outcome === "accepted") await feeds.waitFor(book, answer.position);
      return answer;
    },
    address,
    failed,
    ...(mail === undefined ? {} : { mail }),
    ...(letterFonts === undefined ? {} : { letterFonts }),
    ...(webhookNetworks === undefined ? {} : { egress: { ...PUBLIC_ONLY, networks: webhookNetworks } }),
  });
}
