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
  /** Undefined for a name that its writer may share with others. */
  readonly addedAt: Date | undefined;
}

/** What shows somebody else that a reference is of a text. */
export interface TextOpening {
  readonly reference: string;
  readonly text: string;
  readonly salt: string;
}

/** What stands where a text was. */
const REFERENCE = /^txt_[0-9a-f]{40}$/;
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
    for (const one of hidden)
      if (!references.has(keyOf(one))) references.set(keyOf(one), await this.keep(book, one, actor, agreements));
    return withReferences(body, (one) => references.get(keyOf(one)) ?? "");
  }

  /** A command that was hidden, with the words of a party that was told it in the place of references: so it can be given again, changed. */
  async shown<Body extends CommandBody>(book: BookName, body: Body, party: PartyId): Promise<Body> {
    const told = await this.contents(
      book,
      party,
      hiddenIn(body)
        .map(({ text }) => text)
        .join("\n"),
    );
    return withReferences(body, ({ text }) => told.get(text) ?? text) as Body;
  }

  /** The command as it would be hidden, for what is worked out beforehand: nothing is kept, and texts that are new stand as they are. */
  async supposed<Body extends CommandBody>(book: BookName, body: Body, actor: PartyId): Promise<Body> {
    const references = new Map<string, string>();
    for (const one of hiddenIn(body)) {
      const { rows } = await this.pool.query<{ reference: string }>(
        "select reference from texts where book = $1 and digest = $2 and kind = $3 and owner = $4",
        [book, digestOf(one.text), one.kind, ownerOf(one, actor)],
      );
      references.set(keyOf(one), rows[0]?.reference ?? one.text);
    }
    return withReferences(body, (one) => references.get(keyOf(one)) ?? one.text) as Body;
  }

  /**
   * A text that goes out to a party that was told what is in it: with words in the place of references.
   *
   * @param party what it has taken back itself it is not shown again; undefined where nobody is known
   */
  async reveal(
    book: BookName,
    party: PartyId | undefined,
    text: string,
    quoted: (content: string) => string = jsonContent,
  ): Promise<string> {
    const contents = await this.contents(book, party, text);
    if (contents.size === 0) return text;
    return text.replaceAll(TEXT_REFERENCE, (reference) => {
      const content = contents.get(reference);
      return content === undefined ? reference : quoted(content);
    });
  }

  /** What the references in a text stand for; none of those that this book does not have. */
  async contents(book: BookName, party: PartyId | undefined, text: string): Promise<ReadonlyMap<string, string>> {
    const references = [...new Set(text.match(TEXT_REFERENCE))];
    if (references.length === 0) return new Map();
    const { rows } = await this.pool.query<{ reference: string; content: string | null }>(
      `select reference, case when $3 = any(erased_for) then null else content end as content
       from texts where book = $1 and reference = any($2)`,
      [book, references, party ?? ""],
    );
    return new Map(rows.map(({ reference, content }) => [reference, content ?? ERASED]));
  }

  /** What opens the references in a text for a party that was told it; those that were erased have none. */
  async openings(book: BookName, party: PartyId, text: string): Promise<readonly TextOpening[]> {
    const { rows } = await this.pool.query<{ reference: string; content: string; salt: Buffer }>(
      "select reference, content, salt from texts where book = $1 and reference = any($2) and erased_at is null and not ($3 = any(erased_for)) order by reference",
      [book, [...new Set(text.match(TEXT_REFERENCE))], party],
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
    return rows.map(({ added_at: addedAt, ...row }) =>
      isKeeper || row.kind === "words"
        ? { ...row, addedAt }
        : { ...row, writers: [party], agreements: [], addedAt: undefined },
    );
  }

  /**
   * Erases a text: its reference tells nothing any more. Names go whenever they are asked for unless a hold keeps them; words about an
   * agreement stay as long as its rule says. What others have written as well stays theirs: it is gone for the party that asks, and nobody
   * tells it that there are others.
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
    if (!isKeeper && row.writers.some((writer) => writer !== party)) {
      await this.pool.query(
        `update texts set writers = array_remove(writers, $3), erased_for = array_append(erased_for, $3)
         where book = $1 and reference = $2 and not ($3 = any(erased_for))`,
        [book, reference, party],
      );
      return;
    }
    await this.pool.query(
      `update texts set content = null, salt = null, digest = null, erased_at = clock_timestamp(), erased_by = $3
       where book = $1 and reference = $2`,
      [book, reference, by],
    );
  }

  private async keep(book: BookName, one: HiddenText, actor: PartyId, agreements: readonly string[]): Promise<string> {
    const { text, kind } = one;
    const [digest, owner] = [digestOf(text), ownerOf(one, actor)];
    if (REFERENCE.test(text) && (await this.isOwn(book, text, actor))) return text;
    // Most names and projects are written again and again: nothing is written anew then, and no row is waited for.
    const known = await this.pool.query<{ reference: string }>(
      `select reference from texts where book = $1 and digest = $2 and kind = $3 and owner = $4
         and $5 = any(writers) and agreements @> $6 and not ($5 = any(erased_for))`,
      [book, digest, kind, owner, actor, agreements],
    );
    if (known.rows[0] !== undefined) return known.rows[0].reference;
    const salt = randomBytes(32);
    const { rows } = await this.pool.query<{ reference: string }>(
      `insert into texts (book, reference, digest, salt, content, kind, owner, writers, agreements)
       values ($1, $2, $3, $4, $5, $6, $7, array[$8], $9)
       on conflict (book, digest, kind, owner) where digest is not null do update set
         writers = array(select distinct unnest(texts.writers || excluded.writers) order by 1),
         agreements = array(select distinct unnest(texts.agreements || excluded.agreements) order by 1),
         erased_for = array_remove(texts.erased_for, $8)
       returning reference`,
      [book, textReferenceOf(text, salt.toString("hex")), digest, salt, text, kind, owner, actor, agreements],
    );
    return rows[0]?.reference ?? "";
  }

  /** A command that waited for its approval was hidden before: what its sender wrote then stays what it is, also where it was erased since. */
  private async isOwn(book: BookName, reference: string, actor: PartyId): Promise<boolean> {
    const { rows } = await this.pool.query(
      "select 1 from texts where book = $1 and reference = $2 and ($3 = any(writers) or $3 = any(erased_for))",
      [book, reference, actor],
    );
    return rows.length > 0;
  }

  /** The agreements that a command names, or that what it names stands under. */
  private async agreementsOf(book: BookName, body: CommandBody): Promise<readonly string[]> {
    if ("agreement" in body) return [typeof body.agreement === "string" ? body.agreement : body.agreement.id];
    if (!("notice" in body)) return [];
    const { rows } = await this.pool.query<{ agreement: string }>(
      "select distinct agreement from feed_objects where book = $1 and kind = 'notices' and id = $2 and agreement is not null",
      [book, body.notice],
    );
    return rows.map(({ agreement }) => agreement);
  }
}

const digestOf = (text: string): Buffer => createHash("sha256").update(text, "utf8").digest();

/** Names are compared whoever wrote them, such as of who signs with who may; words are only their writer's. */
const ownerOf = ({ kind }: HiddenText, actor: PartyId): string => (kind === "name" ? "" : actor);

const keyOf = ({ text, kind }: HiddenText): string => `${kind} ${text}`;

/** Inside a JSON text. */
const jsonContent = (content: string): string => JSON.stringify(content).slice(1, -1);
