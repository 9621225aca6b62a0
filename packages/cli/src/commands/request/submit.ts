import { statusText } from "@offtake/core/explanation";
import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Currency } from "@offtake/core/kernel";
import { currencyOf } from "../../broker/price.ts";
import { atBroker } from "../../broker/run.ts";
import type { BrokerOptions, Line } from "../../broker/connect.ts";
import { receiptText } from "../../broker/texts.ts";
import { readText } from "../../documents/files.ts";
import { EXIT, type ExitCode } from "../../terminal/exit-codes.ts";
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
      const { key } = options;
      const { text, type } = await pricedBody(io, typed, options, body.value, { client, book });
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
      return `Submitted ${data.id}, ${statusText(data.status)}, ${receiptText(receipt)}\n${next}\n`;
    },
  );
}

/** The body with a price without a unit in the currency of the book. */
export async function pricedBody(
  { cwd }: Pick<Io, "cwd">,
  typed: string,
  parts: TypedParts,
  body: Body,
  line: Pick<Line, "client" | "book">,
): Promise<Body> {
  if (parts.maxPrice === undefined || body.type !== "text/plain") return body;
  const priced = bodyOf(typed, parts, cwd, await currencyOf(line));
  return priced.ok ? priced.value : body;
}

export const USD = "USD" as Currency;

export interface Body {
  readonly text: string;
  readonly type: "application/yaml" | "text/plain";
}

/** A document from a file or stdin, or one line with the parts that options say. */
export function bodyOf(typed: string, parts: TypedParts, cwd: string, currency: Currency): Outcome<Body> {
  if (typed === "-") return done({ text: readFileSync(0, "utf8"), type: "application/yaml" });
  const isFile = typed.trim() !== "" && existsSync(resolve(cwd, typed));
  if (isFile || !typed.includes(":")) {
    const file = readText(typed, cwd);
    if (!file.ok && !isFile && /^[A-Za-z][\w-]{0,40}$/.test(typed))
      return failed({
        code: "file_not_found",
        message: `${typed}: there is no such file; a request in one line says how many, such as ${typed}:1024`,
        exit: EXIT.notFound,
      });
    return file.ok ? done({ text: file.value.text, type: "application/yaml" }) : failed(fileFailure(file.problem));
  }
  const line = withParts(typed, parts, currency);
  return line.ok ? done({ text: line.value, type: "text/plain" }) : line;
}
