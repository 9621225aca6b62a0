import { type AddCommand, examples } from "../../command.ts";
import type { DatesOptions } from "./dates.ts";
import type { RemoteDatesOptions } from "./remote.ts";

export const addDates: AddCommand = (program, { io, finish }) => {
  const command = program
    .command("dates")
    .summary("every date that your agreements cause, with the last safe day to send")
    .description(
      "Lists what the agreements of a book cause in the time ahead: starts, ends, renewals and the last day to stop them, options, commitment periods, price reviews and other dates, waivers, tails. Each with its clause and owner, the last safe instant to send (by the recipient's cut-off and business days, and with time for its other channels), and what silence means. With --ics: as a calendar file; written again to the same file it updates what has moved and cancels what is gone.",
    )
    .argument("[book]", "a book file, or the folder of a book (default: this folder)")
    .option("--within <length>", "how far ahead, such as 180d, 26w, 6m, 1y or 90 days", "180d")
    .option("--from <date>", "from this date or instant (default: now)")
    .option("--owner <name>", "only what this person or team looks after; - for what nobody does")
    .option("--ics <file>", "write a calendar file with alarms; - for stdout")
    .option("--broker", "of the book at the broker that you are logged in at, for the party that you act for")
    .option("--context <name>", "the same, of one of those you logged in at")
    .option("--json", "print the dates as JSON on stdout")
    .action(async (book: string | undefined, options: DatesOptions & RemoteDatesOptions) => {
      if (options.broker === true || options.context !== undefined) {
        const { datesAtBroker } = await import("./remote.ts");
        finish(await datesAtBroker(io, book, options));
        return;
      }
      const { dates } = await import("./dates.ts");
      finish(await dates(io, book, options));
    });
  examples(command, [
    ["offtake dates --within 180d", "what comes in the next 180 days, of the book in this folder"],
    ["offtake dates my-book/ --within 1y --owner 'R. Weiss'", "what one person looks after"],
    ["offtake dates --broker --owner -", "at the broker: what nobody looks after"],
    ["offtake dates my-book/ --within 1y --ics dates.ics", "the same as a calendar with alarms"],
  ]);
};
