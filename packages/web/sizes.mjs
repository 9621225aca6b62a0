// How much of the built console a browser loads, compressed: with the first page, and beside it with each other. Plain Node: what is
// asserted and what is measured count alike.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

/**
 * @typedef {object} Chunk
 * @property {string} file
 * @property {boolean} [isEntry]
 * @property {readonly string[]} [imports]
 * @property {readonly string[]} [dynamicImports]
 * @property {readonly string[]} [css]
 */

/** What was built, as its manifest says. Throws where nothing is. */
export class Built {
  /** @param {string} folder where it was built to */
  constructor(folder) {
    this.folder = folder;
    /** @type {Readonly<Record<string, Chunk>>} */
    this.manifest = JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8"));
    const [entry] = Object.entries(this.manifest).find(([, { isEntry }]) => isEntry === true) ?? [];
    if (entry === undefined) throw new Error("The build has no entry");
    this.entry = entry;
  }

  /**
   * Everything that is loaded with a chunk, itself included: what it imports, and their sheets.
   *
   * @param {string} name
   * @param {Set<string>} found
   * @returns {ReadonlySet<string>} files
   */
  loadedWith(name, found = new Set()) {
    const chunk = this.manifest[name];
    if (chunk === undefined) throw new Error(`${name} is not in the manifest`);
    if (found.has(chunk.file)) return found;
    found.add(chunk.file);
    for (const sheet of chunk.css ?? []) found.add(sheet);
    for (const one of chunk.imports ?? []) this.loadedWith(one, found);
    return found;
  }

  /** Bytes, compressed, of what the first page needs: own code, libraries, the client, the sheet. */
  get firstLoad() {
    return this.sum(this.loadedWith(this.entry));
  }

  /**
   * Bytes, compressed, of what a chunk brings beside the first load.
   *
   * @param {string} name
   */
  beside(name) {
    const first = this.loadedWith(this.entry);
    return this.sum([...this.loadedWith(name)].filter((file) => !first.has(file)));
  }

  /** Every page but those of the first load, by the name of its chunk. */
  get pages() {
    return Object.keys(this.manifest).filter((name) => /^src\/pages\/.*-page\.tsx$/.test(name));
  }

  /**
   * @param {Iterable<string>} files
   * @returns {number}
   */
  sum(files) {
    const compressed = (/** @type {string} */ file) =>
      gzipSync(readFileSync(join(this.folder, file)), { level: 9 }).length;
    return [...files].reduce((total, file) => total + compressed(file), 0);
  }
}
