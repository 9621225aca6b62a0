import { resolve } from "node:path";
import type { Broker, BrokerOptions } from "@offtake/server/broker";
import { keepBook, readFiledBook } from "./book.ts";
import { consoleFolder } from "./console.ts";
import { tellLogin } from "./first-login.ts";
import { identityProvider } from "./identity.ts";
import { keepStory, tellFirst } from "./story.ts";
import { databaseUrl } from "../../terminal/data-source.ts";
import { EXIT, type ExitCode } from "../../terminal/exit-codes.ts";
import { done, failed, type Outcome, tellFailure } from "../../terminal/failures.ts";
import type { Io } from "../../terminal/io.ts";
import { reaching } from "./reaching.ts";

export interface ServeOptions {
  readonly listen: string;
  readonly data: string;
  readonly publicUrl?: string;
  readonly readOnly?: true;
  readonly allowUnsafeDatabase?: true;
  readonly callsPerSecond: string;
  readonly log: string;
  /** False with --no-console. */
  readonly console: boolean;
  readonly story?: string;
  readonly everyParty?: true;
  readonly book?: string;
}

const LEVELS = ["silent", "info", "debug"] as const;
type Level = (typeof LEVELS)[number];

/** Runs a broker until somebody stops it, or its database goes. */
export async function serve(io: Io, options: ServeOptions): Promise<ExitCode> {
  const book = options.book === undefined ? undefined : await readFiledBook(io, options.book);
  if (book?.ok === false) return tellFailure(io, book.failure, false);
  const story = options.story === undefined ? undefined : await tellFirst(io, options.story);
  if (story?.ok === false) return tellFailure(io, story.failure, false);
  const started = await startFor(io, options);
  if (!started.ok) return tellFailure(io, started.failure, false);
  const { broker, lost } = started.value;
  if (broker.adopted) io.err("offtake: took over the data of a broker that was killed\n");
  for (const warning of broker.warnings) io.err(`offtake: ${warning}\n`);
  if (story !== undefined) await keepStory(broker, story.value);
  const kept = book === undefined ? undefined : await keepBook(io, broker, book.value);
  if (kept?.ok === false) {
    await broker.close();
    return tellFailure(io, kept.failure, false);
  }
  io.out(`Serving at ${broker.address}\n`);
  await tellLogin(io, broker, { story: story?.value.story.id, everyParty: options.everyParty === true });
  io.err("offtake: stop it with Ctrl-C\n");
  return untilStopped(io, broker, lost);
}

export interface Started {
  readonly broker: Broker;
  /** Settles, with what happened, where the broker cannot go on. */
  readonly lost: Promise<string>;
}

/** Starts a broker as the options say. What stands in the way is told in words, with what to do. */
export async function startFor(io: Io, options: ServeOptions): Promise<Outcome<Started>> {
  const read = brokerOptions(io, options);
  if (!read.ok) return read;
  const providers = await identityProvider(io, options.publicUrl ?? `http://${options.listen}`);
  if (!providers.ok) return providers;
  const reached = await reaching(io);
  if (!reached.ok) return reached;
  const console = options.console ? await consoleFolder(io) : undefined;
  const { startBroker, newLog } = await import("@offtake/server/broker");
  let tellLost: (why: string) => void = () => {};
  const lost = new Promise<string>((settle) => {
    tellLost = settle;
  });
  const { level, ...rest } = read.value;
  try {
    const broker = await startBroker({
      ...rest,
      ...reached.value,
      ...(console === undefined ? {} : { console }),
      providers: providers.value,
      log: newLog(level),
      onLost: (why) => tellLost(why),
    });
    return done({ broker, lost });
  } catch (error) {
    const { code, message } = error as { readonly code?: unknown; readonly message: string };
    if (typeof code !== "string" || !/^[a-z]+(_[a-z]+)+$/.test(code)) throw error;
    return failed({ code, message: message.replace(/\.$/, ""), exit: EXITS[code] ?? EXIT.failed });
  }
}

const EXITS: Readonly<Record<string, ExitCode>> = {
  port_taken: EXIT.conflict,
  embedded_in_use: EXIT.conflict,
};

type Read = Omit<BrokerOptions, "log" | "onLost"> & { readonly level: Level };

function brokerOptions(io: Io, options: ServeOptions): Outcome<Read> {
  const place = /^(.+):(\d{1,5})$/.exec(options.listen);
  const port = Number(place?.[2]);
  if (place === null || port > 65_535)
    return failed(usage(`--listen takes host:port, such as 127.0.0.1:8400, not ${options.listen.slice(0, 60)}`));
  if (!LEVELS.includes(options.log as Level)) return failed(usage(`--log takes ${LEVELS.join(", ")}`));
  if (!/^[1-9]\d{0,6}$/.test(options.callsPerSecond))
    return failed(usage("--calls-per-second takes a whole number from 1"));
  const url = databaseUrl(io);
  if (!url.ok) return url;
  const host = (place[1] ?? "").replace(/^\[(.*)\]$/, "$1");
  return done({
    data:
      url.value === undefined
        ? { folder: resolve(io.cwd, options.data) }
        : { url: url.value, allowUnsafe: options.allowUnsafeDatabase === true },
    listen: { host, port },
    ...(options.publicUrl === undefined ? {} : { publicUrl: options.publicUrl }),
    readOnly: options.readOnly === true,
    callsPerSecond: Number(options.callsPerSecond),
    level: options.log as Level,
  });
}

const usage = (message: string) => ({ code: "usage", message, exit: EXIT.usage });

/** Waits for the end, and makes it a clean one. */
export async function untilStopped(io: Io, broker: Broker, lost: Promise<string>): Promise<ExitCode> {
  const why = await Promise.race([lost, stopped(io.signal)]);
  if (why === undefined) io.err("offtake: stopping, answers that are on their way go out first\n");
  else io.err(`offtake: ${why} Start it again: nothing acknowledged is lost. [database_lost]\n`);
  await broker.close();
  return why === undefined ? EXIT.ok : EXIT.failed;
}

function stopped(signal: AbortSignal): Promise<undefined> {
  return new Promise((settle) => {
    if (signal.aborted) settle(undefined);
    signal.addEventListener("abort", () => settle(undefined), { once: true });
  });
}
