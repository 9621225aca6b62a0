import type { BrokerOptions, Line } from "../../broker/connect.ts";
import { agreedTo } from "../../broker/confirm.ts";
import { listAtBroker } from "../../broker/list.ts";
import { atBroker } from "../../broker/run.ts";
import { EXIT, type ExitCode } from "../../terminal/exit-codes.ts";
import { tellFailure } from "../../terminal/failures.ts";
import type { Io } from "../../terminal/io.ts";

/** A text as the API tells it. */
interface Text {
  readonly reference: string;
  readonly kind: "name" | "words";
  readonly content: string;
  readonly writers: readonly string[];
  readonly agreements: readonly string[];
}

interface Rule {
  readonly agreement?: string;
  readonly keepDays?: number;
  readonly legalHold?: string;
}

export interface TextOptions extends BrokerOptions {
  readonly holding?: string;
  readonly limit: string;
  readonly format?: string;
}
export type EraseOptions = BrokerOptions & { readonly yes?: true };
export type RuleOptions = BrokerOptions;
export type RetentionOptions = BrokerOptions & { readonly days: string };

const DAYS_MAX = 36_500;

export function listTexts(io: Io, options: TextOptions): Promise<ExitCode> {
  const { holding } = options;
  return listAtBroker(
    io,
    options,
    async ({ client, book }, limit) => {
      const query = holding === undefined ? {} : { holding };
      const { data } = (await client.call("textList", { params: { book }, query })).value as {
        readonly data: readonly Text[];
      };
      return { data: data.slice(0, limit).map((text) => ({ id: text.reference, ...text })) };
    },
    {
      columns: [
        { title: "REFERENCE" },
        { title: "KIND" },
        { title: "TEXT" },
        { title: "WRITTEN BY" },
        { title: "AGREEMENTS" },
      ],
      rows: ({ id, kind, content, writers, agreements }) => [
        [id, kind, content.replaceAll(/\s+/g, " "), writers.join(", "), agreements.join(", ")],
      ],
      none: holding === undefined ? "Nothing was written yet." : `Nothing holds "${holding}".`,
    },
  );
}

const REFERENCE = /^(?:txt|fil)_\w+$/;

/** One after the other; the first that is kept ends it, and those before it are gone. */
export async function eraseAll(io: Io, references: readonly string[], options: EraseOptions): Promise<ExitCode> {
  const other = references.find((reference) => !REFERENCE.test(reference));
  if (other !== undefined)
    return tellFailure(
      io,
      {
        code: "usage",
        message: `${other.slice(0, 60)} is no reference: those of texts begin with txt_, those of files with fil_. offtake text list shows them`,
        exit: EXIT.usage,
      },
      options.json === true,
    );
  const stop = await agreedTo(
    io,
    options,
    `Erase ${references.length === 1 ? references[0] : `${references.length} texts and files`} for good?`,
  );
  if (stop !== undefined) return stop;
  return atBroker(
    io,
    options,
    async ({ client, book }) => {
      for (const reference of references)
        if (reference.startsWith("txt_")) await client.call("textErase", { params: { book, text: reference } });
        else await client.call("fileErase", { params: { book, file: reference } });
      return { data: { erased: references } };
    },
    () => references.map((reference) => `Erased ${reference}\n`).join(""),
  );
}

const rulesOf = async ({ client, book }: Line): Promise<readonly Rule[]> =>
  ((await client.call("keepingList", { params: { book } })).value as { readonly data: readonly Rule[] }).data;

export function listRules(io: Io, options: TextOptions): Promise<ExitCode> {
  return listAtBroker(
    io,
    options,
    async (line, limit) => {
      const rules = await rulesOf(line);
      return { data: rules.slice(0, limit).map((rule) => ({ id: rule.agreement ?? ALL, ...rule })) };
    },
    {
      columns: [{ title: "AGREEMENT" }, { title: "KEPT FOR" }, { title: "LEGAL HOLD" }],
      rows: ({ agreement, keepDays, legalHold }) => [[agreement ?? ALL, keptText(keepDays), legalHold ?? "none"]],
      none: "Nothing is kept by a rule. Next: offtake retention set AGREEMENT --days DAYS",
    },
  );
}

const ALL = "all";

const keptText = (days: number | undefined): string => {
  if (days === undefined) return "no time";
  return `${days.toLocaleString("en")} day${days === 1 ? "" : "s"}`;
};

export function setRetention(io: Io, agreement: string | undefined, options: RetentionOptions): Promise<ExitCode> {
  const days = /^\d{1,5}$/.test(options.days) ? Number(options.days) : Number.NaN;
  if (!(days <= DAYS_MAX))
    return Promise.resolve(
      tellFailure(
        io,
        {
          code: "usage",
          message: `--days takes a number from 0 to ${DAYS_MAX}, not ${options.days.slice(0, 40)}`,
          exit: EXIT.usage,
        },
        options.json === true,
      ),
    );
  return change(io, agreement, options, (rule) => ({ ...rule, keepDays: days }));
}

export function setHold(
  io: Io,
  agreement: string | undefined,
  options: RuleOptions & { readonly why: string },
): Promise<ExitCode> {
  return change(io, agreement, options, (rule) => ({ ...rule, legalHold: options.why }));
}

/** What the other command has set stands. */
export function liftRule(
  io: Io,
  agreement: string | undefined,
  part: "keepDays" | "legalHold",
  options: RuleOptions,
): Promise<ExitCode> {
  return change(io, agreement, options, ({ [part]: _, ...rule }) => rule);
}

function change(
  io: Io,
  agreement: string | undefined,
  options: BrokerOptions,
  changed: (rule: Rule) => Rule,
): Promise<ExitCode> {
  return atBroker(
    io,
    options,
    async (line) => {
      const before = (await rulesOf(line)).find((rule) => rule.agreement === agreement);
      const body = changed(before ?? (agreement === undefined ? {} : { agreement }));
      await line.client.call("keepingSet", { params: { book: line.book }, body });
      return { data: body };
    },
    ({ data: { keepDays, legalHold } }) => {
      const of = agreement === undefined ? "all of the book" : agreement;
      const held = legalHold === undefined ? "no legal hold" : `on legal hold: ${legalHold}`;
      return `${of}: words and files are kept for ${keptText(keepDays)}; ${held}\n`;
    },
  );
}
