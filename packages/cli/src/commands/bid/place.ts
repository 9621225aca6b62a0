import type { Schemas } from "@offtake/client";
import { countText } from "@offtake/core/explanation";
import type { BrokerOptions } from "../../broker/connect.ts";
import { countOf } from "../../broker/counts.ts";
import { pricedIn } from "../../broker/price.ts";
import { atBroker } from "../../broker/run.ts";
import { receiptText, whenText } from "../../broker/texts.ts";
import { EXIT, type ExitCode } from "../../terminal/exit-codes.ts";
import { done, failed, type Outcome, tellFailure } from "../../terminal/failures.ts";
import type { Io } from "../../terminal/io.ts";
import { jsonText } from "../../terminal/json.ts";

export interface PlaceOptions extends BrokerOptions {
  readonly price: string;
  readonly validUntil: string;
  readonly count?: string;
  readonly min?: string;
  readonly line: string;
  readonly region?: string;
  readonly accelerator?: string;
  readonly dryRun?: true;
}

export async function placeBid(io: Io, invitation: string, options: PlaceOptions): Promise<ExitCode> {
  const json = options.json === true;
  const body = bodyOf(options);
  if (!body.ok) return tellFailure(io, body.failure, json);
  if (options.dryRun === true) {
    io.out(jsonText({ invitation, bid: body.value }));
    io.err("Nothing was sent.\n");
    return EXIT.ok;
  }
  return atBroker(
    io,
    options,
    async ({ client, book }) => {
      const params = { book, invitation };
      const asked = (await client.call("invitationRead", { params })).value.data.view;
      const line = asked.lines.find((one) => one.line === body.value.line);
      const whole = body.value.count === undefined && line !== undefined ? { count: line.countUpTo } : {};
      const price = await pricedIn({ client, book }, options.price);
      const answer = await client.call("bidPlace", { params, body: { ...body.value, ...whole, price } });
      return { ...answer.value, asked };
    },
    ({ receipt, asked }) =>
      `Sealed bid placed, ${receiptText(receipt)}\nOnly ${asked.buyerName} can read it, and only after ${whenText(asked.closesAt, asked.zone)}\n`,
  );
}

function bodyOf(options: PlaceOptions): Outcome<Schemas["BidBody"] & { readonly line: number }> {
  const { price, validUntil, region, accelerator } = options;
  const [count, min, line] = [
    countOf("--count", options.count),
    countOf("--min", options.min),
    countOf("--line", options.line),
  ];
  if (!count.ok) return count;
  if (!min.ok) return min;
  if (!line.ok) return line;
  if (count.value !== undefined && min.value !== undefined && min.value > count.value)
    return failed({
      code: "usage",
      message: `--min ${countText(min.value)} is more than --count ${countText(count.value)}`,
      exit: EXIT.usage,
    });
  return done({
    line: line.value ?? 1,
    ...(count.value === undefined ? {} : { count: count.value }),
    ...(min.value === undefined ? {} : { min: min.value }),
    price,
    ...(region === undefined ? {} : { region }),
    ...(accelerator === undefined ? {} : { accelerator }),
    validUntil,
  });
}

export function withdrawBid(io: Io, bid: string, options: BrokerOptions): Promise<ExitCode> {
  return atBroker(
    io,
    options,
    async ({ client, book }) => (await client.call("bidWithdraw", { params: { book, bid } })).value,
    ({ receipt }) => `Taken back ${bid}, ${receiptText(receipt)}\n`,
  );
}
