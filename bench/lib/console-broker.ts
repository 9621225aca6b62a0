import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Asked, Said } from "./console-child.ts";

const CHILD = fileURLToPath(new URL("console-child.ts", import.meta.url));

type SaidAs<Type extends Said["type"]> = Extract<Said, { readonly type: Type }>;

/** The broker behind the pages, in a process of its own: what it does takes no time of whoever measures. */
export class ConsoleBroker {
  private readonly child: ChildProcess;

  /** @param folder the built console */
  constructor(folder: string, requests: number) {
    this.child = fork(CHILD, [folder, String(requests)], {
      execArgv: ["--import", "tsx"],
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
  }

  /** Says where it listens, once its book is full. */
  ready(): Promise<SaidAs<"ready">> {
    return this.said("ready");
  }

  /** Has so many entries a second told to the keeper, for so long. */
  async run(perSecond: number, seconds: number): Promise<SaidAs<"ran">> {
    const ran = this.said("ran");
    this.ask({ type: "run", perSecond, seconds });
    return ran;
  }

  /** Has one more request submitted, by a name that a page can be searched for. */
  async mark(id: string): Promise<void> {
    const marked = this.said("marked", id);
    this.ask({ type: "mark", id });
    await marked;
  }

  end(): void {
    this.child.kill("SIGKILL");
  }

  private ask(asked: Asked): void {
    this.child.send(asked);
  }

  private said<Type extends Said["type"]>(type: Type, id?: string): Promise<SaidAs<Type>> {
    return new Promise((resolve, reject) => {
      const ended = (): void => reject(new Error("The broker of the measurement ended."));
      const heard = (message: unknown): void => {
        const said = message as Said;
        if (said.type !== type || (said.type === "marked" && said.id !== id)) return;
        this.child.off("message", heard);
        this.child.off("exit", ended);
        resolve(said as SaidAs<Type>);
      };
      this.child.on("message", heard);
      this.child.once("exit", ended);
    });
  }
}
