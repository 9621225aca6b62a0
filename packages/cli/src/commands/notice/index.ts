import type { Command } from "commander";
import type { BrokerOptions } from "../../broker/connect.ts";
import { brokerOptions, listOptions } from "../../broker/options.ts";
import { type AddCommand, examples, type Session } from "../../command.ts";
import type { AnswerOptions } from "./answer.ts";
import type { MonthOptions } from "./months.ts";
import type { LetterOptions } from "./letter.ts";
import type { NoticesOptions } from "./list.ts";
import type { RecordOptions } from "./record.ts";

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
  listOptions(notices, "print the list as JSON on stdout").action(async (options: NoticesOptions) => {
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
    .summary("one notice: show, accept, months, amend, refuse, object, letter, record")
    .description(
      "Reads one notice and answers it. An answer within time binds as the clause says; the receipt proves when it came.",
    );
  for (const add of [addShow, addAccept, addMonths, addAmend, addRefuse, addObject, addLetter, addRecord])
    add(notice, session);
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
/** What an acceptance may say beside its count. */
function takesTerms(command: Command): void {
  command
    .option("--or-less", "fewer also, where others come first")
    .option("--price <price>", "where you name the price, such as 2.55 USD/h")
    .option("--via <host:count>", "of which so many on another's machines, such as corvid-cloud:800")
    .option("--condition <text>", "on this condition; whether it may be, the clause says");
}

/** An answer is shown and agreed to before it is sent. */
function answers(command: Command, kind: "accept" | "refuse" | "object", { io, finish }: Session): void {
  command.option("--dry-run", "print what would be sent, and send nothing").option("-y, --yes", "do not ask");
  brokerOptions(command, "print the notice and the receipt as JSON on stdout").action(
    async (id: string, options: AnswerOptions) => {
      const { answerNotice } = await import("./answer.ts");
      finish(await answerNotice(io, id, kind, options));
    },
  );
}

function addAccept(notice: Command, session: Session): void {
  const accept = notice
    .command("accept")
    .description(
      "Accepts all of it, or a part. Until the deadline the answer can be replaced by one that accepts more.",
    )
    .argument("<notice>", "its id")
    .option("--count <count>", "so many accelerators (default: all)");
  takesTerms(accept);
  answers(accept, "accept", session);
  examples(accept, [
    ["offtake notice accept ntc_m41x", "all of it"],
    ["offtake notice accept ntc_m41x --count 2500 --via corvid-cloud:800", "a part, some of it on Corvid's machines"],
  ]);
}

function addMonths(notice: Command, { io, finish }: Session): void {
  const months = notice
    .command("months")
    .description(
      "Answers what a request asks you month by month, where its clause lets you take another number in each: all months in one call. What has no count is left open; 0 refuses that month.",
    )
    .argument("<request>", "the request, as the notices name it")
    .option("--month <month=count...>", "so many in that month, such as 2026-05=2500")
    .option("--sheet", "write a sheet (CSV) of the months that are open on stdout, and answer nothing")
    .option("--from <file>", "read the counts from such a sheet")
    .option("--price <price>", "where you name the price, such as 2.55 USD/h")
    .option("--or-less", "fewer also, where others come first")
    .option("--reason <text>", "why months are refused; the buyer reads it")
    .option("--dry-run", "print what would be sent, and send nothing")
    .option("-y, --yes", "do not ask");
  brokerOptions(months, "print the notices and receipts as JSON on stdout").action(
    async (id: string, options: MonthOptions) => {
      const { answerMonths } = await import("./months.ts");
      finish(await answerMonths(io, id, options));
    },
  );
  examples(months, [
    ["offtake notice months req_7hq2k --month 2026-05=2500 --month 2026-06=1800", "other numbers in other months"],
    ["offtake notice months req_7hq2k --sheet > months.csv", "the sheet to fill in"],
    ["offtake notice months req_7hq2k --from months.csv --yes", "what was filled in"],
  ]);
}

function addRefuse(notice: Command, session: Session): void {
  const refuse = notice
    .command("refuse")
    .description("Refuses. What was asked goes on to whoever is next, and then to the market.")
    .argument("<notice>", "its id")
    .option("--reason <text>", "why; the buyer reads it");
  answers(refuse, "refuse", session);
  examples(refuse, [["offtake notice refuse ntc_m41x --reason 'no capacity' --yes", "ends the clock for it"]]);
}

function addObject(notice: Command, session: Session): void {
  const object = notice
    .command("object")
    .description(
      "Says that the notice leaves out terms that it must state. Whether the clock starts again, the clause says.",
    )
    .argument("<notice>", "its id")
    .requiredOption("--reason <text>", "what is missing");
  answers(object, "object", session);
  examples(object, [["offtake notice object ntc_m41x --reason 'no delivery date'", "asks for what is missing"]]);
}

function addAmend(notice: Command, session: Session): void {
  const amend = notice
    .command("amend")
    .description(
      "Answers anew, until the deadline, where the answer before does not bind: it did not fit the clause, or was a refusal that may be replaced. An acceptance that binds stands.",
    )
    .argument("<notice>", "its id")
    .requiredOption("--count <count>", "so many accelerators in all");
  takesTerms(amend);
  answers(amend, "accept", session);
  examples(amend, [
    ["offtake notice amend ntc_m41x --count 3000", "in place of a count that the clause does not allow"],
  ]);
}

function addLetter(notice: Command, { io, finish }: Session): void {
  const letter = notice
    .command("letter")
    .description("Writes the notice as a letter (PDF), in the form that its clause asks, as its holder knows it.")
    .argument("<notice>", "its id")
    .option("--out <file>", "where to (default: notice-ID.pdf)");
  brokerOptions(letter, "print the name of the file as JSON on stdout").action(
    async (id: string, options: LetterOptions) => {
      const { noticeLetter } = await import("./letter.ts");
      finish(await noticeLetter(io, id, options));
    },
  );
  examples(letter, [["offtake notice letter ntc_m41x --out letter.pdf", "to print and to send by courier"]]);
}

function addRecord(notice: Command, { io, finish }: Session): void {
  const record = notice
    .command("record")
    .description(
      "Puts on record what a holder answered by mail, on paper or in a meeting, with the file that it was read from. For the keeper of the book. It is the holder's answer, it counts from now, and it is marked for ever with who recorded it.",
    )
    .argument("<notice>", "its id")
    .requiredOption("--answer <what>", "accept, refuse or object")
    .requiredOption("--file <file>", "the mail or the paper: .eml, .pdf, .png, .jpg, .txt or .csv")
    .requiredOption("--signer <name>", "who signed it")
    .option("--medium <how>", "mail, letter or meeting", "mail")
    .option("--count <count>", "so many accelerators (default: all)")
    .option("--price <price>", "where the holder names the price")
    .option("--arrived <instant>", "when it arrived, such as 2026-09-14T17:00:00Z")
    .option("-y, --yes", "do not ask");
  brokerOptions(record, "print the notice and the receipt as JSON on stdout").action(
    async (id: string, options: RecordOptions) => {
      const { recordAnswer } = await import("./record.ts");
      finish(await recordAnswer(io, id, options));
    },
  );
  examples(record, [
    [
      "offtake notice record ntc_m41x --answer accept --count 600 --file answer.eml --signer 'A. Officer'",
      "from a mail",
    ],
  ]);
}
