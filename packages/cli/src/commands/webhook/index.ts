import type { Command } from "commander";
import type { BrokerOptions } from "../../broker/connect.ts";
import { brokerOptions, listOptions } from "../../broker/options.ts";
import { type AddCommand, examples, type Session } from "../../command.ts";
import type { CreateOptions, LimitOptions, YesOptions } from "./webhook.ts";

const collect = (value: string, before: readonly string[]): string[] => [...before, value];

export const addWebhook: AddCommand = (program, session) => {
  const webhook = program
    .command("webhook")
    .summary("programs that are told: create, list, show, deliveries, replay, delete")
    .description(
      "Endpoints that are told of what concerns your party, signed by the Standard Webhooks rules and tried again over three days.",
    );
  for (const add of [addCreate, addList, addShow, addDeliveries, addReplay, addDelete]) add(webhook, session);
};

function addCreate(webhook: Command, { io, finish }: Session): void {
  const create = webhook
    .command("create")
    .description("Adds an endpoint. Its secret is printed on stdout this once; keep it where the endpoint reads it.")
    .argument("<address>", "where it listens: https, on the public internet")
    .option(
      "--type <type>",
      "only these, such as notice.sent or notice.*; may be repeated (default: all)",
      collect,
      [],
    );
  brokerOptions(create, "print the endpoint and its secret as JSON on stdout").action(
    async (url: string, options: CreateOptions) => {
      const { createWebhook } = await import("./webhook.ts");
      finish(await createWebhook(io, url, options));
    },
  );
  examples(create, [
    ["offtake webhook create https://hooks.example/offtake --type 'notice.*' > secret", "of notices alone"],
  ]);
}

function addList(webhook: Command, { io, finish }: Session): void {
  const list = webhook.command("list").description("Lists endpoints, and which of them are off and why.");
  brokerOptions(list, "print the list as JSON on stdout").action(async (options: BrokerOptions) => {
    const { listWebhooks } = await import("./webhook.ts");
    finish(await listWebhooks(io, options));
  });
  examples(list, [["offtake webhook list", "who is told"]]);
}

function addShow(webhook: Command, { io, finish }: Session): void {
  const show = webhook.command("show").description("Shows one endpoint.").argument("<webhook>", "its id");
  brokerOptions(show, "print it as JSON on stdout").action(async (id: string, options: BrokerOptions) => {
    const { showWebhook } = await import("./webhook.ts");
    finish(await showWebhook(io, id, options));
  });
  examples(show, [["offtake webhook show whe_7k", "its address, and its public key"]]);
}

function addDeliveries(webhook: Command, { io, finish }: Session): void {
  const list = webhook
    .command("deliveries")
    .description("Lists what was sent to your party by webhook, mail and chat, the newest first, and how it went.")
    .option("--limit <count>", "at most so many", "50");
  listOptions(list, "print the list as JSON on stdout").action(async (options: LimitOptions) => {
    const { listDeliveries } = await import("./webhook.ts");
    finish(await listDeliveries(io, options));
  });
  examples(list, [["offtake webhook deliveries", "what came through, and what is tried again"]]);
}

function addReplay(webhook: Command, { io, finish }: Session): void {
  const replay = webhook
    .command("replay")
    .description("Sends once more what was sent, under the same id: whoever keeps ids takes it once.")
    .argument("<delivery>", "its id");
  brokerOptions(replay, "print what was done as JSON on stdout").action(async (id: string, options: BrokerOptions) => {
    const { replayDelivery } = await import("./webhook.ts");
    finish(await replayDelivery(io, id, options));
  });
  examples(replay, [["offtake webhook replay dlv_7k", "after the endpoint was mended"]]);
}

function addDelete(webhook: Command, { io, finish }: Session): void {
  const remove = webhook
    .command("delete")
    .description("Deletes an endpoint.")
    .argument("<webhook>", "its id")
    .option("-y, --yes", "do not ask");
  brokerOptions(remove, "print what was done as JSON on stdout").action(async (id: string, options: YesOptions) => {
    const { deleteWebhook } = await import("./webhook.ts");
    finish(await deleteWebhook(io, id, options));
  });
  examples(remove, [["offtake webhook delete whe_7k", "asks once"]]);
}
