import { WORKBOOK, workbookBytes } from "../lists/workbook.ts";

/** The workbook of the list of agreements that ships, from its CSV. */
export async function generate(): Promise<Map<string, Uint8Array>> {
  return new Map([[WORKBOOK, await workbookBytes()]]);
}
