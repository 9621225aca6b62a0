import { spawn } from "node:child_process";

/** What one process took from its start to its end, milliseconds. */
export interface Started {
  /** Wall clock, as whoever waits for it sees it. */
  readonly wallMs: number;
  /** User and system time of the process: what it took of the machine, whoever else was at work. */
  readonly cpuMs: number;
  readonly out: string;
}

/** Says on file descriptor 3, when the process ends, what it took. */
const TELL = `data:text/javascript,${encodeURIComponent(
  'import { writeSync } from "node:fs"; process.on("exit", () => { const { user, system } = process.cpuUsage(); writeSync(3, String(user + system)); });',
)}`;

/** Runs Node in a process of its own and waits for it. Throws where it does not end with one of the codes. */
export async function start(
  args: readonly string[],
  { cwd = process.cwd(), env = {}, codes = [0] }: { cwd?: string; env?: Record<string, string>; codes?: number[] } = {},
): Promise<Started> {
  const begin = performance.now();
  const child = spawn(process.execPath, ["--import", TELL, ...args], {
    cwd,
    env: { ...process.env, NO_COLOR: "1", ...env },
    stdio: ["ignore", "pipe", "pipe", "pipe"],
  });
  const texts = ["", "", "", ""];
  for (const index of [1, 2, 3]) {
    child.stdio[index as 1]?.on("data", (bytes: Buffer) => {
      texts[index] += bytes.toString("utf8");
    });
  }
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  const wallMs = performance.now() - begin;
  if (!codes.includes(code ?? -1)) throw new Error(`${args.join(" ")} ended with ${code}: ${texts[2]}`);
  return { wallMs, cpuMs: Number(texts[3]) / 1_000, out: texts[1] ?? "" };
}
