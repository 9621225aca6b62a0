import { request as httpRequest, type IncomingMessage, type RequestOptions } from "node:http";
import { request as httpsRequest } from "node:https";
import { isIP } from "node:net";
import { type Sender, type Sent, WEBHOOK_SCHEDULE } from "../outbox/index.ts";
import { checkedLookup, type EgressRules, isAllowed, RefusedAddress } from "./addresses.ts";
import { signedHeaders } from "./signing.ts";
import type { Webhooks } from "./webhooks.ts";

/** How long an endpoint may take to answer. */
const ANSWER_MS = 20_000;

type Lookup = ReturnType<typeof checkedLookup>;

export interface PostOptions {
  readonly rules: EgressRules;
  readonly timeoutMs?: number;
  /** In place of the system's resolver. */
  readonly lookup?: Lookup;
}

/** What an endpoint answered: its status, and how long it wants to be left alone. */
export interface Posted {
  readonly status: number;
  readonly retryAfterMs?: number;
}

/**
 * Posts a body to an address that was checked, over a connection to that very address. Follows no redirect, reads no answer.
 *
 * @throws RefusedAddress, or what the connection says
 */
export function postChecked(
  url: URL,
  headers: Readonly<Record<string, string>>,
  body: string,
  { rules, timeoutMs = ANSWER_MS, lookup }: PostOptions,
  signal?: AbortSignal,
): Promise<Posted> {
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const port = url.port === "" ? (url.protocol === "https:" ? 443 : 80) : Number(url.port);
  if (isIP(host) !== 0 && !isAllowed(rules, host, port)) return Promise.reject(new RefusedAddress());
  const options: RequestOptions = {
    method: "POST",
    agent: false,
    timeout: timeoutMs,
    headers: { ...headers, "content-length": String(Buffer.byteLength(body)), connection: "close" },
    lookup: checkedLookup(rules, port, lookup),
    ...(signal === undefined ? {} : { signal }),
  };
  return new Promise((resolve, reject) => {
    const answered = (response: IncomingMessage): void => {
      const { statusCode = 0, headers: answers } = response;
      response.destroy();
      const after = Number(answers["retry-after"]);
      resolve({ status: statusCode, ...(Number.isFinite(after) && after > 0 ? { retryAfterMs: after * 1_000 } : {}) });
    };
    const sent = url.protocol === "https:" ? httpsRequest(url, options, answered) : httpRequest(url, options, answered);
    sent.on("timeout", () => sent.destroy(new Error("no answer in time")));
    sent.on("error", reject);
    sent.end(body);
  });
}

/** Longest pause that an endpoint may ask for. */
const AFTER_MAX_MS = 24 * 3_600_000;

/** Sends webhooks by the Standard Webhooks specification: 2xx is success, 410 turns the endpoint off, everything else is tried again. */
export function webhookSender(webhooks: Webhooks, options: PostOptions & { readonly now: () => Date }): Sender {
  return {
    schedule: WEBHOOK_SCHEDULE,
    timeoutMs: (options.timeoutMs ?? ANSWER_MS) + 5_000,
    send: async ({ id, book, body }, signal): Promise<Sent> => {
      const { webhook, payload } = body as { readonly webhook: string; readonly payload: unknown };
      const target = await webhooks.target(book, webhook);
      if (target === undefined) return { outcome: "refused", detail: "the endpoint is off" };
      const text = JSON.stringify(payload);
      const headers = {
        "content-type": "application/json",
        "user-agent": "Offtake",
        ...signedHeaders(target.keys, id, options.now(), text),
      };
      const { status, retryAfterMs } = await postChecked(new URL(target.url), headers, text, options, signal);
      if (status >= 200 && status < 300) return { outcome: "sent", detail: String(status) };
      if (status === 410) {
        await webhooks.turnOff(book, webhook, "it answered 410: gone");
        return { outcome: "refused", detail: "410" };
      }
      const after = retryAfterMs === undefined ? {} : { afterMs: Math.min(retryAfterMs, AFTER_MAX_MS) };
      return { outcome: "failed", detail: String(status), ...after };
    },
  };
}
