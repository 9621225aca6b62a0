import { nearNames } from "@offtake/wire/problems";
import { publishedSchema, SCHEMA_NAMES, writtenSchema } from "@offtake/wire/schemas";
import { EXIT, type ExitCode } from "../../terminal/exit-codes.ts";
import { tellFailure } from "../../terminal/failures.ts";
import type { Io } from "../../terminal/io.ts";
import { jsonText } from "../../terminal/json.ts";

export function schema(io: Io, kind: string | undefined, json: boolean): ExitCode {
  if (kind === undefined) {
    io.out(json ? jsonText(SCHEMA_NAMES) : SCHEMA_NAMES.map((name) => `${name}\n`).join(""));
    return EXIT.ok;
  }
  const name = SCHEMA_NAMES.find((one) => one === kind);
  if (name === undefined) {
    const message = `there is no schema ${kind.slice(0, 60)}; there is ${SCHEMA_NAMES.join(", ")}`;
    return tellFailure(
      io,
      { code: "unknown_schema", message, exit: EXIT.notFound, didYouMean: nearNames(kind, SCHEMA_NAMES) },
      json,
    );
  }
  io.out(`${writtenSchema(publishedSchema(name))}\n`);
  return EXIT.ok;
}
