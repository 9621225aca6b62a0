import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { resolve } from "node:path";
import { createInterface } from "node:readline";
import { FeedVerifier, parseReceipt, type Receipt, type Verified } from "@offtake/store/feeds";
import { EXIT, type ExitCode } from "../../terminal/exit-codes.ts";
import { countOf, done, type Failure, failed, type Outcome, tellFailure } from "../../terminal/failures.ts";
import type { Io } from "../../terminal/io.ts";
import { jsonText } from "../../terminal/json.ts";
import { styleOf } from "../../terminal/style.ts";

const sha256 = (text: string): string => createHash("sha256").update(text, "utf8").digest("hex");

/** Checks an exported feed, line by line however long it is, and says what of it does not hold. */
export async function verify(io: Io, file: string, receiptFiles: readonly string[], json: boolean): Promise<ExitCode> {
  const receipts = await readReceipts(io, receiptFiles);
  if (!receipts.ok) return tellFailure(io, receipts.failure, json);
  const verifier = new FeedVerifier(sha256, receipts.value);
  const read = await eachLine(io, file, (line) => verifier.take(line));
  if (!read.ok) return tellFailure(io, read.failure, json);
  const found = verifier.end();
  if (json) io.out(jsonText({ file, holds: found.problems.length === 0, ...found }));
  else tell(io, file, found);
  return found.problems.length === 0 ? EXIT.ok : EXIT.failed;
}

function tell(io: Io, file: string, { book, party, head, receipts, problems }: Verified): void {
  const style = styleOf(io);
  if (problems.length === 0) {
    const whose = `${countOf(head.length, "entry", "entries")} told to ${party} in book ${book}`;
    const fits = receipts === 0 ? "" : `, and ${receipts === 1 ? "the receipt fits" : `all ${receipts} receipts fit`}`;
    io.out(`${style.good("✓")} ${whose}: every link holds${fits}\n`);
    io.out(`  ends at ${head.length} ${head.hash}\n`);
    if (receipts === 0)
      io.out(
        "  Without a receipt this does not show that the end was not cut off: --receipt FILE, from the answers to your commands.\n",
      );
    return;
  }
  for (const { code, line, message } of problems)
    io.out(`${style.bad("✗")} ${line === undefined ? file : `${file}:${line}`} ${message} [${code}]\n`);
  io.err(
    `${style.bad("offtake:")} ${file} is not what was told: ${countOf(problems.length, "problem")}. [feed_broken]\n`,
  );
}

async function readReceipts(io: Io, files: readonly string[]): Promise<Outcome<readonly Receipt[]>> {
  const receipts: Receipt[] = [];
  for (const file of files) {
    const lines: string[] = [];
    const read = await eachLine(io, file, (line) => lines.push(line));
    if (!read.ok) return read;
    // One receipt as it was printed, over several lines, or one a line.
    const whole = parseReceipt(lines.join("\n"));
    if (whole !== undefined) {
      receipts.push(whole);
      continue;
    }
    for (const [index, line] of lines.entries()) {
      if (line.trim() === "") continue;
      const receipt = parseReceipt(line);
      if (receipt === undefined) return failed(noReceipt(`${file}:${index + 1}`));
      receipts.push(receipt);
    }
  }
  return done(receipts);
}

function noReceipt(place: string): Failure {
  const message = `${place} is no receipt: it is the "receipt" in the answer to an accepted command`;
  return { code: "bad_receipt", message, exit: EXIT.invalid };
}

async function eachLine(io: Io, file: string, take: (line: string) => void): Promise<Outcome<undefined>> {
  const input = file === "-" ? process.stdin : createReadStream(resolve(io.cwd, file), "utf8");
  try {
    for await (const line of createInterface({ input, crlfDelay: Infinity })) take(line);
    return done(undefined);
  } catch (error) {
    const { code, message } = error as { readonly code?: string; readonly message: string };
    const why = code === "ENOENT" ? "there is no such file" : code === "EISDIR" ? "this is a folder" : message;
    return failed({ code: "file_unreadable", message: `${file}: ${why}`, exit: EXIT.notFound });
  }
}
