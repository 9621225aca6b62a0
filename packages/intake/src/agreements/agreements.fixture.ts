import type { Mapping } from "@offtake/wire/mapping";
import { type ImportOptions, type ImportPlan, openList, planImport, type ReadableSheet, readColumns } from "./index.ts";

export const BOOK = `schema: offtake/book@1
# kept by hand
keeper: aurora
parties:
  - { id: aurora, name: Aurora Labs, roles: buyer } # us
`;

export const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Opens bytes that must be a list with a header. */
export async function opened(bytes: Uint8Array | string, mapping?: Mapping): Promise<ReadableSheet> {
  const sheets = await openList(typeof bytes === "string" ? bytesOf(bytes) : bytes, "list.csv");
  if (!sheets.ok) throw new Error(`${sheets.refusal.code}: ${sheets.refusal.message}`);
  const readable = readColumns(sheets.value, mapping, undefined);
  if (!readable.ok) throw new Error(`${readable.refusal.code}: ${readable.refusal.message}`);
  return readable.value;
}

/** The code with which a file is refused as a whole; undefined where it is not. */
export async function refusalOf(
  bytes: Uint8Array | string,
  mapping?: Mapping,
  sheet?: string,
): Promise<string | undefined> {
  const sheets = await openList(typeof bytes === "string" ? bytesOf(bytes) : bytes, "list.csv");
  if (!sheets.ok) return sheets.refusal.code;
  const readable = readColumns(sheets.value, mapping, sheet);
  return readable.ok ? undefined : readable.refusal.code;
}

/** What importing a list would do, into an empty book or into what an import before has made. */
export async function planned(
  bytes: Uint8Array | string,
  more: Partial<ImportOptions> & { readonly before?: ReadonlyMap<string, string> } = {},
): Promise<ImportPlan> {
  const readable = await opened(bytes, more.mapping);
  const files = [...(more.before ?? new Map([["book.yaml", BOOK]]))].map(([name, text]) => ({ name, text }));
  const main = files.find(({ name }) => name === "book.yaml") ?? { name: "book.yaml", text: BOOK };
  const options = {
    mapping: undefined,
    remembered: undefined,
    listWins: false,
    list: "list.csv",
    folder: "agreements/",
  };
  return planImport(readable, { main, files }, { ...options, ...more });
}
