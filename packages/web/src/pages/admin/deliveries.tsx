import type { Operations } from "@offtake/client";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useActing } from "../../app/acting.ts";
import { seatName, useBroker, useSeat } from "../../app/broker.ts";
import { Loaded } from "../../app/loaded.tsx";
import { countOf } from "../../amounts/counts.ts";
import { Instant } from "../../clock/instant.tsx";
import { TooLarge } from "../../lists/list-states.tsx";
import { Badge } from "../../states/badge.tsx";
import type { StateShown } from "../../states/families.ts";
import { Button } from "../../surface/button.tsx";
import { Panel } from "../../surface/panel.tsx";
import type { EndpointTold } from "./webhooks-page.tsx";

type Page = Operations["deliveryList"]["answer"];
type DeliveryTold = Page["data"][number];

const STATE: Readonly<Record<DeliveryTold["status"], StateShown>> = {
  waiting: { family: "waiting", word: "Waiting" },
  sent: { family: "secured", word: "Sent" },
  dead: { family: "breach", word: "Given up" },
  cancelled: { family: "neutral", word: "Cancelled" },
};

const PAGE = 100;
/** So many pages are held and kept up; further back goes a command. */
const PAGES_MAX = 10;

/** What was sent and how it went, the newest first, each try with the answer that it got. */
export function Deliveries({ endpoints }: { readonly endpoints: readonly EndpointTold[] }) {
  const { client, seat } = useBroker();
  const query = useInfiniteQuery({
    queryKey: [seat === undefined ? "" : seatName(seat), "deliveryList", "pages"],
    initialPageParam: undefined as string | undefined,
    placeholderData: keepPreviousData,
    getNextPageParam: ({ nextCursor }: Page, pages) =>
      pages.length < PAGES_MAX ? (nextCursor ?? undefined) : undefined,
    queryFn: async ({ pageParam, signal }): Promise<Page> => {
      const asked = { limit: PAGE, ...(pageParam === undefined ? {} : { cursor: pageParam }) };
      return (await client.call("deliveryList", { params: { book: seat?.book ?? "" }, query: asked, signal })).value;
    },
  });
  const { hasNextPage, isFetching, fetchNextPage } = query;
  const isCut = query.data?.pages.length === PAGES_MAX && query.data.pages.at(-1)?.nextCursor !== null;
  const urls = new Map(endpoints.map(({ id, url }) => [id, url]));
  return (
    <Panel title="Deliveries" padded={false} foot="By webhook, mail and chat, the newest first.">
      <Loaded query={query} what="deliveries">
        {({ pages }) => {
          const data = pages.flatMap((page) => page.data);
          return data.length === 0 ? (
            <p className="px-4 py-3 text-ink-soft">Nothing has been sent yet.</p>
          ) : (
            <ul className="divide-y divide-line">
              {data.map((delivery) => (
                <Delivery key={delivery.id} delivery={delivery} to={urls.get(delivery.webhook ?? "")} />
              ))}
              {hasNextPage ? (
                <li className="flex flex-wrap items-center justify-between gap-2 px-4 py-2 text-xs text-ink-soft">
                  {countOf(data.length, "delivery", "deliveries")} shown; there are older ones.
                  <Button
                    disabledReason={isFetching ? "They are on their way" : undefined}
                    onPress={() => void fetchNextPage()}
                  >
                    Show older
                  </Button>
                </li>
              ) : undefined}
              {isCut ? (
                <li>
                  <TooLarge shown={data.length} command="offtake webhook deliveries --limit 10000" />
                </li>
              ) : undefined}
            </ul>
          );
        }}
      </Loaded>
    </Panel>
  );
}

function Delivery({ delivery, to }: { readonly delivery: DeliveryTold; readonly to: string | undefined }) {
  const { client } = useBroker();
  const { book } = useSeat();
  const { isBusy, act } = useActing();
  const { id, kind, status, attempts, createdAt, dueAt, tries } = delivery;
  const replay = (): Promise<boolean> =>
    act(() => client.call("webhookReplay", { params: { book, delivery: id } }), "It is sent again");
  return (
    <li className="px-4 py-2.5">
      <details className="group">
        <summary className="flex cursor-pointer flex-wrap items-center gap-x-4 gap-y-1">
          <Badge {...STATE[status]} />
          <span className="min-w-16">{kind}</span>
          <span className="min-w-0 flex-1 truncate text-ink-soft">{to ?? ""}</span>
          <span className="text-xs text-ink-soft">{countOf(attempts, "try", "tries")}</span>
          <Instant at={createdAt} className="text-xs text-ink-soft" />
        </summary>
        <div className="mt-2 space-y-2 border-l border-line pl-3">
          <p className="font-mono text-xs text-ink-soft">{id}</p>
          <ol className="space-y-1 text-xs">
            {tries.map(({ number, at, outcome, detail }) => (
              <li key={number} className="flex flex-wrap gap-x-3">
                <span className={outcome === "sent" ? "text-secured" : "text-breach"}>
                  <span aria-hidden="true">{outcome === "sent" ? "✓" : "✕"}</span> {outcome}
                </span>
                <Instant at={at} className="text-ink-soft" />
                <span className="min-w-0 break-words">{detail}</span>
              </li>
            ))}
          </ol>
          {dueAt === undefined ? undefined : (
            <p className="text-xs text-ink-soft">
              Next try <Instant at={dueAt} />
            </p>
          )}
          <Button writes onPress={() => void replay()} disabledReason={isBusy ? "It is being sent" : undefined}>
            Send again
          </Button>
        </div>
      </details>
    </li>
  );
}
