import type { Command } from "commander";
import { brokerOptions, listOptions } from "../../broker/options.ts";
import { type AddCommand, examples, type Session } from "../../command.ts";
import type { EraseOptions, RetentionOptions, RuleOptions, TextOptions } from "./keeping.ts";

export const addText: AddCommand = (program, { io, finish }) => {
  const text = program
    .command("text")
    .summary("names and free words that your party wrote: list")
    .description("Names and free words stand beside the log, which knows each by a reference. Roles: legal.");
  const list = text
    .command("list")
    .description("Lists what your party wrote; all of the book, for its keeper.")
    .option("--holding <words>", "only texts with these words in them, such as somebody's name")
    .option("--limit <count>", "at most so many", "100");
  listOptions(list, "print the list as JSON on stdout").action(async (options: TextOptions) => {
    const { listTexts } = await import("./keeping.ts");
    finish(await listTexts(io, options));
  });
  examples(list, [['offtake text list --holding "Ada Park"', "where her name stands"]]);
};

export const addErase: AddCommand = (program, { io, finish }) => {
  const erase = program
    .command("erase")
    .summary("erase names, free words and files; what was decided stays provable")
    .description(
      "Erases texts and files by their references. Pages, feeds, exports and evidence show [erased]; every hash, deadline and answer holds as before. Nothing is erased while a legal hold keeps it, and words and files not before their rule of retention lets go. Roles: legal.",
    )
    .argument("<reference...>", "txt_... of `offtake text list`, or fil_... of a file")
    .option("-y, --yes", "do not ask");
  brokerOptions(erase, "print what was done as JSON on stdout").action(
    async (references: readonly string[], options: EraseOptions) => {
      const { eraseAll } = await import("./keeping.ts");
      finish(await eraseAll(io, references, options));
    },
  );
  examples(erase, [["offtake erase txt_5c1e...", "asks once, and there is no way back"]]);
};

export const addRetention: AddCommand = (program, session) => {
  const retention = program
    .command("retention")
    .summary("how long words and files are kept: list, set, lift")
    .description("How long free words and files about an agreement, or about all of a book, are kept. For its keeper.");
  addRules(retention, session);
  const set = retention
    .command("set")
    .description("Says how long they are kept, in days since they came. Names of people are not kept by this.")
    .argument("[agreement]", "of this agreement (default: of all of the book)")
    .requiredOption("--days <days>", "for so many days, such as 3650");
  brokerOptions(set, "print the rule as JSON on stdout").action(
    async (agreement: string | undefined, options: RetentionOptions) => {
      const { setRetention } = await import("./keeping.ts");
      session.finish(await setRetention(session.io, agreement, options));
    },
  );
  examples(set, [["offtake retention set microsoft-openai --days 3650", "ten years"]]);
  addLift(retention, session, "keepDays", "Nothing is kept by days any more.");
};

export const addHold: AddCommand = (program, session) => {
  const hold = program
    .command("hold")
    .summary("legal holds: list, set, lift")
    .description("While a legal hold stands, nothing about its agreement is erased, names neither. For the keeper.");
  addRules(hold, session);
  const set = hold
    .command("set")
    .description("Places a legal hold.")
    .argument("[agreement]", "on this agreement (default: on all of the book)")
    .requiredOption("--why <reason>", "why, such as the number of the case");
  brokerOptions(set, "print the rule as JSON on stdout").action(
    async (agreement: string | undefined, options: RuleOptions & { readonly why: string }) => {
      const { setHold } = await import("./keeping.ts");
      session.finish(await setHold(session.io, agreement, options));
    },
  );
  examples(set, [['offtake hold set microsoft-openai --why "Case 24-117"', "nothing about it goes"]]);
  addLift(hold, session, "legalHold", "Lifts a legal hold; what a rule of retention says stands.");
};

function addRules(parent: Command, { io, finish }: Session): void {
  const list = parent
    .command("list")
    .description("Lists the rules of the book: retention and holds, by agreement.")
    .option("--limit <count>", "at most so many", "100");
  listOptions(list, "print the list as JSON on stdout").action(async (options: TextOptions) => {
    const { listRules } = await import("./keeping.ts");
    finish(await listRules(io, options));
  });
  examples(list, [[`offtake ${parent.name()} list`, "what is kept, and why"]]);
}

function addLift(parent: Command, { io, finish }: Session, part: "keepDays" | "legalHold", description: string): void {
  const lift = parent
    .command("lift")
    .description(description)
    .argument("[agreement]", "of this agreement (default: of all of the book)");
  brokerOptions(lift, "print the rule as JSON on stdout").action(
    async (agreement: string | undefined, options: RuleOptions) => {
      const { liftRule } = await import("./keeping.ts");
      finish(await liftRule(io, agreement, part, options));
    },
  );
  examples(lift, [[`offtake ${parent.name()} lift microsoft-openai`, "other parts of its rule stand"]]);
}
