import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";

const HOMES = "/usr/lib/postgresql";
const BODY_BYTES = 11_000;
const SCRIPT = `\\set n random(1, 9000000000000000)
insert into pgbench_log (book, position, at, key, fingerprint, actor, type, took, body, hash)
values ('raw', :n, 0, 'k' || :n, repeat('f', 64), 'lab', 'submitRequest', true, (select body from pgbench_body), sha256(:n::text::bytea));
`;

/** Single inserts of rows like those of the log, each its own commit, as `pgbench` measures them; undefined where it is not installed. */
export async function pgbench(url: string, clients: number, seconds: number): Promise<number | undefined> {
  const program = programs().find((path) => spawnSync(path, ["--version"]).status === 0);
  if (program === undefined) return undefined;
  const folder = mkdtempSync(join(tmpdir(), "offtake-pgbench-"));
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query("create table pgbench_log (like log including defaults including indexes)");
    await client.query("create table pgbench_body as select repeat(md5(random()::text), $1::integer / 32) as body", [
      BODY_BYTES,
    ]);
    writeFileSync(join(folder, "insert.sql"), SCRIPT);
    const options = ["-n", "-M", "prepared", "-f", join(folder, "insert.sql"), "-c", `${clients}`, "-j", "2"];
    const { stdout } = spawnSync(program, [...options, "-T", `${seconds}`, url], { encoding: "utf8" });
    const rate = /^tps = ([\d.]+)/m.exec(stdout)?.[1];
    return rate === undefined ? undefined : Number(rate);
  } finally {
    await client.query("drop table if exists pgbench_log, pgbench_body");
    await client.end();
    rmSync(folder, { recursive: true, force: true });
  }
}

function programs(): readonly string[] {
  try {
    return ["pgbench", ...readdirSync(HOMES).map((version) => join(HOMES, version, "bin", "pgbench"))];
  } catch {
    return ["pgbench"];
  }
}
