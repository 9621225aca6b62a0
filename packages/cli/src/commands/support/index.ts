import { brokerOptions } from "../../broker/options.ts";
import { type AddCommand, examples } from "../../command.ts";
import type { BundleOptions } from "./bundle.ts";

export const addSupport: AddCommand = (program, { io, finish }) => {
  const support = program.command("support").summary("what whoever helps you needs to know");
  const bundle = support
    .command("bundle")
    .description(
      "Writes a file with the broker's status, sizes, figures, and which settings are made. No price, no name, no secret is in it. Roles: operator.",
    )
    .option("-o, --out <file>", "where to write it", "offtake-support.json");
  brokerOptions(bundle, "print what was written as JSON on stdout").action(async (options: BundleOptions) => {
    const { supportBundle } = await import("./bundle.ts");
    finish(await supportBundle(io, options));
  });
  examples(bundle, [["offtake support bundle", "then read it, and send it to whoever helps"]]);
};
