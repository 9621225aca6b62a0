import { opened, type Opened, refuseFile } from "./codes.ts";

const ENTRIES_MAX = 2_000;
const UNPACKED_BYTES_MAX = 256 * 1024 * 1024;
/** Text of a sheet shrinks 10 to 40 times; a bomb a thousand times. */
const RATIO_MAX = 150;
const RATIO_FROM_BYTES = 4 * 1024 * 1024;

interface Entry {
  readonly name: string;
  readonly method: number;
  readonly packed: number;
  readonly unpacked: number;
  readonly offset: number;
}

/**
 * Looks through a ZIP archive before anything reads it: how many entries, how much they unpack to, how far they shrink, whether
 * what they unpack to is what the archive says, and whether a part defines entities. Gives the names of the entries.
 */
export async function checkArchive(bytes: Uint8Array): Promise<Opened<readonly string[]>> {
  const entries = entriesOf(bytes);
  if (!entries.ok) return entries;
  let total = 0;
  for (const { name, packed, unpacked } of entries.value) {
    total += unpacked;
    if (total > UNPACKED_BYTES_MAX) return bomb(`it unpacks to more than ${UNPACKED_BYTES_MAX / 1024 / 1024} MiB`);
    if (unpacked > RATIO_FROM_BYTES && unpacked > packed * RATIO_MAX)
      return bomb(`\`${name.slice(0, 60)}\` unpacks to ${Math.round(unpacked / Math.max(packed, 1))} times its size`);
  }
  for (const entry of entries.value) {
    const wrong = await wrongEntry(bytes, entry);
    if (wrong !== undefined) return wrong;
  }
  return opened(entries.value.map(({ name }) => name));
}

const bomb = (message: string) => refuseFile("zip_bomb", message);
const corrupt = (message: string) => refuseFile("corrupt_file", message);

function entriesOf(bytes: Uint8Array): Opened<readonly Entry[]> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = endOf(view);
  if (end === undefined) return corrupt("the workbook is cut off: the end of its archive is missing");
  const count = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  if (count === 0xffff || at === 0xffffffff) return bomb("it is an archive for more than 4 GiB");
  if (count > ENTRIES_MAX) return bomb(`it has ${count} parts; at most ${ENTRIES_MAX} are read`);
  const entries: Entry[] = [];
  const names = new Set<string>();
  for (let index = 0; index < count; index += 1) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== 0x02014b50)
      return corrupt("the list of its parts is damaged");
    const lengths = [28, 30, 32].map((offset) => view.getUint16(at + offset, true));
    const [nameLength = 0, extra = 0, comment = 0] = lengths;
    const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength));
    if (names.has(name)) return corrupt(`the part \`${name.slice(0, 60)}\` stands in it twice`);
    names.add(name);
    entries.push({
      name,
      method: view.getUint16(at + 10, true),
      packed: view.getUint32(at + 20, true),
      unpacked: view.getUint32(at + 24, true),
      offset: view.getUint32(at + 42, true),
    });
    at += 46 + nameLength + extra + comment;
  }
  return opened(entries);
}

/** The end record stands at the very end, before a comment of at most 64 KiB. */
function endOf(view: DataView): number | undefined {
  for (let at = view.byteLength - 22; at >= Math.max(0, view.byteLength - 65_557); at -= 1)
    if (view.getUint32(at, true) === 0x06054b50) return at;
  return undefined;
}

async function wrongEntry(bytes: Uint8Array, entry: Entry): Promise<ReturnType<typeof refuseFile> | undefined> {
  const { name, method, packed, unpacked, offset } = entry;
  const shown = `the part \`${name.slice(0, 60)}\``;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (offset + 30 > bytes.length || view.getUint32(offset, true) !== 0x04034b50)
    return corrupt(`${shown} is not where it should be`);
  const from = offset + 30 + view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true);
  const data = bytes.subarray(from, from + packed);
  if (data.length < packed) return corrupt(`${shown} is cut off`);
  if (method !== 0 && method !== 8) return corrupt(`${shown} is packed in a way that workbooks do not use`);
  const text = method === 0 ? data : await inflated(data, unpacked);
  if (text === undefined || text.length !== unpacked)
    return corrupt(`${shown} does not unpack to what the archive says`);
  const isMarkup = /\.(xml|rels|vml)$/i.test(name);
  if (isMarkup && new TextDecoder("latin1").decode(text.subarray(0, 4096)).includes("<!DOCTYPE"))
    return corrupt(`${shown} defines entities, which no workbook needs`);
  return undefined;
}

/** What deflated data unpacks to, given up once it is longer than it should be. */
async function inflated(data: Uint8Array, expected: number): Promise<Uint8Array | undefined> {
  const whole = new Uint8Array(expected);
  let length = 0;
  try {
    const stream = new Blob([data as Uint8Array<ArrayBuffer>])
      .stream()
      .pipeThrough(new DecompressionStream("deflate-raw"));
    const reader = stream.getReader();
    for (;;) {
      const { done, value } = (await reader.read()) as { done: boolean; value?: Uint8Array };
      if (done || value === undefined) break;
      if (length + value.length > expected) {
        await reader.cancel();
        return undefined;
      }
      whole.set(value, length);
      length += value.length;
    }
  } catch {
    return undefined;
  }
  return whole.subarray(0, length);
}
