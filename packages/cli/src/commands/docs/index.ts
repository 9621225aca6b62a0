import { type AddCommand, examples } from "../../command.ts";

export const addDocs: AddCommand = (program, { io, finish }) => {
  const command = program
    .command("docs")
    .summary("what a word or a code means, and where to read on")
    .description(
      "Says what a word of the glossary or a code of a problem means. Without a topic: the seven words of the first hour, and where the documentation lies.",
    )
    .argument("[topic]", "a word such as tail, or a code such as notice_not_open")
    .option("--json", "print it as JSON on stdout")
    .action(async (topic: string | undefined, options: { readonly json?: true }) => {
      const { docs } = await import("./docs.ts");
      finish(docs(io, topic, options.json === true));
    });
  examples(command, [
    ["offtake docs tail", "one word of the glossary"],
    ["offtake docs notice_not_open", "what a code means and what to do"],
  ]);
};
