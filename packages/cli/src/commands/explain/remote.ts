import type { BrokerOptions } from "../../broker/connect.ts";
import { atBroker } from "../../broker/run.ts";
import { EXIT, type ExitCode } from "../../terminal/exit-codes.ts";
import { tellFailure } from "../../terminal/failures.ts";
import type { Io } from "../../terminal/io.ts";
import { wrapList } from "../../terminal/table.ts";

export interface RemoteOptions extends BrokerOptions {
  readonly broker?: true;
  readonly request?: string;
  readonly as?: string;
}

/** Why something came out as it did, made from what the party that one acts for was told. */
export async function explainAtBroker(io: Io, subject: string, options: RemoteOptions): Promise<ExitCode> {
  if (options.as !== undefined || options.request !== undefined) {
    const message = "a broker explains to the party that you act for; --as and --request are for stories and cases";
    return tellFailure(io, { code: "usage", message, exit: EXIT.usage }, options.json === true);
  }
  return atBroker(
    io,
    options,
    async ({ client, book }) => (await client.call("explanationRead", { params: { book, subject } })).value,
    ({ data }) => `${wrapList(data.text.trimEnd(), io.width)}\n`,
  );
}
