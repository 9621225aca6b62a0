import type { BrokerOptions } from "../../broker/connect.ts";
import { agreedTo } from "../../broker/confirm.ts";
import { atBroker } from "../../broker/run.ts";
import { whenText } from "../../broker/texts.ts";
import type { ExitCode } from "../../terminal/exit-codes.ts";
import { countOf } from "../../terminal/failures.ts";
import type { Io } from "../../terminal/io.ts";

/** What waits to be sent, as the API tells it. */
interface Outgoing {
  readonly waiting: number;
  readonly pausedSince?: string;
}

export type PauseOptions = BrokerOptions & { readonly yes?: true };

export function showOutgoing(io: Io, options: BrokerOptions): Promise<ExitCode> {
  return atBroker(
    io,
    options,
    async ({ client }) => ({ data: (await client.call("serverStatusRead", {})).value.data.outbox }),
    ({ data }) =>
      `${standText(data)}\n${countOf(data.waiting, "message")} to be sent, ${data.retried} of them tried before; ${data.dead} given up; ${countOf(data.webhooksOff, "webhook")} off\n`,
  );
}

export async function pauseOutgoing(io: Io, options: PauseOptions): Promise<ExitCode> {
  const stop = await agreedTo(
    io,
    options,
    "Hold back all mail, webhooks and chats of this broker? Deadlines run on meanwhile.",
  );
  return stop ?? set(io, options, true);
}

export const resumeOutgoing = (io: Io, options: BrokerOptions): Promise<ExitCode> => set(io, options, false);

function set(io: Io, options: BrokerOptions, paused: boolean): Promise<ExitCode> {
  return atBroker(
    io,
    options,
    async ({ client }) => ({ data: (await client.call("outgoingSet", { body: { paused } })).value.data }),
    ({ data }) =>
      `${standText(data)}; ${countOf(data.waiting, "message")} to be sent. Next: offtake outgoing ${paused ? "resume" : "show"}\n`,
  );
}

const standText = ({ pausedSince }: Outgoing): string =>
  pausedSince === undefined ? "Everything goes out" : `Held back since ${whenText(pausedSince)}`;
