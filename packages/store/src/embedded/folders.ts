import { createHash } from "node:crypto";
import { chmodSync, lstatSync, mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { EmbeddedProblem } from "./problem.ts";

/** The folders of one embedded database. */
export interface Folders {
  readonly root: string;
  readonly data: string;
  readonly log: string;
  /** Where the Unix socket is. */
  readonly socket: string;
  readonly libraries: string;
}

/** The address of a Unix socket has room for 107 bytes; PostgreSQL adds this to its folder. */
const SOCKET_NAME = "/.s.PGSQL.5432";
const SOCKET_PATH_MAX = 107;

export function foldersOf(folder: string): Folders {
  const root = resolve(folder);
  return {
    root,
    data: join(root, "data"),
    log: join(root, "postgres.log"),
    socket: socketFolder(root),
    libraries: join(root, "lib"),
  };
}

/** Makes the folders, closed to everybody else. */
export function makeFolders({ root, socket }: Folders): void {
  for (const folder of [root, socket]) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    assertOwn(folder);
    chmodSync(folder, 0o700);
  }
}

/** A folder in a place that others write to must be ours and no link, or somebody else could answer in the database's stead. */
function assertOwn(folder: string): void {
  const { uid } = lstatSync(folder);
  const own = process.getuid?.();
  if (lstatSync(folder).isSymbolicLink() || (own !== undefined && own !== 0 && uid !== own))
    throw new EmbeddedProblem("embedded_not_allowed", `${folder} belongs to somebody else.`);
}

function socketFolder(root: string): string {
  const inside = join(root, "socket");
  if (Buffer.byteLength(inside + SOCKET_NAME) < SOCKET_PATH_MAX) return inside;
  const name = createHash("sha256").update(root).digest("hex").slice(0, 16);
  return join(tmpdir(), `offtake-${name}`);
}
