import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import type { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import type { Intake } from "../files/problem.ts";
import { accept } from "../files/problem.ts";
import { unreadable } from "../files/text.ts";

export interface OpenTrace {
  /** The file that is really read. */
  readonly path: string;
  /** Its bytes, unpacked where it is packed. Ends in an error where the archive is corrupt. */
  readonly bytes: Readable;
}

/**
 * Opens a trace: the path as given or, where there is no such file, the same with `.gz` behind it, so that
 * `data/traces/philly-2017.csv` may be kept compressed. Whether it is packed is told from its first bytes, not from its name.
 */
export async function openTrace(path: string): Promise<Intake<OpenTrace>> {
  const first = await firstBytes(path);
  if (first.ok) return accept(streamOf(path, first.value));
  if (first.problem.code !== "file_not_found" || path.endsWith(".gz")) return first;
  const packed = await firstBytes(`${path}.gz`);
  return packed.ok ? accept(streamOf(`${path}.gz`, packed.value)) : first;
}

async function firstBytes(path: string): Promise<Intake<Uint8Array>> {
  try {
    const file = await open(path);
    try {
      const { buffer, bytesRead } = await file.read(new Uint8Array(2), 0, 2, 0);
      return accept(buffer.subarray(0, bytesRead));
    } finally {
      await file.close();
    }
  } catch (cause) {
    return unreadable(path, cause);
  }
}

function streamOf(path: string, first: Uint8Array): OpenTrace {
  const raw = createReadStream(path, { highWaterMark: 256 * 1024 });
  if (first[0] !== 0x1f || first[1] !== 0x8b) return { path, bytes: raw };
  const unpacked = createGunzip();
  raw.on("error", (cause) => unpacked.destroy(cause));
  return { path, bytes: raw.pipe(unpacked) };
}
