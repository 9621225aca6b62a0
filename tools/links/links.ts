import { dirname, normalize } from "node:path/posix";
import type { Source } from "../sources.ts";
import { lineOf } from "../sources.ts";

/** A link of a Markdown file to another file of this repository. */
export interface Link {
  readonly where: string;
  /** As written. */
  readonly target: string;
  /** The path from the root; starts with ".." where the link leads out of the repository. */
  readonly path: string;
  /** The heading that is meant, as GitHub spells it; undefined for the file as a whole. */
  readonly anchor: string | undefined;
}

const LINK = /(?<!`)\[[^\]\n]*\]\(([^()\s]+)\)/g;

/** Every link to a file or heading here; links to the web are not followed. */
export function linksOf(source: Source): Link[] {
  return [...withoutCode(source.text).matchAll(LINK)].flatMap((match) => {
    const target = match[1] ?? "";
    if (/^[a-z]+:/.test(target)) return [];
    const [file = "", anchor] = target.split("#");
    const path = file === "" ? source.path : normalize(`${dirname(source.path)}/${decodeURI(file)}`).replace(/\/$/, "");
    return [{ where: `${source.path}:${lineOf(source, match.index)}`, target, path, anchor }];
  });
}

/** The anchors of a Markdown file's headings. */
export function anchorsOf(source: Source): Set<string> {
  const headings = withoutCode(source.text).matchAll(/^#{1,6} +(.+?) *$/gm);
  return new Set(Array.from(headings, (match) => anchorOf(match[1] ?? "")));
}

function anchorOf(heading: string): string {
  const text = heading.replace(/\[([^\]]*)\]\([^)]*\)/g, "$1").toLowerCase();
  return text.replace(/[^\p{L}\p{N} _-]/gu, "").replaceAll(" ", "-");
}

/** The text with fenced code blanked out, line for line. */
function withoutCode(text: string): string {
  return text.replace(/^(```|~~~)[^\n]*\n[\s\S]*?^\1/gm, (block) => block.replace(/[^\n]/g, " "));
}
