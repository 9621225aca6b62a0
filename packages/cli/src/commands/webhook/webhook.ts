import type { BrokerOptions } from "../../broker/connect.ts";
import { agreedTo } from "../../broker/confirm.ts";
import { listAtBroker } from "../../broker/list.ts";
import { atBroker } from "../../broker/run.ts";
import { whenText } from "../../broker/texts.ts";
import type { ExitCode } from "../../terminal/exit-codes.ts";
import type { Io } from "../../terminal/io.ts";
import { tableText } from "../../terminal/table.ts";

/** An endpoint as the API tells it. */
interface Endpoint {
  readonly id: string;
  readonly url: string;
  readonly types: readonly string[];
  readonly status: "on" | "off";
  readonly whyOff?: string;
  readonly publicKey: string;
}

interface Delivery {
  readonly id: string;
  readonly kind: string;
  readonly status: string;
  readonly attempts: number;
  readonly createdAt: string;
  readonly dueAt?: string;
  readonly tries: readonly { readonly detail?: string; readonly outcome?: string }[];
}

export interface CreateOptions extends BrokerOptions {
  readonly type: readonly string[];
}

export type YesOptions = BrokerOptions & { readonly yes?: true };
export type LimitOptions = BrokerOptions & { readonly limit: string; readonly format?: string };

export function createWebhook(io: Io, url: string, options: CreateOptions): Promise<ExitCode> {
  return atBroker(
    io,
    options,
    async ({ client, book }) => {
      const body = { url, types: [...options.type] };
      return (await client.call("webhookCreate", { params: { book }, body })).value;
    },
    ({ data }) => {
      io.err(
        `${data.id} is told of ${typesText(data.types)}. The secret is shown this once, on stdout; check signatures \`v1a\` with ${data.publicKey}\n`,
      );
      return `${data.secret}\n`;
    },
  );
}

const typesText = (types: readonly string[]): string => (types.length === 0 ? "everything" : types.join(", "));

const ENDPOINTS = ["WEBHOOK", "ADDRESS", "TOLD OF", "STATUS"].map((title) => ({ title }));
const endpointRow = ({ id, url, types, status, whyOff }: Endpoint): readonly string[] => [
  id,
  url,
  typesText(types),
  whyOff === undefined ? status : `${status}: ${whyOff}`,
];

export function listWebhooks(io: Io, options: BrokerOptions): Promise<ExitCode> {
  return atBroker(
    io,
    options,
    async ({ client, book }) =>
      (await client.call("webhookList", { params: { book } })).value as { readonly data: readonly Endpoint[] },
    ({ data }) => {
      if (data.length > 0) return tableText(ENDPOINTS, data.map(endpointRow));
      io.err("There are none. Next: offtake webhook create https://HOST/PATH\n");
      return "";
    },
  );
}

/** One endpoint, and what was sent of late, with how it went. */
export function showWebhook(io: Io, webhook: string, options: BrokerOptions): Promise<ExitCode> {
  return atBroker(
    io,
    options,
    async ({ client, book }) =>
      (await client.call("webhookRead", { params: { book, webhook } })).value as { readonly data: Endpoint },
    ({ data }) =>
      `${tableText(ENDPOINTS, [endpointRow(data)])}Signatures v1a are checked with ${data.publicKey}\nNext: offtake webhook deliveries\n`,
  );
}

export function listDeliveries(io: Io, options: LimitOptions): Promise<ExitCode> {
  return listAtBroker(
    io,
    options,
    async ({ client, book }, limit) =>
      (await client.call("deliveryList", { params: { book }, query: { limit } })).value as {
        readonly data: readonly Delivery[];
      },
    {
      columns: [
        { title: "DELIVERY" },
        { title: "BY" },
        { title: "SINCE" },
        { title: "TRIES", align: "right" },
        { title: "STATUS" },
        { title: "LAST ANSWER" },
      ],
      rows: ({ id, kind, status, attempts, createdAt, dueAt, tries }) => [
        [
          id,
          kind,
          whenText(createdAt),
          String(attempts),
          dueAt === undefined ? status : `${status}, again ${whenText(dueAt)}`,
          tries.at(-1)?.detail ?? "",
        ],
      ],
      none: "Nothing was sent yet. Next: offtake webhook list",
    },
  );
}

export function replayDelivery(io: Io, delivery: string, options: BrokerOptions): Promise<ExitCode> {
  return atBroker(
    io,
    options,
    async ({ client, book }) => {
      await client.call("webhookReplay", { params: { book, delivery } });
      return { data: { delivery, replayed: true } };
    },
    () => `${delivery} is sent again, under the same id. Next: offtake webhook deliveries\n`,
  );
}

export async function deleteWebhook(io: Io, webhook: string, options: YesOptions): Promise<ExitCode> {
  const stop = await agreedTo(
    io,
    options,
    `Delete ${webhook}? It is told nothing more, and what waits for it is dropped.`,
  );
  if (stop !== undefined) return stop;
  return atBroker(
    io,
    options,
    async ({ client, book }) => {
      await client.call("webhookRemove", { params: { book, webhook } });
      return { data: { webhook, deleted: true } };
    },
    () => `Deleted ${webhook}\n`,
  );
}
