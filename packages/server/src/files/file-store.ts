import { createHash, randomBytes } from "node:crypto";
import type { PartyId } from "@offtake/core/kernel";
import type { BookName } from "@offtake/store/log";
import { type Database, inTransaction, type PartyReader } from "@offtake/store/postgres";
import type { Pool, PoolClient } from "pg";
import { Keeping } from "../texts/keeping.ts";
import { FileProblem } from "./problem.ts";
import { referenceOf } from "./reference.ts";

/** Bytes of one file at most. */
export const FILE_MAX = 20 * 1024 * 1024;

/** What is stored, and what the browser of whoever opens it makes of it: nothing that runs. */
export const MEDIA_TYPES = [
  "application/pdf",
  "message/rfc822",
  "image/jpeg",
  "image/png",
  "text/plain",
  "text/csv",
  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
] as const;
export type MediaType = (typeof MEDIA_TYPES)[number];

export interface NewFile {
  readonly bytes: Uint8Array;
  readonly mediaType: string;
  readonly name: string;
  /** Whose file it is. */
  readonly owner: PartyId;
  /** Other parties that may read it; of a privileged file nobody but its owner. */
  readonly readers?: readonly PartyId[];
  /** Who added it: a member's id. */
  readonly addedBy?: string;
  readonly privileged?: boolean;
  /** The agreement that it is about: how long it is kept, and what holds it. */
  readonly agreement?: string;
  /** It is not erased before: milliseconds since 1970. */
  readonly keepUntilMs?: number;
}

export interface StoredFile {
  /** By what the log and other parties know it: salted, so that it tells nothing of the content. */
  readonly reference: string;
  readonly sha256: string;
  readonly size: number;
  readonly name: string;
  readonly mediaType: string;
  readonly owner: PartyId;
  readonly privileged: boolean;
  readonly legalHold?: string;
}

interface FileRow {
  readonly reference: string;
  readonly sha256: Buffer | null;
  readonly name: string | null;
  readonly media_type: string;
  readonly size: string;
  readonly owner: string;
  readonly privileged: boolean;
  readonly legal_hold: string | null;
}

type Queryable = Pick<Pool | PoolClient, "query">;

const COLUMNS = "reference, sha256, name, media_type, size, owner, privileged, legal_hold";

/**
 * Files of a book beside its log. Content is kept once by its SHA-256; each file has a reference of its own, an HMAC of the content under
 * a salt. Once content, name and salt are erased the reference that the log holds tells nothing.
 */
export class FileStore {
  private readonly pool: Pool;
  private readonly reader: PartyReader;
  private readonly keeping: Keeping;

  constructor({ pool, reader }: Pick<Database, "pool" | "reader">) {
    this.pool = pool;
    this.reader = reader;
    this.keeping = new Keeping(pool);
  }

  /** @throws FileProblem where it is empty, too large or of a kind that is not taken */
  async add(book: BookName, file: NewFile): Promise<StoredFile> {
    const { bytes, mediaType, name, owner, readers = [], addedBy, privileged = false, agreement, keepUntilMs } = file;
    if (bytes.length === 0) throw new FileProblem("file_empty", "The file is empty.");
    if (bytes.length > FILE_MAX)
      throw new FileProblem("file_too_large", `A file has at most ${FILE_MAX / 1024 / 1024} MB.`);
    if (!(MEDIA_TYPES as readonly string[]).includes(mediaType))
      throw new FileProblem("media_type_not_taken", `Files of these kinds are taken: ${MEDIA_TYPES.join(", ")}.`);
    const content = Buffer.from(bytes);
    const sha256 = createHash("sha256").update(content).digest();
    const salt = randomBytes(32);
    const reference = referenceOf(sha256.toString("hex"), salt.toString("hex"));
    await this.pool.query(
      `with content as (
         insert into file_contents (book, sha256, content) values ($1, $3, $4)
         on conflict (book, sha256) do update set sha256 = excluded.sha256
       )
       insert into files (book, reference, sha256, salt, owner, readers, name, media_type, size, added_by, privileged, keep_until, agreement)
       values ($1, $2, $3, $5, $6, $7, $8, $9, $10, $11, $12, to_timestamp($13::double precision / 1000), $14)`,
      [
        book,
        reference,
        sha256,
        content,
        salt,
        owner,
        privileged ? [] : readers,
        cleanName(name),
        mediaType,
        content.length,
        addedBy ?? null,
        privileged,
        keepUntilMs ?? null,
        agreement ?? null,
      ],
    );
    const stored = { reference, sha256: sha256.toString("hex"), size: content.length, name: cleanName(name) };
    return { ...stored, mediaType, owner, privileged };
  }

  /** A file for a party that may read it. What it may not read answers like what is not there. */
  async find(book: BookName, party: PartyId, reference: string): Promise<StoredFile | undefined> {
    const { rows } = await this.reader.query<FileRow>(book, party, {
      text: `select ${COLUMNS} from files
       where book = $1 and reference = $2 and erased_at is null and (owner = $3 or (not privileged and $3 = any(readers)))`,
      values: [book, reference, party],
    });
    return rows[0] === undefined ? undefined : storedFile(rows[0]);
  }

