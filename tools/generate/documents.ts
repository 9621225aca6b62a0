import { filledPage, pagePaths } from "../documents/pages.ts";

/** The examples and outputs shown in tutorials, how-to pages and explanations. */
export async function generate(): Promise<Map<string, string>> {
  const pages = new Map<string, string>();
  for (const path of pagePaths()) pages.set(path, await filledPage(path));
  return pages;
}
