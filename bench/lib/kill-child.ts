import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { CommandBody } from "@offtake/core/book";
import type { BookName } from "@offtake/store/log";
import type { Answered } from "./kill-node.ts";

const NODE = fileURLToPath(new URL("kill-node.ts", import.meta.url));

/** A client gave up waiting, or the node is gone: what became of the command is not known to it. */
export class NoAnswer extends Error {}

/** One node, seen from outside. */
export class KillChild {
  readonly process: ChildProcess;
  readonly ready: Promise<void>;
  private isGone = false;
  private asked = 0;
  private readonly open = new Map<number, { readonly key: string; readonly settle: (answer?: Answered) => void }>();

  /** @param heard told of every answer, also of those that nobody waits for any more */
  constructor(url: string, book: BookName, heard: (key: string, answer: Answered) => void) {
    this.process = fork(NODE, [url, book], {
      execArgv: ["--import", "tsx"],
      serialization: "advanced",
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
    this.ready = new Promise((resolve, reject) => {
      this.process.on("message", (message) => {
        if (message === "ready") return resolve();
        const answer = message as Answered;
        const one = this.open.get(answer.id);
        if (one === undefined) return;
        heard(one.key, answer);
        this.open.delete(answer.id);
        one.settle(answer);
      });
      this.process.once("exit", () => {
        this.isGone = true;
        reject(new Error("A node ended before it was ready."));
        for (const { settle } of this.open.values()) settle();
      });
      this.process.on("error", () => {});
    });
    this.ready.catch(() => {});
  }

  get gone(): boolean {
    return this.isGone;
  }

  /** @throws NoAnswer where there is none in time, or ever */
  ask(body: CommandBody, key: string, waitMs: number): Promise<Answered> {
    return new Promise((resolve, reject) => {
      if (this.isGone) return reject(new NoAnswer());
      const id = (this.asked += 1);
      const late = setTimeout(() => reject(new NoAnswer()), waitMs);
      const settle = (answer?: Answered): void => {
        clearTimeout(late);
        if (answer === undefined) reject(new NoAnswer());
        else resolve(answer);
      };
      this.open.set(id, { key, settle });
      this.process.send({ id, body, key }, (error) => {
        if (error !== null) settle();
      });
    });
  }
}