  async content(book: BookName, party: PartyId, reference: string): Promise<Buffer | undefined> {
    const { rows } = await this.reader.query<{ content: Buffer }>(book, party, {
      text: `select c.content from files f join file_contents c on c.book = f.book and c.sha256 = f.sha256
       where f.book = $1 and f.reference = $2 and (f.owner = $3 or (not f.privileged and $3 = any(f.readers)))`,
      values: [book, reference, party],
    });
    return rows[0]?.content;
  }

  /** Every file that a party may read, in the order in which they came. */
  async list(book: BookName, party: PartyId): Promise<readonly StoredFile[]> {
    const { rows } = await this.reader.query<FileRow>(book, party, {
      text: `select ${COLUMNS} from files
       where book = $1 and erased_at is null and (owner = $2 or (not privileged and $2 = any(readers))) order by added_at, reference`,
      values: [book, party],
    });
    return rows.map(storedFile);
  }

  /** What is needed to show somebody else that a reference is of a content: the salt. For the owner alone. */
  async opening(
    book: BookName,
    owner: PartyId,
    reference: string,
  ): Promise<{ sha256: string; salt: string } | undefined> {
    const { rows } = await this.reader.query<{ sha256: Buffer; salt: Buffer }>(book, owner, {
      text: "select sha256, salt from files where book = $1 and reference = $2 and owner = $3 and erased_at is null",
      values: [book, reference, owner],
    });
    const [row] = rows;
    return row && { sha256: row.sha256.toString("hex"), salt: row.salt.toString("hex") };
  }

  /** Lets others read it; privileged files stay their owner's. */
  async share(book: BookName, owner: PartyId, reference: string, party: PartyId): Promise<void> {
    await this.owned(
      this.pool,
      `update files set readers = array(select distinct unnest(readers || array[$4]))
       where book = $1 and reference = $2 and owner = $3 and not privileged returning reference`,
      [book, reference, owner, party],
    );
  }

  /** A reason keeps it from being erased until it is lifted (`undefined`). */
  async hold(book: BookName, owner: PartyId, reference: string, reason: string | undefined): Promise<void> {
    await this.owned(
      this.pool,
      "update files set legal_hold = $4 where book = $1 and reference = $2 and owner = $3 and erased_at is null returning reference",
      [book, reference, owner, reason ?? null],
    );
  }

  /**
   * Erases name, salt and, where no other file has it, content. The reference stays, and tells nothing any more.
   *
   * @throws FileProblem where it is held, kept by a rule, or not there
   */
  async erase(book: BookName, owner: PartyId, reference: string, by?: string): Promise<void> {
    await inTransaction(this.pool, async (client) => {
      const { rows } = await client.query<{
        sha256: Buffer;
        legal_hold: string | null;
        kept: boolean | null;
        agreement: string | null;
        added_at: Date;
      }>(
        `select sha256, legal_hold, keep_until > clock_timestamp() as kept, agreement, added_at from files
         where book = $1 and reference = $2 and owner = $3 and erased_at is null for update`,
        [book, reference, owner],
      );
      const [row] = rows;
      if (row === undefined) throw new FileProblem("not_found", "There is no such file.");
      if (row.legal_hold !== null) throw new FileProblem("file_on_hold", "A legal hold keeps this file.");
      if (row.kept === true) throw new FileProblem("file_kept_by_rule", "A rule of retention keeps this file longer.");
      const agreements = row.agreement === null ? [] : [row.agreement];
      await this.keeping.assertMayErase(book, agreements, row.added_at, false, client);
      await client.query(
        `update files set sha256 = null, salt = null, name = null, readers = '{}', erased_at = clock_timestamp(), erased_by = $3
         where book = $1 and reference = $2`,
        [book, reference, by ?? null],
      );
      await dropContent(client, book, row.sha256);
    });
  }

  private async owned(on: Queryable, text: string, values: readonly unknown[]): Promise<void> {
    const { rowCount } = await (on as Pool).query(text, [...values]);
    if (rowCount === 0) throw new FileProblem("not_found", "There is no such file.");
  }
}

const STILL_REFERRED_TO = "23503";

/** Content goes with the last file that has it; one that is being added meanwhile keeps it. */
async function dropContent(client: PoolClient, book: BookName, sha256: Buffer): Promise<void> {
  await client.query("savepoint content");
  try {
    await client.query(
      `delete from file_contents c where book = $1 and sha256 = $2
       and not exists (select 1 from files f where f.book = c.book and f.sha256 = c.sha256)`,
      [book, sha256],
    );
  } catch (error) {
    if ((error as { code?: string }).code !== STILL_REFERRED_TO) throw error;
    await client.query("rollback to savepoint content");
  }
}

/** The last part of a path, without control characters: what it is called when it is saved again. */
function cleanName(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? "";
  const printable = Array.from(last).filter(
    (character) => character >= " " && character !== "\u007f" && character !== '"',
  );
  return printable.join("").slice(0, 200) || "file";
}

function storedFile(row: FileRow): StoredFile {
  return {
    reference: row.reference,
    sha256: row.sha256?.toString("hex") ?? "",
    size: Number(row.size),
    name: row.name ?? "",
    mediaType: row.media_type,
    owner: row.owner as PartyId,
    privileged: row.privileged,
    ...(row.legal_hold === null ? {} : { legalHold: row.legal_hold }),
  };
}
