import type { Command } from "commander";
import type { BrokerOptions } from "../../broker/connect.ts";
import { brokerOptions, listOptions } from "../../broker/options.ts";
import { type AddCommand, examples, type Session } from "../../command.ts";
import { EXIT, type ExitCode } from "../../terminal/exit-codes.ts";
import type { CheckOptions } from "./check.ts";
import type { ConfirmOptions } from "./confirm.ts";
import type { AgreementOptions } from "./list.ts";
import type { NewOptions } from "./new.ts";
import type { RemoteAgreements } from "./remote.ts";
import type { ShowOptions } from "./show.ts";

export const addAgreement: AddCommand = (program, session) => {
  const agreement = program
    .command("agreement")
    .summary("agreements: list, show, versions, make by questions, check, confirm")
    .description("The agreements of a book, and how to make, check and confirm them.");
  for (const add of [addList, addShow, addVersions, addNew, addCheck, addConfirm]) add(agreement, session);
};

const BROKER = ["--broker", "at the broker that you are logged in at, for the party that you act for"] as const;
type AtBroker = RemoteAgreements & { readonly broker?: true };
const isRemote = ({ broker, context }: AtBroker): boolean => broker === true || context !== undefined;

async function askWhich({ io }: Session): Promise<ExitCode> {
  const { tellFailure } = await import("../../terminal/failures.ts");
  const message = "say which agreement; offtake agreement list --broker names them";
  return tellFailure(io, { code: "usage", message, exit: EXIT.usage }, false);
}

function addVersions(agreement: Command, { io, finish }: Session): void {
  const versions = agreement
    .command("versions")
    .description("Lists every version of an agreement at the broker, when it was recorded, and from when it holds.")
    .argument("<agreement>", "its name");
  brokerOptions(versions, "print the list as JSON on stdout").action(async (name: string, options: BrokerOptions) => {
    const { listVersions } = await import("./remote.ts");
    finish(await listVersions(io, name, options));
  });
  examples(versions, [["offtake agreement versions meridian-master", "how it came to what it is"]]);
}

const AT = ["--at <instant>", "as of this instant (default: now)"] as const;

function addList(agreement: Command, { io, finish }: Session): void {
  const list = agreement
    .command("list")
    .description(
      "Lists the agreements of a book: who provides, which right somebody has, what is committed, how it stands, and how much of it nobody has confirmed.",
    )
    .argument("[book]", "a book file, or the folder of a book", ".")
    .option(...AT)
    .option(...BROKER);
  listOptions(list, "print the list as JSON on stdout").action(
    async (book: string, options: AgreementOptions & AtBroker) => {
      if (isRemote(options)) {
        const { listRemote } = await import("./remote.ts");
        finish(await listRemote(io, options));
        return;
      }
      const { listAgreements } = await import("./list.ts");
      finish(await listAgreements(io, book, options));
    },
  );
  examples(list, [
    ["offtake agreement list my-book/", "one line for each agreement"],
    ["offtake agreement list --broker", "those at the broker"],
  ]);
}

function addShow(agreement: Command, session: Session): void {
  const { io, finish } = session;
  const show = agreement
    .command("show")
    .description(
      "Shows one agreement: its parties, its term and dates in words, and each clause with its text, who confirmed its reading, and what it leaves to defaults.",
    )
    .argument("[agreement]", "its name, not needed where there is one only; or the file of an agreement alone")
    .argument("[book]", "a book file, the folder of a book, or an agreement file", ".")
    .option(...AT)
    .option("--all", "also the defaults that seldom matter")
    .option(...BROKER);
  brokerOptions(show, "print it as JSON on stdout").action(
    async (name: string | undefined, book: string, options: ShowOptions & AtBroker) => {
      if (isRemote(options)) {
        const { showRemote } = await import("./remote.ts");
        finish(name === undefined ? await askWhich(session) : await showRemote(io, name, options));
        return;
      }
      const { showAgreement } = await import("./show.ts");
      finish(await showAgreement(io, name, book, options));
    },
  );
  examples(show, [
    ["offtake agreement show meridian-master my-book/", "its clauses in words"],
    ["offtake agreement show frame.yaml", "one that stands in a file of its own"],
    ["offtake agreement show meridian-master --broker --at 2026-09-14T00:00:00Z", "as it was in force then"],
  ]);
}

