import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { COMMANDS } from "./commands/index.ts";
import { runCli } from "./program.ts";
import type { Io } from "./terminal/io.ts";

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** A folder of its own with files in it, and the command run there without a process. */
export class Desk {
  readonly folder = mkdtempSync(join(tmpdir(), "offtake-cli-"));

  write(path: string, text: string): string {
    mkdirSync(dirname(join(this.folder, path)), { recursive: true });
    writeFileSync(join(this.folder, path), text);
    return path;
  }

  clear(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  async run(args: readonly string[], changed: Partial<Io> = {}): Promise<Ran> {
    let out = "";
    let err = "";
    const io: Io = {
      out: (text) => {
        out += text;
      },
      err: (text) => {
        err += text;
      },
      env: {},
      cwd: this.folder,
      outIsTerminal: false,
      errIsTerminal: false,
      width: 100,
      signal: new AbortController().signal,
      ...changed,
    };
    const code = await runCli(args, io, COMMANDS);
    return { code, out, err };
  }
}

/** A book in which LAB buys, ALFA is asked first and GAMMA's price list stands. */
export const BOOK = `schema: offtake/book@1
keeper: lab
zone: America/Los_Angeles
policy: { tenderWindow: 24 hours, tie: none }
parties:
  - { id: lab, name: LAB, roles: buyer }
  - { id: alfa, name: ALFA Cloud, roles: [provider, holder] }
  - { id: gamma, name: GAMMA, roles: provider }
agreements:
  - name: lab-alfa
    parties: { buyer: lab, provider: alfa }
    effective: { from: 2026-01-01, to: 2030-12-31 }
    holidays: us-federal
    clauses:
      - { id: r1, kind: first-refusal, scope: { accelerators: [GB200] }, window: 5 business days, partial: any multiple of 8, tail: 60 days }
      - { id: spend, kind: commitment, amount: 250000000 USD }
capacity:
  - { id: g1, provider: gamma, accelerator: GB200, region: us-central, count: 2048, window: { from: 2026-01-01, to: 2030-12-31 } }
offers:
  - { id: gamma-list, provider: gamma, accelerator: GB200, region: us-central, price: 2.60 USD/h, block: 8, blocks: g1, standing: true }
requests:
  - { id: q1, accelerators: GB200, count: 1024, block: 8, regions: us-central, window: { from: 2027-01-01, to: 2027-12-31 }, purpose: inference, cap: 3.00 USD/h }
`;

export const AMENDED = `schema: offtake/agreement@1
name: lab-alfa
parties: { buyer: lab, provider: alfa }
effective: { from: 2026-01-01, to: 2030-12-31 }
holidays: us-federal
clauses:
  - { id: r1, kind: first-refusal, scope: { accelerators: [GB200] }, window: 10 business days, partial: any multiple of 8, tail: 60 days }
`;

/** A case on the book of `world.yaml`; `count` is what ALFA is expected to be awarded. */
export function caseOf(id: string, count = 600): string {
  return `schema: offtake/case@1
id: ${id}
title: ALFA takes a part
why: for the specs
world: world.yaml
script:
  - { at: 2026-09-14T17:00:00Z, do: submit, request: q1 }
  - { at: 2026-09-16T18:00:00Z, by: alfa, do: accept, count: 600 }
  - { at: 2026-09-30T00:00:00Z, do: wait }
expect:
  - awarded: { to: alfa, count: ${count} }
  - no-notice: { to: gamma }
`;
}

export const STORY = `schema: offtake/story@1
id: small
title: A small story
about: LAB asks, ALFA has a right of first refusal.
assumed: Everything.
world: world.yaml
script:
  - { at: 2026-09-14T17:00:00Z, do: submit, request: q1, note: LAB asks for a year., evidence: { grade: assumed, source: ours } }
  - { at: 2026-09-16T18:00:00Z, by: alfa, do: accept, count: 600 }
  - { at: 2026-09-30T00:00:00Z, do: wait }
expect:
  - awarded: { to: alfa, count: 600 }
elements:
  - { quote: the news, object: an award, shown: [{ awarded: { to: gamma, count: 424 } }] }
  - { quote: more news, object: nothing }
`;
