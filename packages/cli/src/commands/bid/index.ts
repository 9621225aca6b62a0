import type { Command } from "commander";
import type { BrokerOptions } from "../../broker/connect.ts";
import { brokerOptions, listOptions } from "../../broker/options.ts";
import { type AddCommand, examples, type Session } from "../../command.ts";
import type { BidListOptions } from "./list.ts";
import type { PlaceOptions } from "./place.ts";

export const addBid: AddCommand = (program, session) => {
  const bid = program
    .command("bid")
    .summary("bid for what is open to the market: open, place, show, withdraw")
    .description(
      "What you are invited to bid for, and your bids. Nobody else learns that you were invited, looked or bid.",
    );
  for (const add of [addOpen, addPlace, addShow, addWithdraw]) add(bid, session);
};

function addOpen(bid: Command, { io, finish }: Session): void {
  const open = bid
    .command("open")
    .description("Lists what you are invited to bid for, and until when.")
    .option("--all", "also what has ended")
    .option("--limit <count>", "at most so many", "50");
  listOptions(open, "print the list as JSON on stdout").action(async (options: BidListOptions) => {
    const { listInvitations } = await import("./list.ts");
    finish(await listInvitations(io, options));
  });
  examples(open, [["offtake bid open", "what you may bid for now"]]);
}

function addPlace(bid: Command, { io, finish }: Session): void {
  const place = bid
    .command("place")
    .description(
      "Places a sealed bid. The buyer sees that there is one, and what it says after the close. One bid stands at a time: a new one takes the place of the old one.",
    )
    .argument("<invitation>", "its id, of offtake bid open")
    .requiredOption("--price <price>", "by accelerator-hour, such as 2.31 or 2.31 EUR/h")
    .requiredOption("--valid-until <instant>", "it can be taken until then, such as 2026-03-20 or 2026-03-20T17:00:00Z")
    .option("--count <count>", "so many at most (default: all that is asked for)")
    .option("--min <count>", "not fewer than so many")
    .option("--line <number>", "of an invitation of several lines, which", "1")
    .option("--region <region>", "where, if the invitation leaves it open")
    .option("--accelerator <type>", "which, if the invitation leaves it open")
    .option("--dry-run", "print what would be sent, and send nothing");
  brokerOptions(place, "print the invitation and the receipt as JSON on stdout").action(
    async (id: string, options: PlaceOptions) => {
      const { placeBid } = await import("./place.ts");
      finish(await placeBid(io, id, options));
    },
  );
  examples(place, [
    [
      "offtake bid place inv_x82q --count 1024 --min 512 --price 2.31 --valid-until 2026-03-20",
      "up to 1,024 at one price",
    ],
  ]);
}

function addShow(bid: Command, { io, finish }: Session): void {
  const show = bid
    .command("show")
    .description("Lists your bids and how they stand, or shows one.")
    .argument("[bid]", "its id (default: all of them)")
    .option("--limit <count>", "at most so many", "50");
  brokerOptions(show, "print it as JSON on stdout").action(async (id: string | undefined, options: BidListOptions) => {
    const { showBids } = await import("./list.ts");
    finish(await showBids(io, id, options));
  });
  examples(show, [["offtake bid show", "your bids"]]);
}

function addWithdraw(bid: Command, { io, finish }: Session): void {
  const withdraw = bid
    .command("withdraw")
    .description("Takes a sealed bid back, before the close.")
    .argument("<bid>", "its id");
  brokerOptions(withdraw, "print the bid and the receipt as JSON on stdout").action(
    async (id: string, options: BrokerOptions) => {
      const { withdrawBid } = await import("./place.ts");
      finish(await withdrawBid(io, id, options));
    },
  );
  examples(withdraw, [["offtake bid withdraw bid_q5", "as if it had not been placed"]]);
}