const collected = (value: string, before: string[]): string[] => [...before, value];

function addNew(agreement: Command, { io, finish }: Session): void {
  const command = agreement
    .command("new")
    .description(
      "Makes an agreement, or one more clause of one that is there, from answers to questions in plain words. What is not answered is left to its default, and every result that rests on it says so. The file is written only if it is valid.",
    )
    .argument("[file]", "the agreement to write (default: print it)")
    .option("--template <name>", "the kind of clause; without it you are asked, or see --questions")
    .option("--into <file>", "add the clause to this agreement, or book; the rest of the file stays as it is")
    .option("--agreement <name>", "with --into: which agreement of a book file")
    .option("--answers <file>", "answers: question: answer, one on each line")
    .option("--set <question=answer>", "one answer; may be given several times, and wins over --answers", collected, [])
    .option("--questions", "print the questions, what stands without an answer, and what hangs on each")
    .option("--no-input", "ask nothing: what is missing is an error")
    .option("--json", "print {file, agreement, clause, open} as JSON on stdout")
    .action(async (file: string | undefined, options: NewOptions) => {
      const { newAgreement } = await import("./new.ts");
      finish(await newAgreement(io, file, options));
    });
  examples(command, [
    ["offtake agreement new harbor.yaml", "be asked, question by question"],
    ["offtake agreement new --template ask-first --questions", "what is asked"],
    ["offtake agreement new harbor.yaml --template ask-first --answers answers.yaml", "from a file"],
    [
      "offtake agreement new --into harbor.yaml --template option --set count=64 --set until=2027-06-30",
      "one more clause",
    ],
  ]);
}

function addCheck(agreement: Command, { io, finish }: Session): void {
  const command = agreement
    .command("check")
    .summary("find conflicts, gaps and what the text leaves open")
    .description(
      "Finds what collides, what is missing and what cannot work in the agreements of a book, and lists what their words leave open as questions for your lawyer, the ones that change most first. Ends with 1 where something does not work (error), 0 otherwise; with --strict also for warnings.",
    )
    .argument("[path]", "a book file, the folder of a book, or an agreement file", ".")
    .option("--agreement <name>", "only this agreement's findings and questions")
    .option(...AT)
    .option("--all", "also the questions that seldom matter")
    .option("--strict", "end with 1 for warnings too")
    .option("--json", "print {findings, open, summary} as JSON on stdout")
    .option("--markdown", "print a letter to your lawyer, as Markdown")
    .action(async (path: string, options: CheckOptions) => {
      const { checkAgreements } = await import("./check.ts");
      finish(await checkAgreements(io, path, options));
    });
  examples(command, [
    ["offtake agreement check my-book/", "what collides, what is missing, what is open"],
    ["offtake agreement check my-book/ --markdown > questions.md", "the questions, to send on"],
  ]);
}

function addConfirm(agreement: Command, { io, finish }: Session): void {
  const command = agreement
    .command("confirm")
    .description(
      "Records who confirmed that the fields of a clause say what its text says: in the file, where comments and everything else stay as they are, or at the broker, as the next version of the agreement.",
    )
    .argument("<file>", "the agreement file, or the book file that it stands in; with --broker the agreement's name")
    .argument("<clause>", "the id of the clause")
    .option("--by <name>", "who confirmed it (default at the broker: you)")
    .option("--at <date>", "when (default: today); not with --broker")
    .option("--agreement <name>", "which agreement of a book file")
    .option(...BROKER);
  brokerOptions(command, "print {file, clause, reading}, or the agreement at the broker, as JSON on stdout").action(
    async (file: string, clause: string, options: ConfirmOptions & AtBroker) => {
      if (isRemote(options)) {
        const { confirmRemote } = await import("./remote.ts");
        finish(await confirmRemote(io, file, clause, options));
        return;
      }
      const { confirm } = await import("./confirm.ts");
      finish(confirm(io, file, clause, options));
    },
  );
  examples(command, [
    ['offtake agreement confirm harbor.yaml first-refusal --by "R. Weiss"', "counsel has read it"],
    ["offtake agreement confirm harbor first-refusal --broker", "you have read what is on record"],
  ]);
}
