import { type Load, loadNode, type LoadOptions } from "./durable-load.ts";

/** One node of several, in a process of its own: says when it is warm, waits to be told, and says how it went. */
process.once("disconnect", () => process.exit(0));
process.once("message", (message) => {
  const options = message as Omit<LoadOptions, "begin">;
  const begin = (): Promise<void> =>
    new Promise((resolve) => {
      process.once("message", () => resolve());
      process.send?.("warm");
    });
  void loadNode({ ...options, begin }).then((load: Load) => process.send?.(load, () => process.disconnect()));
});
