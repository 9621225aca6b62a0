import type { PartyId } from "../kernel/index.ts";

export interface SourceClass {
  /** What scopes test: `market`, `own_build`. */
  readonly name: string;
  /** Who would supply it, where the request says so. */
  readonly parties: readonly PartyId[];
}

const NOBODY: readonly PartyId[] = [];

/** Reads `own_build` or `own_build:delta,delta2`: the class, and the parties it stands for. */
export function parseSourceClass(text: string): SourceClass {
  const colon = text.indexOf(":");
  if (colon < 0) return { name: text, parties: NOBODY };
  return { name: text.slice(0, colon), parties: text.slice(colon + 1).split(",") as PartyId[] };
}
