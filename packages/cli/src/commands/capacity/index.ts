import { listOptions } from "../../broker/options.ts";
import { type AddCommand, examples } from "../../command.ts";
import type { CapacityOptions } from "./capacity.ts";
import type { PositionOptions } from "./position.ts";

export const addCapacity: AddCommand = (program, { io, finish }) => {
  const command = program
    .command("capacity")
    .summary("blocks of capacity, and what is free of them over time")
    .description(
      "Shows the blocks that you may see with what is installed and what is free: your own, or, for the keeper of the book, all that are on record with what each comes from. Machines that several list are counted once.",
    )
    .option("--from <date>", "from this day on (default: now)")
    .option("--to <date>", "the last day (default: 180 days later)")
    .option("--accelerator <type>", "only this kind, such as h100-sxm-80gb")
    .option("--region <region>", "only this region")
    .option("--provider <party>", "only what this party sells")
    .option("--over", "what is free of all together, stretch by stretch");
  listOptions(command, "print it as JSON on stdout").action(async (options: CapacityOptions) => {
    const { showCapacity } = await import("./capacity.ts");
    finish(await showCapacity(io, options));
  });
  examples(command, [
    ["offtake capacity", "each block, and what is free of it"],
    ["offtake capacity --over --from 2027-01-01 --to 2027-12-31", "by kind and region, over a year"],
  ]);
};

export const addPosition: AddCommand = (program, { io, finish }) => {
  const command = program
    .command("position")
    .summary("what is needed less what is secured, by kind, region and month")
    .description(
      "Shows demand, what of it was awarded, and the gap, in accelerators on average over each month: awards where they are, what of requests is open as their first alternative. For the keeper of a book that buys.",
    )
    .option("--from <date>", "from this day on (default: now)")
    .option("--to <date>", "the last day (default: 180 days later)")
    .option("--accelerator <type>", "only this kind, such as h100-sxm-80gb")
    .option("--region <region>", "only this region");
  listOptions(command, "print it as JSON on stdout, with accelerator-seconds").action(
    async (options: PositionOptions) => {
      const { showPosition } = await import("./position.ts");
      finish(await showPosition(io, options));
    },
  );
  examples(command, [
    ["offtake position --from 2027-01-01 --to 2027-12-31", "a year, month by month"],
    ["offtake position --accelerator gb200 --format csv", "for a spreadsheet"],
  ]);
};
