import { IMPORT_CODES, LIST_BYTES_MAX, openList, type Sheet } from "@offtake/intake/agreements";

/** A file that could be opened: its sheets as they are, nothing of them read yet. */
export interface OpenSpreadsheet {
  readonly name: string;
  readonly isWorkbook: boolean;
  readonly sheets: readonly Sheet[];
}

export type Opened =
  | { readonly ok: true; readonly value: OpenSpreadsheet }
  | { readonly ok: false; readonly message: string; readonly whatToDo: string };

/** Opens a file of the person's machine in the page: it goes nowhere. */
export async function openSpreadsheet(file: Pick<File, "name" | "size" | "arrayBuffer">): Promise<Opened> {
  if (file.size > LIST_BYTES_MAX)
    return {
      ok: false,
      message: `${file.name} is too large to be a list`,
      whatToDo: IMPORT_CODES.file_too_large.whatToDo,
    };
  const bytes = new Uint8Array(await file.arrayBuffer());
  const sheets = await openList(bytes, file.name);
  if (!sheets.ok) {
    const { message, code, row } = sheets.refusal;
    const where = row === undefined ? file.name : `${file.name}, row ${row}`;
    return { ok: false, message: `${where}: ${message}`, whatToDo: IMPORT_CODES[code].whatToDo };
  }
  return {
    ok: true,
    value: { name: file.name, isWorkbook: bytes[0] === 0x50 && bytes[1] === 0x4b, sheets: sheets.value },
  };
}
