import type { Command } from "commander";
import type { BrokerOptions } from "../../broker/connect.ts";
import { brokerOptions } from "../../broker/options.ts";
import { type AddCommand, examples, type Session } from "../../command.ts";
import type { AnswerOptions } from "./answer.ts";
import type { NoticesOptions } from "./list.ts";

export const addNotices: AddCommand = (program, { io, finish }) => {
  const notices = program
    .command("notices")
    .summary("what you are asked, or have asked, and until when")
    .description(
      "Lists notices, those that fall due first on top: what is asked, under which clause, until when, and how much time is left.",
    )
    .option("--all", "also those that are closed")
    .option("--all-contexts", "of every party that you act for, at every broker")
    .option("--limit <count>", "at most so many", "50");
  brokerOptions(notices, "print the list as JSON on stdout").action(async (options: NoticesOptions) => {
    const { listNotices } = await import("./list.ts");
    finish(await listNotices(io, options));
  });
  examples(notices, [
    ["offtake notices", "what waits for an answer"],
    ["offtake notices --all-contexts", "the same for all that you act for"],
  ]);
};

export const addNotice: AddCommand = (program, session) => {
  const notice = program
    .command("notice")
    .summary("one notice: show, accept, refuse, object")
    .description(
      "Reads one notice and answers it. An answer within time binds as the clause says; the receipt proves when it came.",
    );
  for (const add of [addShow, addAccept, addRefuse, addObject]) add(notice, session);
};

function addShow(notice: Command, { io, finish }: Session): void {
  const show = notice
    .command("show")
    .description("Shows what is asked, on which terms, until when and how that is counted, and what was answered.")
    .argument("<notice>", "its id");
  brokerOptions(show, "print it as JSON on stdout").action(async (id: string, options: BrokerOptions) => {
    const { showNotice } = await import("./show.ts");
    finish(await showNotice(io, id, options));
  });
  examples(show, [["offtake notice show ntc_m41x", "what is asked of you"]]);
}

/** The options of an acceptance that have a value of their own. */
function addAccept(notice: Command, { io, finish }: Session): void {
  const accept = notice
    .command("accept")
    .description(
      "Accepts all of it, or a part. Until the deadline the answer can be replaced by one that accepts more.",
    )
    .argument("<notice>", "its id")
    .option("--count <count>", "so many accelerators (default: all)")
    .option("--or-less", "fewer also, where others come first")
    .option("--price <price>", "where you name the price, such as 2.55 USD/h")
    .option("--via <host:count>", "of which so many on another's machines, such as corvid-cloud:800")
    .option("--condition <text>", "on this condition; whether it may be, the clause says")
    .option("--dry-run", "print what would be sent, and send nothing")
    .option("-y, --yes", "do not ask");
  brokerOptions(accept, "print the notice and the receipt as JSON on stdout").action(
    async (id: string, options: AnswerOptions) => {
      const { answerNotice } = await import("./answer.ts");
      finish(await answerNotice(io, id, "accept", options));
    },
  );
  examples(accept, [
    ["offtake notice accept ntc_m41x", "all of it"],
    ["offtake notice accept ntc_m41x --count 2500 --via corvid-cloud:800", "a part, some of it on Corvid's machines"],
  ]);
}

function addRefuse(notice: Command, { io, finish }: Session): void {
  const refuse = notice
    .command("refuse")
    .description("Refuses. What was asked goes on to whoever is next, and then to the market.")
    .argument("<notice>", "its id")
    .option("--reason <text>", "why; the buyer reads it")
    .option("--dry-run", "print what would be sent, and send nothing")
    .option("-y, --yes", "do not ask");
  brokerOptions(refuse, "print the notice and the receipt as JSON on stdout").action(
    async (id: string, options: AnswerOptions) => {
      const { answerNotice } = await import("./answer.ts");
      finish(await answerNotice(io, id, "refuse", options));
    },
  );
  examples(refuse, [["offtake notice refuse ntc_m41x --reason 'no capacity' --yes", "ends the clock for it"]]);
}

function addObject(notice: Command, { io, finish }: Session): void {
  const object = notice
    .command("object")
    .description(
      "Says that the notice leaves out terms that it must state. Whether the clock starts again, the clause says.",
    )
    .argument("<notice>", "its id")
    .requiredOption("--reason <text>", "what is missing")
    .option("--dry-run", "print what would be sent, and send nothing")
    .option("-y, --yes", "do not ask");
  brokerOptions(object, "print the notice and the receipt as JSON on stdout").action(
    async (id: string, options: AnswerOptions) => {
      const { answerNotice } = await import("./answer.ts");
      finish(await answerNotice(io, id, "object", options));
    },
  );
  examples(object, [["offtake notice object ntc_m41x --reason 'no delivery date'", "asks for what is missing"]]);
}
