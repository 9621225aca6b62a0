import type { Schemas } from "./api.ts";
import type { Client } from "./client.ts";

export type FeedEntry = Schemas["FeedEntry"];

/** How long to wait before a line that broke is taken up again. */
const AGAIN_MS = 500;

/**
 * A party's feed from a place on, and then as it grows, for as long as it is read. A line that breaks is taken up again behind the last
 * entry that came: none is missed, none comes twice.
 *
 * @param told called whenever the line stands, and whenever it broke
 */
export async function* followFeed(
  client: Client,
  book: string,
  from: number,
  signal: AbortSignal,
  told: (line: "stands" | "broke") => void = () => {},
): AsyncGenerator<FeedEntry, void> {
  let next = from;
  while (!signal.aborted) {
    const answer = await client.send("feedStream", { params: { book }, query: { from: next }, signal });
    told("stands");
    try {
      for await (const entry of entriesOf(answer)) {
        yield entry;
        next = entry.position + 1;
      }
    } catch (error) {
      if (signal.aborted) return;
      if (error instanceof SyntaxError) throw error;
    }
    if (signal.aborted) return;
    told("broke");
    await new Promise((go) => setTimeout(go, AGAIN_MS));
  }
}

async function* entriesOf(answer: Response): AsyncGenerator<FeedEntry, void> {
  if (answer.body === null) return;
  let text = "";
  const decoder = new TextDecoder();
  const reader = answer.body.getReader();
  // Read by hand: not every browser iterates over a stream.
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    text += decoder.decode(read.value, { stream: true });
    const events = text.split("\n\n");
    text = events.pop() ?? "";
    for (const event of events) {
      const data = event.split("\n").find((line) => line.startsWith("data: "));
      if (data !== undefined) yield JSON.parse(data.slice(6)) as FeedEntry;
    }
  }
}
