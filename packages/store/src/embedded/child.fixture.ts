import { startEmbedded } from "./embedded.ts";
import { EmbeddedProblem } from "./problem.ts";

/** A broker in a process of its own: starts on the folder named, says how it went in one line, and stops when told `stop`. */
const [folder = "", address] = process.argv.slice(2);
try {
  const database = await startEmbedded(folder);
  if (address !== undefined) await database.announce(address);
  const { url, adopted, pid } = database;
  process.stdout.write(`${JSON.stringify({ url, adopted, pid })}\n`);
  process.stdin.on("data", () => {
    void database.stop().then(() => process.exit(0));
  });
} catch (error) {
  if (!(error instanceof EmbeddedProblem)) throw error;
  const { code, message, owner } = error;
  process.stdout.write(`${JSON.stringify({ code, message, owner })}\n`);
}
