import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Currency } from "@offtake/core/kernel";
import { currencyOf } from "../../broker/price.ts";
import { atBroker } from "../../broker/run.ts";
import type { BrokerOptions } from "../../broker/connect.ts";
import { receiptText } from "../../broker/texts.ts";
import { readText } from "../../documents/files.ts";
import type { ExitCode } from "../../terminal/exit-codes.ts";
import { done, failed, fileFailure, type Outcome, tellFailure } from "../../terminal/failures.ts";
import type { Io } from "../../terminal/io.ts";
import { type TypedParts, withParts } from "../plan/wanted.ts";

export interface SubmitOptions extends BrokerOptions, TypedParts {
  readonly key?: string;
}

export async function submitRequest(io: Io, typed: string, options: SubmitOptions): Promise<ExitCode> {
  // What is wrong with what was typed is said before anybody is asked; in which currency a bare price is, the book says.
  const body = bodyOf(typed, options, io.cwd, USD);
  if (!body.ok) return tellFailure(io, body.failure, options.json === true);
  return atBroker(
    io,
    options,
    async ({ client, book }) => {
      const { key, maxPrice } = options;
      const isDocument = body.value.type !== "text/plain";
      const priced =
        maxPrice === undefined || isDocument
          ? body
          : bodyOf(typed, options, io.cwd, await currencyOf({ client, book }));
      const { text, type } = priced.ok ? priced.value : body.value;
      const answer = await client.call("requestSubmit", {
        params: { book },
        body: text,
        contentType: type,
        ...(key === undefined ? {} : { key }),
      });
      return answer.value;
    },
    ({ data, receipt }) => {
      if (data === null) return `Submitted, ${receiptText(receipt)}\n`;
      const next = `Next: offtake watch ${data.id}, offtake explain ${data.id} --broker`;
      return `Submitted ${data.id}, ${data.status.replaceAll("_", " ")}, ${receiptText(receipt)}\n${next}\n`;
    },
  );
}

const USD = "USD" as Currency;

interface Body {
  readonly text: string;
  readonly type: "application/yaml" | "text/plain";
}

/** A document from a file or stdin, or one line with the parts that options say. */
function bodyOf(typed: string, parts: TypedParts, cwd: string, currency: Currency): Outcome<Body> {
  if (typed === "-") return done({ text: readFileSync(0, "utf8"), type: "application/yaml" });
  const isFile = typed.trim() !== "" && existsSync(resolve(cwd, typed));
  if (isFile || !typed.includes(":")) {
    const file = readText(typed, cwd);
    return file.ok ? done({ text: file.value.text, type: "application/yaml" }) : failed(fileFailure(file.problem));
  }
  const line = withParts(typed, parts, currency);
  return line.ok ? done({ text: line.value, type: "text/plain" }) : line;
}
