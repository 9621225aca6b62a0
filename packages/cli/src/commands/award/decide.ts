import { agreedTo } from "../../broker/confirm.ts";
import type { BrokerOptions } from "../../broker/connect.ts";
import { atBroker } from "../../broker/run.ts";
import { receiptText } from "../../broker/texts.ts";
import type { ExitCode } from "../../terminal/exit-codes.ts";
import type { Io } from "../../terminal/io.ts";

export type DecideOptions = BrokerOptions & { readonly yes?: true };

export async function decideAward(io: Io, award: string, confirm: boolean, options: DecideOptions): Promise<ExitCode> {
  const question = confirm ? `Confirm award ${award}? It binds from then on.` : `Decline award ${award}?`;
  const stop = await agreedTo(io, options, question);
  if (stop !== undefined) return stop;
  return atBroker(
    io,
    options,
    // The version that stands now: who decides after somebody else did is told so, and nothing is decided twice.
    async ({ client, book }) => {
      const params = { book, award };
      const { etag } = await client.call("awardRead", { params });
      const body = { confirm };
      return (await client.call("awardApprove", { params, body, ...(etag === undefined ? {} : { ifMatch: etag }) }))
        .value;
    },
    ({ receipt }) => `${confirm ? "Confirmed" : "Declined"} ${award}, ${receiptText(receipt)}\n`,
  );
}
