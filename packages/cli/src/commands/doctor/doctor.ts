import { existsSync, statSync } from "node:fs";
import { type BrokerOptions, type Line, lineOf } from "../../broker/connect.ts";
import { contextsPath } from "../../broker/contexts.ts";
import { asked } from "../../broker/failures.ts";
import { EXIT, type ExitCode } from "../../terminal/exit-codes.ts";
import { countOf } from "../../terminal/failures.ts";
import type { Io } from "../../terminal/io.ts";
import { jsonText } from "../../terminal/json.ts";
import { styleOf } from "../../terminal/style.ts";
import { VERSION } from "../../version.ts";

/** One thing that was looked at: how it is and, where it is not well, what to do. */
interface Check {
  readonly name: string;
  readonly outcome: "ok" | "warning" | "failed" | "skipped";
  readonly text: string;
  readonly fix?: string;
}

const NODE_LEAST = [20, 19] as const;
/** The clock of this machine, by which people read how much time is left. */
const SKEW_MAX_MS = 2_000;

/** Looks at what the command needs, from here to the broker, and says what to do about what is not well. */
export async function doctor(io: Io, options: BrokerOptions): Promise<ExitCode> {
  const checks: Check[] = [node(), settings(io), telemetry()];
  const line = lineOf(io, options);
  if (line.ok) checks.push(...(await brokerChecks(line.value)));
  else
    checks.push({
      name: "login",
      outcome: "warning",
      text: line.failure.message,
      fix: "offtake login ADDRESS; nothing where you work with files alone",
    });
  const failed = checks.filter(({ outcome }) => outcome === "failed").length;
  if (options.json === true) io.out(jsonText({ healthy: failed === 0, checks }));
  else tell(io, checks, failed);
  return failed === 0 ? EXIT.ok : EXIT.failed;
}

const MARKS = { ok: "✓", warning: "!", failed: "✕", skipped: "-" } as const;

function tell(io: Io, checks: readonly Check[], failed: number): void {
  const style = styleOf(io);
  for (const { name, outcome, text, fix } of checks) {
    const mark = outcome === "failed" ? style.bad(MARKS[outcome]) : MARKS[outcome];
    io.out(`${mark} ${name.padEnd(9)}  ${text}${fix === undefined ? "" : `\n             -> ${fix}`}\n`);
  }
  io.out(failed === 0 ? "Nothing is wrong.\n" : `${countOf(failed, "thing")} to mend.\n`);
}

function node(): Check {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  const [least, leastMinor] = NODE_LEAST;
  const isEnough = major > least || (major === least && minor >= leastMinor);
  const text = `offtake ${VERSION} on Node ${process.versions.node}`;
  return isEnough
    ? { name: "node", outcome: "ok", text }
    : { name: "node", outcome: "failed", text, fix: `install Node ${least}.${leastMinor} or newer, from nodejs.org` };
}

/** Tokens of logins lie in the settings: nobody else may read them. */
function settings(io: Io): Check {
  const file = contextsPath(io);
  if (!existsSync(file)) return { name: "settings", outcome: "skipped", text: `no login is kept in ${file}` };
  const mode = statSync(file).mode & 0o777;
  if (process.platform !== "win32" && (mode & 0o077) !== 0) {
    const text = `${file} can be read by others (mode ${mode.toString(8)})`;
    return { name: "settings", outcome: "failed", text, fix: `chmod 600 ${file}` };
  }
  return { name: "settings", outcome: "ok", text: `${file}, readable by you alone` };
}

const telemetry = (): Check => ({
  name: "telemetry",
  outcome: "ok",
  text: "none: nothing is sent but to the broker that you name",
});

async function brokerChecks(line: Line): Promise<readonly Check[]> {
  const { client, address, book, party } = line;
  const began = Date.now();
  const health = await asked(line, () => client.send("healthRead", {}));
  if (!health.ok) {
    const fix = "start it (offtake serve, or npm start), or log in where it is: offtake login ADDRESS";
    return [{ name: "broker", outcome: "failed", text: health.failure.message, fix }];
  }
  const took = Date.now() - began;
  const answers: Check = { name: "broker", outcome: "ok", text: `${address} answers in ${took} ms` };
  const checks = [answers, skewOf(health.value, began, took)];
  const ready = await asked(line, () => client.call("readinessRead", {}));
  const look = "look at what the broker writes, and at its database";
  checks.push(
    ready.ok
      ? { name: "ready", outcome: "ok", text: "its database is there, and it serves" }
      : { name: "ready", outcome: "failed", text: ready.failure.message, fix: look },
  );
  const read = await asked(line, () => client.call("bookRead", { params: { book } }));
  if (!read.ok)
    return [
      ...checks,
      { name: "login", outcome: "failed", text: read.failure.message, fix: `offtake login ${address}` },
    ];
  const keeps = read.value.value.data.isKeeper ? ", which keeps it" : "";
  checks.push({ name: "login", outcome: "ok", text: `you act for ${party} in ${book}${keeps}` });
  const queue = await asked(line, () => client.call("queueRead", { params: { book } }));
  if (queue.ok) {
    const waits = queue.value.value.data.length;
    checks.push({ name: "queue", outcome: "ok", text: `${countOf(waits, "thing")} not over yet; offtake queue` });
  }
  return [...checks, ...(await toldChecks(line))];
}

function skewOf(answer: Response, began: number, took: number): Check {
  const date = Date.parse(answer.headers.get("date") ?? "");
  if (Number.isNaN(date)) return { name: "clock", outcome: "skipped", text: "the broker does not say what time it is" };
  // A header tells whole seconds.
  const skew = Math.max(0, Math.abs(date - (began + took / 2)) - 1_000);
  if (skew <= SKEW_MAX_MS)
    return { name: "clock", outcome: "ok", text: "this machine and the broker agree on the time" };
  return {
    name: "clock",
    outcome: "warning",
    text: `this machine is ${Math.round(skew / 1_000)} s off the broker's clock; deadlines go by the broker's`,
    fix: "set the clock of this machine by the network (NTP)",
  };
}

interface Endpoint {
  readonly id: string;
  readonly status: string;
  readonly whyOff?: string;
}

/** For administrators: what is not told to whom it should be. */
async function toldChecks(line: Line): Promise<readonly Check[]> {
  const { client, book } = line;
  const found = await asked(line, () => client.call("webhookList", { params: { book } }));
  if (!found.ok) return [];
  const all = (found.value.value as { readonly data: readonly Endpoint[] }).data;
  const off = all.filter(({ status }) => status === "off");
  const [first] = off;
  if (first === undefined)
    return [{ name: "webhooks", outcome: "ok", text: all.length === 0 ? "none" : `${all.length}, none of them off` }];
  return [
    {
      name: "webhooks",
      outcome: "warning",
      text: `${off.length} of ${all.length} off: ${first.id}, ${first.whyOff ?? "by hand"}`,
      fix: "mend the endpoint, then offtake webhook deliveries, and offtake webhook replay DELIVERY",
    },
  ];
}
