import { createHash, randomBytes } from "node:crypto";
import type { CommandBody } from "@offtake/core/book";
import type { PartyId } from "@offtake/core/kernel";
import type { BookName } from "@offtake/store/log";
import type { Pool } from "pg";
import { FileProblem } from "../files/problem.ts";
import { type HiddenText, hiddenIn, type TextKind, withReferences } from "./hidden-fields.ts";
import type { Keeping } from "./keeping.ts";
import { TEXT_REFERENCE, textReferenceOf } from "./reference.ts";

/** A text as whoever wrote it finds it. */
export interface KeptText {
  readonly reference: string;
  readonly kind: TextKind;
  readonly content: string;
  readonly writers: readonly PartyId[];
  readonly agreements: readonly string[];
  readonly addedAt: Date;
}

/** What shows somebody else that a reference is of a text. */
export interface TextOpening {
  readonly reference: string;
  readonly text: string;
  readonly salt: string;
}

/** What stands where a text was. */
export const ERASED = "[erased]";

interface Row {
  readonly reference: string;
  readonly kind: TextKind;
  readonly content: string;
  readonly writers: PartyId[];
  readonly agreements: string[];
  readonly added_at: Date;
}

/**
 * Names and free words of a book, beside its log. The same words are one text with one reference, so that what the core compares, such as who
 * signed with who may, is compared as before. Whoever was told a reference may read it: nobody can guess one.
 */
export class TextStore {
  private readonly pool: Pool;
  private readonly keeping: Keeping;

  constructor(pool: Pool, keeping: Keeping) {
    this.pool = pool;
    this.keeping = keeping;
  }

  /** The command as the log may have it: each name and each free word in it kept here, a reference in its place. */
  async hide(book: BookName, body: CommandBody, actor: PartyId): Promise<CommandBody> {
    const hidden = hiddenIn(body);
    if (hidden.length === 0) return body;
    const agreements = await this.agreementsOf(book, body);
    const references = new Map<string, string>();
    for (const one of hidden) references.set(keyOf(one), await this.keep(book, one, actor, agreements));
    return withReferences(body, (one) => references.get(keyOf(one)) ?? "");
  }

  /** A text that goes out to somebody who was told what is in it: with words in the place of references. */
  async reveal(book: BookName, text: string, quoted: (content: string) => string = jsonContent): Promise<string> {
    const references = [...new Set(text.match(TEXT_REFERENCE))];
    if (references.length === 0) return text;
    const { rows } = await this.pool.query<{ reference: string; content: string | null }>(
      "select reference, content from texts where book = $1 and reference = any($2)",
      [book, references],
    );
    const known = new Map(rows.map(({ reference, content }) => [reference, content]));
    return text.replaceAll(TEXT_REFERENCE, (reference) =>
      known.has(reference) ? quoted(known.get(reference) ?? ERASED) : reference,
    );
  }

  /** What opens the references in a text; those that were erased have none. */
  async openings(book: BookName, text: string): Promise<readonly TextOpening[]> {
    const { rows } = await this.pool.query<{ reference: string; content: string; salt: Buffer }>(
      "select reference, content, salt from texts where book = $1 and reference = any($2) and erased_at is null order by reference",
      [book, [...new Set(text.match(TEXT_REFERENCE))]],
    );
    return rows.map(({ reference, content, salt }) => ({ reference, text: content, salt: salt.toString("hex") }));
  }

  /** Texts that a party wrote, all of them for the keeper; only those with some words in them where they are given. */
  async list(book: BookName, party: PartyId, isKeeper: boolean, holding = ""): Promise<readonly KeptText[]> {
    const { rows } = await this.pool.query<Row>(
      `select reference, kind, content, writers, agreements, added_at from texts
       where book = $1 and erased_at is null and ($2 = any(writers) or $3) and strpos(lower(content), lower($4)) > 0
       order by added_at, reference limit 1000`,
      [book, party, isKeeper, holding],
    );
    return rows.map(({ added_at: addedAt, ...row }) => ({ ...row, addedAt }));
  }

  /**
   * Erases a text: its reference tells nothing any more. Names go whenever they are asked for unless a hold keeps them; words about an
   * agreement stay as long as its rule says.
   *
   * @throws FileProblem where it is held, kept by a rule, or none that the party wrote
   */
  async erase(book: BookName, party: PartyId, isKeeper: boolean, reference: string, by: string): Promise<void> {
    const { rows } = await this.pool.query<Row>(
      `select reference, kind, content, writers, agreements, added_at from texts
       where book = $1 and reference = $2 and erased_at is null and ($3 = any(writers) or $4)`,
      [book, reference, party, isKeeper],
    );
    const [row] = rows;
    if (row === undefined) throw new FileProblem("not_found", "There is no such text.");
    await this.keeping.assertMayErase(book, row.agreements, row.added_at, row.kind === "name");
    await this.pool.query(
      `update texts set content = null, salt = null, digest = null, erased_at = clock_timestamp(), erased_by = $3
       where book = $1 and reference = $2`,
      [book, reference, by],
    );
  }

  private async keep(
    book: BookName,
    { text, kind }: HiddenText,
    actor: PartyId,
    agreements: readonly string[],
  ): Promise<string> {
    const salt = randomBytes(32);
    const { rows } = await this.pool.query<{ reference: string }>(
      `insert into texts (book, reference, digest, salt, content, kind, writers, agreements)
       values ($1, $2, $3, $4, $5, $6, array[$7], $8)
       on conflict (book, digest, kind) where digest is not null do update set
         writers = array(select distinct unnest(texts.writers || excluded.writers) order by 1),
         agreements = array(select distinct unnest(texts.agreements || excluded.agreements) order by 1)
       returning reference`,
      [
        book,
        textReferenceOf(text, salt.toString("hex")),
        createHash("sha256").update(text, "utf8").digest(),
        salt,
        text,
        kind,
        actor,
        agreements,
      ],
    );
    return rows[0]?.reference ?? "";
  }

  /** The agreements that a command names, or that what it names stands under. */
  private async agreementsOf(book: BookName, body: CommandBody): Promise<readonly string[]> {
    if ("agreement" in body && typeof body.agreement === "string") return [body.agreement];
    if (!("notice" in body)) return [];
    const { rows } = await this.pool.query<{ agreement: string }>(
      "select distinct agreement from feed_objects where book = $1 and kind = 'notices' and id = $2 and agreement is not null",
      [book, body.notice],
    );
    return rows.map(({ agreement }) => agreement);
  }
}

const keyOf = ({ text, kind }: HiddenText): string => `${kind} ${text}`;

/** Inside a JSON text. */
const jsonContent = (content: string): string => JSON.stringify(content).slice(1, -1);
