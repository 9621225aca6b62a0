import type { Schemas } from "@offtake/client";
import { codesText, countText, statusText } from "@offtake/core/explanation";
import type { Instant } from "@offtake/core/kernel";
import type { BrokerOptions } from "../../broker/connect.ts";
import { listAtBroker } from "../../broker/list.ts";
import { leftText, rateText, whenText, windowText } from "../../broker/texts.ts";
import type { ExitCode } from "../../terminal/exit-codes.ts";
import type { Io } from "../../terminal/io.ts";

export interface BidListOptions extends BrokerOptions {
  readonly all?: true;
  readonly limit: string;
}

export function listInvitations(io: Io, options: BidListOptions): Promise<ExitCode> {
  return listAtBroker(
    io,
    options,
    async ({ client, book }, limit) => {
      // What has ended falls due no more, and is in no order of deadlines.
      const open = { status: "open", order: "deadline", descending: "false" } as const;
      const query = { limit, ...(options.all === true ? {} : open) };
      return (await client.call("invitationList", { params: { book }, query })).value;
    },
    {
      columns: INVITED,
      rows: invitedRows,
      none: "Nothing is open to you now. Next: offtake bid open --all, or offtake watch",
    },
  );
}

const INVITED = [
  { title: "INVITATION" },
  { title: "LINE", align: "right" },
  { title: "FROM" },
  { title: "ASK" },
  { title: "WHEN" },
  { title: "WHERE" },
  { title: "CLOSES" },
  { title: "LEFT" },
  { title: "STATUS" },
] as const;

function invitedRows({ id, status, view }: Schemas["Invitation"]): readonly (readonly string[])[] {
  const { lines, zone, closesAt, buyerName, selected } = view;
  const ended = selected === undefined ? "open" : selected > 0 ? `selected ${countText(selected)}` : "not selected";
  return lines.map((line) => [
    id,
    String(line.line),
    buyerName,
    `up to ${countText(line.countUpTo)} × ${line.alternatives.map(({ acceleratorType }) => acceleratorType).join(" or ")}${line.blockSize > 1 ? ` (by ${countText(line.blockSize)})` : ""}`,
    windowText(line.window, zone),
    line.regions.join(", "),
    whenText(closesAt, zone),
    status === "open" ? leftText(closesAt, Date.now() as Instant) : "",
    ended,
  ]);
}

export function showBids(io: Io, bid: string | undefined, options: BidListOptions): Promise<ExitCode> {
  return listAtBroker(
    io,
    options,
    async ({ client, book }, limit) =>
      bid === undefined
        ? (await client.call("bidList", { params: { book }, query: { limit } })).value
        : { data: [(await client.call("bidRead", { params: { book, bid } })).value.data] },
    { columns: BIDS, rows: bidRows, none: "There are none. Next: offtake bid open" },
  );
}

const BIDS = [
  { title: "BID" },
  { title: "INVITATION" },
  { title: "LINE", align: "right" },
  { title: "COUNT", align: "right" },
  { title: "PRICE" },
  { title: "VALID UNTIL" },
  { title: "STATUS" },
] as const;

function bidRows({ id, status, view }: Schemas["Bid"]): readonly (readonly string[])[] {
  const { bid, why } = view;
  return bid.lines.map((line) => [
    id,
    bid.invitation ?? "",
    String(line.line),
    line.countMin < line.countMax
      ? `${countText(line.countMin)} to ${countText(line.countMax)}`
      : countText(line.countMax),
    line.tiers.map(({ rate }) => rateText(rate)).join(", "),
    whenText(bid.validUntil),
    [statusText(status), ...(why.length === 0 ? [] : [codesText(why)])].join(": "),
  ]);
}
