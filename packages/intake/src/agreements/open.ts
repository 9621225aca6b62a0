import type { Sheet } from "./cells.ts";
import { opened, type Opened, refuseFile } from "./codes.ts";
import { openSeparated } from "./separated.ts";
import { openWorkbook } from "./workbook.ts";

export const LIST_BYTES_MAX = 32 * 1024 * 1024;

/** What the first bytes of a file say it is, whatever its name says. */
const SIGNATURES: readonly (readonly [bytes: readonly number[], message: string])[] = [
  [[0x25, 0x50, 0x44, 0x46], "this is a PDF; a list of agreements is a .xlsx or .csv file"],
  [[0x1f, 0x8b], "this is a compressed file; unpack it first"],
  [[0x37, 0x7a, 0xbc, 0xaf], "this is a 7z archive; unpack it first"],
  [[0x52, 0x61, 0x72, 0x21], "this is a RAR archive; unpack it first"],
  [[0x89, 0x50, 0x4e, 0x47], "this is a picture"],
  [[0xff, 0xd8, 0xff], "this is a picture"],
  [[0x7b, 0x5c, 0x72, 0x74, 0x66], "this is an RTF document"],
];

const OLE2 = [0xd0, 0xcf, 0x11, 0xe0];
const ZIP = [0x50, 0x4b];

/** Opens a list of agreements from its bytes: one sheet for CSV, every sheet of an XLSX workbook. Never throws. */
export async function openList(bytes: Uint8Array, name: string): Promise<Opened<readonly Sheet[]>> {
  if (bytes.length > LIST_BYTES_MAX)
    return refuseFile("file_too_large", `the file has ${bytes.length} bytes; at most ${LIST_BYTES_MAX} are read`);
  const begins = (signature: readonly number[]): boolean => signature.every((byte, index) => bytes[index] === byte);
  const known = SIGNATURES.find(([signature]) => begins(signature));
  if (known !== undefined) return refuseFile("not_a_list", known[1]);
  if (begins(OLE2)) return oldContainer(bytes);
  if (begins(ZIP)) return openWorkbook(bytes);
  const head = new TextDecoder("latin1").decode(bytes.subarray(0, 400)).trimStart().toLowerCase();
  if (/^(<\?xml|<html|<!doctype|<table|mime-version:)/.test(head))
    return refuseFile(
      "not_a_list",
      "this is a web page or XML under the name of a spreadsheet; save it as .xlsx or .csv",
    );
  const sheet = openSeparated(bytes, name);
  return sheet.ok ? opened([sheet.value]) : sheet;
}

/** Office files before 2007, and newer ones under a password, begin alike. */
function oldContainer(bytes: Uint8Array) {
  const names = new TextDecoder("utf-16le").decode(
    bytes.subarray(0, bytes.length - (bytes.length % 2)).subarray(0, 1 << 20),
  );
  if (names.includes("EncryptedPackage"))
    return refuseFile("encrypted_file", "the workbook is protected by a password");
  return refuseFile("not_a_list", "this is an old Office file (.xls or .doc); save it as .xlsx or .csv");
}
