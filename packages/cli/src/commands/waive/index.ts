import type { BrokerOptions } from "../../broker/connect.ts";
import { brokerOptions, listOptions } from "../../broker/options.ts";
import { type AddCommand, examples } from "../../command.ts";
import type { WaiveOptions } from "./waive.ts";

const collect = (value: string, before: readonly string[]): string[] => [...before, value];

export const addWaive: AddCommand = (program, { io, finish }) => {
  const command = program
    .command("waive")
    .summary("let go of a right, for everything or within limits")
    .description(
      "Waives a right that your party holds: what it covers is cleared without your being asked. Without limits for everything, until it is revoked.",
    )
    .argument("<right>", "AGREEMENT/CLAUSE")
    .option("--from <date>", "from this day on (default: always)")
    .option("--to <date>", "its last day (default: until it is revoked)")
    .option("--count <count>", "at most so many accelerators")
    .option("--price <price>", "at most this price, such as 2.60 or 2.60 EUR/h")
    .option("--provider <party>", "only what this party supplies")
    .option("--purpose <word>", "only for this purpose; may be repeated", collect, [])
    .option("--inform", "be sent a copy for information all the same")
    .option("--id <id>", "name it yourself, beginning with your party and a dot (default: a random name)")
    .option("-y, --yes", "do not ask");
  brokerOptions(command, "print the waiver and the receipt as JSON on stdout").action(
    async (right: string, options: WaiveOptions) => {
      const { waive } = await import("./waive.ts");
      finish(await waive(io, right, options));
    },
  );
  examples(command, [
    ["offtake waive meridian-master/right-of-first-refusal --purpose academic-grant", "for one purpose"],
    ["offtake waive meridian-master/right-of-first-refusal --count 512 --to 2026-12-31", "small requests, this year"],
  ]);
};

export const addWaiver: AddCommand = (program, { io, finish }) => {
  const waiver = program
    .command("waiver")
    .summary("waivers: list, revoke")
    .description("Rights that were let go, and how to take that back for what comes.");
  const list = waiver
    .command("list")
    .description("Lists waivers, the last changed first.")
    .option("--limit <count>", "at most so many", "50");
  listOptions(list, "print the list as JSON on stdout").action(
    async (options: BrokerOptions & { readonly limit: string }) => {
      const { listWaivers } = await import("./waive.ts");
      finish(await listWaivers(io, options));
    },
  );
  examples(list, [["offtake waiver list", "what need not be asked about"]]);
  const revoke = waiver
    .command("revoke")
    .description("Revokes a waiver. What was cleared by it stays so.")
    .argument("<waiver>", "its id");
  brokerOptions(revoke, "print the waiver and the receipt as JSON on stdout").action(
    async (id: string, options: BrokerOptions) => {
      const { revokeWaiver } = await import("./waive.ts");
      finish(await revokeWaiver(io, id, options));
    },
  );
  examples(revoke, [["offtake waiver revoke meridian.w7k", "asked again from now on"]]);
};
