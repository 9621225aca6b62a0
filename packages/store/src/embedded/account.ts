import { spawnSync } from "node:child_process";
import { chownSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { EmbeddedProblem } from "./problem.ts";

/** How PostgreSQL's programs are run: it refuses to run as root. */
export interface Account {
  /** Put before the program and its arguments. */
  readonly prefix: readonly string[];
  readonly uid?: number;
  readonly gid?: number;
  /** Hands a folder over to whom the programs run as. */
  readonly own: (folder: string) => void;
}

const NOBODY = "65534";
const AS_NOBODY = ["unshare", "-U", `--map-user=${NOBODY}`, `--map-group=${NOBODY}`];
const SELF: Account = { prefix: [], own: () => {} };

/**
 * As an ordinary user: as oneself. As root: in a user namespace in which root is called nobody (needs no account, files stay root's,
 * works under closed folders); where namespaces are forbidden, as an account `postgres` that is there already.
 *
 * @throws EmbeddedProblem `embedded_not_allowed` where neither is to be had
 */
export function findAccount(): Account {
  if (process.platform === "win32" || process.getuid?.() !== 0) return SELF;
  const [program, ...args] = [...AS_NOBODY, "true"];
  if (spawnSync(program, args, { stdio: "ignore" }).status === 0) return { prefix: AS_NOBODY, own: () => {} };
  const uid = idOf("-u");
  const gid = idOf("-g");
  if (uid !== undefined && gid !== undefined)
    return { prefix: [], uid, gid, own: (folder) => handOver(folder, uid, gid) };
  throw new EmbeddedProblem(
    "embedded_not_allowed",
    "PostgreSQL does not run as root, user namespaces are forbidden here, and there is no account `postgres`. Run as another user, or set DATABASE_URL.",
  );
}

function idOf(which: "-u" | "-g"): number | undefined {
  const { status, stdout } = spawnSync("id", [which, "postgres"], { encoding: "utf8" });
  return status === 0 ? Number(stdout.trim()) : undefined;
}

function handOver(path: string, uid: number, gid: number): void {
  chownSync(path, uid, gid);
  if (!statSync(path).isDirectory()) return;
  for (const name of readdirSync(path)) handOver(join(path, name), uid, gid);
}
