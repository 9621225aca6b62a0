import { readFileSync } from "node:fs";
import { basename, extname, resolve } from "node:path";
import type { Instant } from "@offtake/core/kernel";
import { agreedTo } from "../../broker/confirm.ts";
import type { BrokerOptions } from "../../broker/connect.ts";
import { countOf } from "../../broker/counts.ts";
import { pricedIn } from "../../broker/price.ts";
import { atBroker } from "../../broker/run.ts";
import { receiptText } from "../../broker/texts.ts";
import { EXIT, type ExitCode } from "../../terminal/exit-codes.ts";
import { done, failed, fileFailure, type Outcome, tellFailure } from "../../terminal/failures.ts";
import type { Io } from "../../terminal/io.ts";
import { noticeText } from "./show.ts";

export interface RecordOptions extends BrokerOptions {
  readonly answer: string;
  readonly file: string;
  readonly signer: string;
  readonly medium: string;
  readonly count?: string;
  readonly price?: string;
  readonly arrived?: string;
  readonly yes?: true;
}

const TYPES = ["accept", "refuse", "object"] as const;
const MEDIA = ["mail", "letter", "meeting"] as const;

/** Puts on record what a holder answered outside the broker, with the file that it was read from. */
export async function recordAnswer(io: Io, notice: string, options: RecordOptions): Promise<ExitCode> {
  const json = options.json === true;
  const read = readOptions(io, options);
  if (!read.ok) return tellFailure(io, read.failure, json);
  const { type, medium, count, file } = read.value;
  const question = `Record that ${notice} was answered "${type}", signed by ${options.signer}? It is the holder's answer, and marked for ever as recorded by you.`;
  const stop = await agreedTo(io, options, question);
  if (stop !== undefined) return stop;
  return atBroker(
    io,
    options,
    async (line) => {
      const { client, book } = line;
      const params = { book, notice };
      const { view } = (await client.call("noticeRead", { params })).value.data;
      const stored = await client.call("fileAdd", {
        params: { book },
        // Whose answer it is may read what it was read from.
        query: { name: file.name, for: view.notice.holder },
        bytes: file.bytes,
        contentType: file.mediaType,
      });
      const { reference } = (stored.value as { readonly data: { readonly reference: string } }).data;
      const { price, arrived, signer } = options;
      const answer = {
        type,
        ...(count === undefined ? {} : { count }),
        ...(price === undefined ? {} : { price: await pricedIn(line, price) }),
      };
      const body = {
        answer,
        signer,
        medium,
        file: reference,
        ...(arrived === undefined ? {} : { arrivedAt: arrived }),
      };
      return (await client.call("answerRecord", { params, body })).value;
    },
    (answer) =>
      "receipt" in answer
        ? `${answer.data === null ? "" : noticeText(answer.data, Date.now() as Instant)}Recorded, ${receiptText(answer.receipt)}\n`
        : "Nothing is decided yet: others have to approve first. Next: offtake approval list\n",
  );
}

interface Read {
  readonly type: (typeof TYPES)[number];
  readonly medium: (typeof MEDIA)[number];
  readonly count: number | undefined;
  readonly file: { readonly name: string; readonly bytes: Uint8Array; readonly mediaType: string };
}

const usage = (message: string) => failed({ code: "usage", message, exit: EXIT.usage });

function readOptions({ cwd }: Pick<Io, "cwd">, options: RecordOptions): Outcome<Read> {
  const type = TYPES.find((one) => one === options.answer);
  if (type === undefined) return usage(`--answer takes ${TYPES.join(", ")}, not ${options.answer.slice(0, 40)}`);
  const medium = MEDIA.find((one) => one === options.medium);
  if (medium === undefined) return usage(`--medium takes ${MEDIA.join(", ")}, not ${options.medium.slice(0, 40)}`);
  const count = countOf("--count", options.count);
  if (!count.ok) return count;
  const mediaType = MEDIA_TYPES[extname(options.file).toLowerCase()];
  if (mediaType === undefined)
    return usage(`--file takes ${Object.keys(MEDIA_TYPES).join(", ")}, not ${basename(options.file)}`);
  try {
    const bytes = new Uint8Array(readFileSync(resolve(cwd, options.file)));
    return done({ type, medium, count: count.value, file: { name: basename(options.file), bytes, mediaType } });
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? "EIO";
    return failed(
      fileFailure({
        code: "file_unreadable",
        path: options.file,
        message: code === "ENOENT" ? "it is not there" : `it cannot be read (${code})`,
      }),
    );
  }
}

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  ".eml": "message/rfc822",
  ".pdf": "application/pdf",
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".jpeg": "image/jpeg",
  ".txt": "text/plain",
  ".csv": "text/csv",
};
