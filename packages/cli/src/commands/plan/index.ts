import { type AddCommand, examples } from "../../command.ts";
import type { PlanOptions } from "./plan.ts";

const collect = (value: string, before: readonly string[]): string[] => [...before, value];

export const addPlan: AddCommand = (program, { io, finish }) => {
  const command = program
    .command("plan")
    .summary("before you sign: who must be asked first, by when, and what each option costs")
    .description(
      "Plays requests in your book in memory, where nobody answers but those who have answered in advance, and tells what each source costs after your commitments, who must be asked, in what order and by when, what no answer means, how early it could begin, what the answer rests on, what else would work, and where the choice flips. With --amend: plays the same requests under the book as it is and as it would be. Nothing is sent and nothing is kept.",
    )
    .argument(
      "[request...]",
      "one line such as H100:1024, a request file, or the name of a request of the book; a folder or a book file is the book (default: the requests of the book)",
    )
    .option("--book <path>", "a book file, or the folder of a book (default: the current folder)")
    .option("--from <date>", "when it begins, such as 2027-03-01")
    .option("--for <length>", "for how long, such as 180d, 26w or 72h")
    .option("--to <date>", "its last day, in place of --for")
    .option("--region <region>", "where; us means every region that begins with us-; may be repeated", collect, [])
    .option("--purpose <word>", "what for, such as training or inference")
    .option(
      "--max-price <price>",
      "the most that may be paid by accelerator-hour, such as 2.60 (in the currency of the book) or 2.60 EUR/h",
    )
    .option("--block <count>", "every part is a multiple of it")
    .option("--lead <length>", "from the award to the first hour of service, such as 14d (default: none)")
    .option("--request <request>", "one more request, as above; may be repeated", collect, [])
    .option(
      "--amend <path>",
      "an agreement file, or a folder of them, that would stand in the place of the agreement of its name or come beside the others; or a whole book as it would be; may be repeated",
      collect,
      [],
    )
    .option("--drop <agreement>", "an agreement that would be gone; may be repeated", collect, [])
    .option(
      "--requests <path>",
      "with --amend or --drop: request files, or a list (.csv, .ndjson) of past requests, to compare by; may be repeated (default: the requests of the book)",
      collect,
      [],
    )
    .option("--at <instant>", "when the request would be sent, such as 2026-09-14T17:00:00Z (default: now)")
    .option(
      "--detailed-exitcode",
      "exit with 2 if there is something to ask, to award or that would change, with 0 if there is nothing",
    )
    .option("--markdown", "with --amend or --drop: print a comment for a pull request on stdout")
    .option(
      "--html <file>",
      "write the plan as one page too: a timeline and a price chart, readable offline and on paper",
    )
    .option("--json", "print the plan as JSON on stdout, with `changes` true or false")
    .action(async (words: readonly string[], options: PlanOptions) => {
      const { plan } = await import("./plan.ts");
      finish(await plan(io, words, options));
    });
  examples(command, [
    [
      "offtake plan H100:1024 --from 2027-03-01 --for 180d --region us --purpose inference",
      "in the folder of your book",
    ],
    ["offtake plan H100:1024 --from 2027-03-01 --for 180d --html plan.html", "the same as a page to send around"],
    ["offtake plan request.yaml --book my-book/ --at 2026-09-14T17:00:00Z", "a request file, at a given time"],
    ["offtake plan my-book/ --amend new-terms.yaml --requests past.csv", "what would have come out otherwise"],
  ]);
};
