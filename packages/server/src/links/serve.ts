import { createHash } from "node:crypto";
import type { CommandBody } from "@offtake/core/book";
import { formatInstant, type NoticeId, type PartyId } from "@offtake/core/kernel";
import { hasEffect, type RecordedAnswer } from "@offtake/core/notices";
import type { BookName } from "@offtake/store/log";
import type { Answer as Outcome, Submission } from "../books/index.ts";
import {
  type Addressee,
  type Letter,
  letterOf,
  letterPdf,
  type LetterSource,
  type NoticeForm,
  rightOf,
} from "../letters/index.ts";
import { answerOf, readAnswerForm } from "./answer-form.ts";
import type { NoticeLinks, OpenLink } from "./links.ts";
import { answerWords, confirmPage, noticePage, type NoticePage, nothingPage, PAGE_HEADERS } from "./page.ts";

/** What a party knows of one of its notices, with what it has answered. */
export interface NoticeKnown {
  readonly source: LetterSource;
  readonly status: string;
  readonly answered: readonly string[];
}

/** What the pages need of a broker. Everything shown comes from the party's own feed. */
export interface LinkBroker {
  readonly links: NoticeLinks;
  /** Further fonts that letters may need. */
  readonly fonts?: readonly Uint8Array[];
  known(book: BookName, party: PartyId, notice: NoticeId): Promise<NoticeKnown | undefined>;
  form(
    book: BookName,
    party: PartyId,
    agreement: string,
  ): Promise<{ readonly sender: Addressee; readonly form: NoticeForm } | undefined>;
  /** Decides a command, and returns once the party's feed tells of it. */
  submit(book: BookName, submission: Submission): Promise<Outcome>;
}

const FORM_MAX = 10_000;
const OPEN: ReadonlySet<string> = new Set(["sent", "open"]);

interface Opened {
  readonly link: OpenLink;
  readonly known: NoticeKnown;
  readonly letter: Letter;
  readonly self: string;
}

/**
 * Serves `/n/<token>`: one notice, shown and answered without an account. Everything that opens nothing gets the same page. Opening the page
 * changes nothing, since programs open links too; acknowledging and answering are forms that are sent.
 *
 * @param path of the request, from behind `/n/`
 */
export async function serveLink(broker: LinkBroker, request: Request, path: string): Promise<Response> {
  const [token = "", act, ...rest] = path.split("/");
  const opened = rest.length > 0 ? undefined : await open(broker, token);
  if (opened === undefined) return new Response(nothingPage(), { status: 404, headers: PAGE_HEADERS });
  if (request.method === "GET" || request.method === "HEAD") {
    if (act === undefined) return shown(opened);
    if (act === "letter.pdf") return pdf(opened.letter, broker.fonts);
  }
  if (request.method === "POST" && (act === "acknowledge" || act === "answer")) {
    if (!isSameOrigin(request)) return shown(opened, { problem: "This form was not sent from this page." }, 403);
    return act === "acknowledge" ? acknowledge(broker, opened) : answer(broker, opened, request);
  }
  return new Response(nothingPage(), { status: 404, headers: PAGE_HEADERS });
}

async function open(broker: LinkBroker, token: string): Promise<Opened | undefined> {
  const link = await broker.links.find(token);
  if (link === undefined) return undefined;
  const known = await broker.known(link.book, link.party, link.notice);
  if (known === undefined) return undefined;
  const addressed = await broker.form(link.book, link.party, known.source.notice.agreement);
  if (addressed === undefined) return undefined;
  return { link, known, letter: letterOf({ source: known.source, ...addressed }), self: `/n/${token}` };
}

/** Kinds of notices by whose yes nothing is taken, in whole or in part, at any price. */
const TAKES_NOTHING: ReadonlySet<string> = new Set(["consent", "first-ship"]);

