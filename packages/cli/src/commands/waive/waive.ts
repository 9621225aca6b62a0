import { statusText } from "@offtake/core/explanation";
import { createHash, randomUUID } from "node:crypto";
import { agreedTo } from "../../broker/confirm.ts";
import { changeText } from "../../broker/changes.ts";
import { formatMicros } from "@offtake/core/kernel";
import type { BrokerOptions } from "../../broker/connect.ts";
import { countOf } from "../../broker/counts.ts";
import { listAtBroker } from "../../broker/list.ts";
import { pricedIn } from "../../broker/price.ts";
import { atBroker } from "../../broker/run.ts";
import { whenText } from "../../broker/texts.ts";
import { EXIT, type ExitCode } from "../../terminal/exit-codes.ts";
import { tellFailure } from "../../terminal/failures.ts";
import type { Io } from "../../terminal/io.ts";

export interface WaiveOptions extends BrokerOptions {
  readonly id?: string;
  readonly from?: string;
  readonly to?: string;
  readonly count?: string;
  readonly price?: string;
  readonly provider?: string;
  readonly purpose: readonly string[];
  readonly inform?: true;
  readonly yes?: true;
}

/** Lets go of a right: for everything, or within limits. The buyer then need not ask. */
export async function waive(io: Io, right: string, options: WaiveOptions): Promise<ExitCode> {
  const json = options.json === true;
  if (!/^[^/\s]+\/[^/\s]+$/.test(right)) {
    const message = `a right is written AGREEMENT/CLAUSE, such as meridian-master/right-of-first-refusal, not ${right.slice(0, 60)}`;
    return tellFailure(io, { code: "usage", message, exit: EXIT.usage }, json);
  }
  const count = countOf("--count", options.count);
  if (!count.ok) return tellFailure(io, count.failure, json);
  const stop = await agreedTo(
    io,
    options,
    `Waive ${right}? Nobody has to ask about what it covers, until it is revoked or ends.`,
  );
  if (stop !== undefined) return stop;
  const drawn = `w${createHash("sha256").update(randomUUID()).digest("hex").slice(0, 12)}`;
  // What a party records begins with its own name.
  const idFor = (party: string): string => options.id ?? `${party}.${drawn}`;
  return atBroker(
    io,
    options,
    async (line) => {
      const { price, provider, purpose, from, to, inform } = options;
      const limits = {
        ...(count.value === undefined ? {} : { count: count.value }),
        ...(price === undefined ? {} : { price: await pricedIn(line, price) }),
        ...(provider === undefined ? {} : { provider }),
        ...(purpose.length === 0 ? {} : { purposes: [...purpose] }),
      };
      const waiver = idFor(line.party);
      const body = {
        id: waiver,
        right,
        ...(from === undefined ? {} : { from }),
        ...(to === undefined ? {} : { to }),
        ...(Object.keys(limits).length === 0 ? {} : { limits }),
        ...(inform === true ? { infoNotice: true } : {}),
      };
      return (await line.client.call("waiverGrant", { params: { book: line.book, waiver }, body })).value;
    },
    (answer, { party }) =>
      changeText(answer, `Waived ${right} as ${idFor(party)}`, `offtake waiver revoke ${idFor(party)}`),
  );
}

export function listWaivers(io: Io, options: BrokerOptions & { readonly limit: string }): Promise<ExitCode> {
  return listAtBroker(
    io,
    options,
    async ({ client, book }, limit) => (await client.call("waiverList", { params: { book }, query: { limit } })).value,
    {
      columns: ["WAIVER", "RIGHT", "FROM", "TO", "LIMITS", "STATUS"].map((title) => ({ title })),
      rows: ({ id, status, view: { waiver } }) => [
        [
          id,
          `${waiver.right.agreement}/${waiver.right.clause}`,
          // Those of a book file hold from before anything happened.
          waiver.from.startsWith("1970-") ? "always" : whenText(waiver.from),
          waiver.to === undefined ? "until revoked" : whenText(waiver.to),
          limitsText(waiver.limits),
          statusText(status),
        ],
      ],
      none: "There are none. Next: offtake waive AGREEMENT/CLAUSE",
    },
  );
}

interface Limits {
  readonly provider?: string | undefined;
  readonly countMax?: number | undefined;
  /** Micro-units of the currency of the right. */
  readonly priceMaxMicros?: string | undefined;
  readonly purposes?: readonly string[] | undefined;
}

const limitsText = (limits: Limits | undefined): string =>
  limits === undefined
    ? "none"
    : [
        ...(limits.countMax === undefined ? [] : [`up to ${limits.countMax}`]),
        ...(limits.priceMaxMicros === undefined
          ? []
          : [`at most ${formatMicros(BigInt(limits.priceMaxMicros))} by accelerator-hour`]),
        ...(limits.provider === undefined ? [] : [`by ${limits.provider}`]),
        ...(limits.purposes ?? []),
      ].join(", ");

export function revokeWaiver(io: Io, waiver: string, options: BrokerOptions): Promise<ExitCode> {
  return atBroker(
    io,
    options,
    async ({ client, book }) => (await client.call("waiverRevoke", { params: { book, waiver } })).value,
    (answer) => changeText(answer, `Revoked ${waiver}: the right has to be asked about again`),
  );
}
