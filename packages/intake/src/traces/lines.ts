/**
 * Cuts a stream of bytes into lines without their ends (LF or CRLF), keeping characters whole across chunks.
 *
 * Throws `LineLimit` where a line or the whole grows past its bound, so that neither an endless line nor a packed bomb fills memory,
 * and a TypeError where the bytes are not UTF-8.
 */
export async function* linesOf(bytes: AsyncIterable<Uint8Array>, limits: LineLimits): AsyncGenerator<string[]> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let rest = "";
  let total = 0;
  for await (const chunk of bytes) {
    total += chunk.length;
    if (total > limits.bytesMax) throw new LineLimit("bytes", 0);
    const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n");
    const long = lines.findIndex((line) => line.length > limits.lineCharsMax);
    if (long !== -1) throw new LineLimit("line", long);
    rest = lines.pop() ?? "";
    yield lines.map(withoutReturn);
  }
  const last = rest + decoder.decode();
  if (last !== "") yield [withoutReturn(last)];
}

interface LineLimits {
  readonly bytesMax: number;
  readonly lineCharsMax: number;
}

export class LineLimit extends Error {
  readonly bound: "bytes" | "line";
  /** Lines that stand between the last one yielded and the one that is too long. */
  readonly linesBefore: number;

  constructor(bound: "bytes" | "line", linesBefore: number) {
    super(`over the bound on ${bound}`);
    this.bound = bound;
    this.linesBefore = linesBefore;
  }
}

function withoutReturn(line: string): string {
  return line.endsWith("\r") ? line.slice(0, -1) : line;
}