function shown(opened: Opened, more: Pick<NoticePage, "problem" | "draft" | "done"> = {}, status = 200): Response {
  const { known, letter, self } = opened;
  const { notice, clock } = known.source;
  const right = rightOf(known.source);
  const isOpen = OPEN.has(known.status) && notice.kind !== "information";
  const body = noticePage({
    letter,
    self,
    state: isOpen ? (clock === undefined ? "waiting" : "open") : "closed",
    answered: known.answered,
    partial: right?.partial.mode !== "none" && !TAKES_NOTHING.has(notice.kind),
    count: notice.count,
    namesPrice: !TAKES_NOTHING.has(notice.kind),
    ...more,
  });
  return new Response(body, { status, headers: PAGE_HEADERS });
}

async function pdf(letter: Letter, fonts: readonly Uint8Array[] = []): Promise<Response> {
  return new Response(new Uint8Array(await letterPdf(letter, { fonts })), {
    headers: {
      "content-type": "application/pdf",
      "content-disposition": `inline; filename="notice-${letter.notice}.pdf"`,
      "cache-control": "no-store",
      "referrer-policy": "no-referrer",
      "x-content-type-options": "nosniff",
      "x-robots-tag": "noindex",
    },
  });
}

/** A browser says where a form comes from; what it does not say (other programs) rests on the link alone. */
function isSameOrigin(request: Request): boolean {
  const site = request.headers.get("sec-fetch-site");
  return site === null || site === "same-origin" || site === "none";
}

async function acknowledge(broker: LinkBroker, opened: Opened): Promise<Response> {
  const { link } = opened;
  const body: CommandBody = { type: "confirmDelivery", notice: link.notice, event: "acknowledged" };
  const outcome = await broker.submit(link.book, { body, actor: link.party, key: `link/${link.id}/acknowledged` });
  if (outcome.outcome === "rejected") return shown(opened, { problem: outcome.rejection.detail }, 409);
  return again(broker, opened, "It is on record that you have received this notice.");
}

async function answer(broker: LinkBroker, opened: Opened, request: Request): Promise<Response> {
  const text = await request.text();
  if (text.length > FORM_MAX) return shown(opened, { problem: "That is too much text." }, 413);
  const form = new URLSearchParams(text);
  const read = readAnswerForm(form);
  if (!read.ok) return shown(opened, { problem: read.problem, draft: read.fields }, 422);
  const { link, letter, self } = opened;
  if (form.get("confirmed") !== "yes")
    return new Response(confirmPage(letter, self, read.draft, read.fields), { headers: PAGE_HEADERS });
  // The same form sent twice is one answer.
  const digest = createHash("sha256").update(JSON.stringify(read.fields)).digest("hex").slice(0, 32);
  const outcome = await broker.submit(link.book, {
    body: { type: "answerNotice", notice: link.notice, answer: answerOf(read.draft) },
    actor: link.party,
    key: `link/${link.id}/answer/${digest}`,
  });
  if (outcome.outcome === "rejected")
    return shown(opened, { problem: outcome.rejection.detail, draft: read.fields }, 409);
  const given = outcome.events.find((event) => event.type === "answerReceived")?.answer;
  if (given !== undefined && !hasEffect(given.verdict)) {
    const known = (await broker.known(link.book, link.party, link.notice)) ?? opened.known;
    return shown({ ...opened, known }, { problem: withoutEffect(given), draft: read.fields }, 409);
  }
  return again(broker, opened, `Your answer is on record: ${answerWords(read.draft)}. Keep this page for your files.`);
}

/** What is shown beside it says which answer stands. */
function withoutEffect({ verdict, receivedAt }: RecordedAnswer): string {
  const came = `What you sent is on record, received ${formatInstant(receivedAt)}, and changes nothing`;
  if (verdict === "late") return `${came}: the time to answer is over.`;
  return verdict === "ignored" ? `${came}: an answer stands already.` : `${came}: the notice takes no answer any more.`;
}

async function again(broker: LinkBroker, opened: Opened, done: string): Promise<Response> {
  const { link } = opened;
  const known = (await broker.known(link.book, link.party, link.notice)) ?? opened.known;
  return shown({ ...opened, known }, { done });
}
