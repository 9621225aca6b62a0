import type { BrokerOptions } from "../../broker/connect.ts";
import { agreedTo } from "../../broker/confirm.ts";
import { atBroker } from "../../broker/run.ts";
import { receiptText } from "../../broker/texts.ts";
import type { ExitCode } from "../../terminal/exit-codes.ts";
import type { Io } from "../../terminal/io.ts";

export async function cancelRequest(
  io: Io,
  request: string,
  options: BrokerOptions & { readonly yes?: true },
): Promise<ExitCode> {
  const stop = await agreedTo(io, options, `Take back request ${request}? Those who were asked are told.`);
  if (stop !== undefined) return stop;
  return atBroker(
    io,
    options,
    async ({ client, book }) => (await client.call("requestWithdraw", { params: { book, request } })).value,
    ({ receipt }) => `Taken back ${request}, ${receiptText(receipt)}\n`,
  );
}
