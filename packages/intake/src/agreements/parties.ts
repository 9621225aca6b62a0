import type { Choice } from "./codes.ts";
import { folded } from "./reading.ts";
import { slugOf } from "./slug.ts";

export interface PartyName {
  readonly id: string;
  readonly name: string;
}

const LEGAL =
  /\b(?:inc|incorporated|corp|corporation|co|company|ltd|limited|llc|llp|plc|gmbh|ag|kg|se|sa|sas|sarl|bv|nv|oy|ab|asa|srl|spa|pte|pty|kk|group|holdings?)\b/g;
const core = (name: string): string => folded(name).replace(LEGAL, " ").replace(/\s+/g, " ").trim();

/** Finds the party of a name: as the mapping says, one that the book has under that name or id, or a new one. */
export class PartyBook {
  readonly added: PartyName[] = [];
  readonly choices: Choice[] = [];
  private readonly byName = new Map<string, string>();
  private readonly names = new Map<string, string>();
  private readonly spellings = new Set<string>();
  private readonly stated: Readonly<Record<string, string>>;

  constructor(known: readonly PartyName[], stated: Readonly<Record<string, string>>) {
    this.stated = stated;
    for (const { id, name } of known) {
      this.names.set(id, name);
      this.byName.set(folded(name), id);
      if (!this.byName.has(folded(id))) this.byName.set(folded(id), id);
    }
  }

  idOf(name: string): string {
    const stated = this.stated[name];
    if (stated !== undefined) {
      if (!this.names.has(stated)) this.add(stated, name);
      return stated;
    }
    const key = folded(name);
    const known = this.byName.get(key);
    if (known !== undefined) {
      this.tellSame(name, known);
      return known;
    }
    const near = [...this.names].find(([, other]) => core(other) === core(name) && core(name) !== "");
    const id = this.free(slugOf(name, "p") ?? "party");
    if (near !== undefined)
      this.choices.push({
        column: "counterparty",
        value: name,
        taken: id,
        why: `a party of its own, though ${near[1]} is called alike; if they are one, say so under \`parties\` of the mapping`,
      });
    this.add(id, name);
    return id;
  }

  /** Names that differ in case, accents or marks alone are one party, and that is told once for each. */
  private tellSame(name: string, id: string): void {
    const other = this.names.get(id) ?? id;
    if (other === name || id === name || this.spellings.has(name)) return;
    this.spellings.add(name);
    this.choices.push({
      column: "counterparty",
      value: name,
      taken: id,
      why: `taken as ${other}: only case or marks differ`,
    });
  }

  nameOf(id: string): string {
    return this.names.get(id) ?? id;
  }

  private free(wanted: string): string {
    for (let n = 1; ; n += 1) {
      const id = n === 1 ? wanted : `${wanted}-${n}`;
      if (!this.names.has(id)) return id;
    }
  }

  private add(id: string, name: string): void {
    this.names.set(id, name);
    this.byName.set(folded(name), id);
    this.added.push({ id, name });
  }
}
