import { type AddCommand, examples } from "../../command.ts";

export const addSchema: AddCommand = (program, { io, finish }) => {
  const command = program
    .command("schema")
    .summary("the JSON Schema of a kind of document")
    .description(
      "Prints the JSON Schema of a kind of document, for editors and other tools. Without a name: the names.",
    )
    .argument("[kind]", "book, agreement, request, case, story, mapping or plan")
    .option("--json", "print the names as JSON too")
    .action(async (kind: string | undefined, options: { readonly json?: true }) => {
      const { schema } = await import("./schema.ts");
      finish(schema(io, kind, options.json === true));
    });
  examples(command, [["offtake schema case > case.v1.json", "for the first line of a case file"]]);
};
