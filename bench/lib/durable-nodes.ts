import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { BookName } from "@offtake/store/log";
import type { Load, LoadOptions } from "./durable-load.ts";

const CHILD = fileURLToPath(new URL("durable-child.ts", import.meta.url));

/** Nodes in processes of their own on one book, under load at the same time. */
export async function loadNodes(url: string, book: BookName, nodes: number, seconds: number): Promise<readonly Load[]> {
  const children = Array.from({ length: nodes }, () =>
    fork(CHILD, [], {
      execArgv: ["--max-semi-space-size=64", "--import", "tsx"],
      serialization: "advanced",
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    }),
  );
  try {
    for (const [place, child] of children.entries()) {
      const options: Omit<LoadOptions, "begin"> = { url, book, place, nodes, seconds, feeds: true };
      child.send(options);
    }
    await Promise.all(children.map(next));
    const loads = Promise.all(children.map(next));
    for (const child of children) child.send("begin");
    return (await loads) as Load[];
  } finally {
    for (const child of children) child.kill("SIGKILL");
  }
}

function next(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve, reject) => {
    child.once("message", resolve);
    child.once("exit", () => reject(new Error("A node ended before it was done.")));
  });
}
