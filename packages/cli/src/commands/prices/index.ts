import { type AddCommand, examples } from "../../command.ts";
import type { PricesOptions } from "./prices.ts";

export const addPrices: AddCommand = (program, { io, finish }) => {
  const command = program
    .command("prices")
    .summary("list prices of the same accelerator over all providers and regions")
    .description(
      "Compares the list prices of one accelerator-hour over all providers and regions, with the date and the source of each. Reads the price lists that come with Offtake, or your own. List prices are what providers publish, not what anybody pays under an agreement.",
    )
    .argument("<accelerator>", "an accelerator, such as H100 (all of its forms) or h100-sxm-80gb")
    .option("--region <region>", "only there: a region, us-* or an area such as us or eu (default: everywhere)", "*")
    .option("--terms <terms>", "on-demand, spot, or all", "on-demand")
    .option("--as-of <date>", "as known on this day: no newer lists, and none without a date")
    .option("--lists <path>", "a price list, or a folder of lists (default: those that come with Offtake)")
    .option("--html <file>", "also write the comparison as a page with a picture, which opens offline")
    .option("--svg <file>", "also write the picture alone")
    .option("--json", "print the prices as JSON on stdout")
    .action(async (accelerator: string, options: PricesOptions) => {
      const { prices } = await import("./prices.ts");
      finish(await prices(io, accelerator, options));
    });
  examples(command, [
    ["offtake prices H100", "what each provider asks, cheapest first"],
    ["offtake prices H200 --region us --terms all", "on demand and spot, in the United States"],
    ["offtake prices H100 --html h100.html", "the same as a page with a picture"],
  ]);
};
