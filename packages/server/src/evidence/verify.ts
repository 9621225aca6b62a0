import { sha256 as digest } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import type { DisclosedEvent } from "@offtake/core/disclosure";
import { formatInstant, type PartyId } from "@offtake/core/kernel";
import { emptyFeed, grown } from "@offtake/store/feeds";
import type { BookName } from "@offtake/store/log";
import { sha256 } from "@offtake/store/memory";
import { decodeDisclosed } from "@offtake/wire/codecs";
import { isReferenceOf } from "../files/reference.ts";
import { TEXT_REFERENCE, textReferenceOf } from "../texts/reference.ts";
import { type CaseOfNotice, caseOf } from "./case-of-notice.ts";
import { type EvidenceDocument, noticesOf } from "./document.ts";
import { type Check, redecide } from "./redecide.ts";
import { askedFirstChecks, completeCheck } from "./request.ts";

/** A receipt that a party kept: the place and the hash of an entry of its feed. */
export interface KeptReceipt {
  readonly position: number;
  readonly hash: string;
}

/**
 * Checks evidence without the broker, in a page as well: that the feed is one chain, that it is the one that kept receipts are of, that files are what was
 * referred to, and, decided again by the core, the deadline, the answers and the end. `fails` anywhere means: do not rely on it.
 */
export function verifyEvidence(evidence: EvidenceDocument, receipts: readonly KeptReceipt[] = []): readonly Check[] {
  const read = readFeed(evidence);
  if (!read.ok) return [read.check];
  const checks: Check[] = [{ check: "chain", outcome: "holds", text: `${evidence.feed.length} entries in one chain` }];
  for (const receipt of receipts) checks.push(receiptCheck(evidence, receipt));
  const ids = noticesOf(evidence);
  const cases = ids.flatMap((id) => caseOf(read.events, id) ?? []);
  const { request } = evidence;
  if (request !== undefined) checks.push(completeCheck(read.events, request, ids));
  for (const id of ids) {
    const found = cases.find(({ notice }) => notice.id === id);
    const about = found === undefined ? [unknownNotice(id)] : [noticeCheck(found), ...redecide(found)];
    const label = request === undefined ? "" : `${id}: `;
    for (const check of about.map(inWords(evidence)))
      checks.push(check.check === "notice" ? check : { ...check, text: `${label}${check.text}` });
    // Without the notice there is nothing that its files could be about.
    if (found === undefined && request === undefined) return checks;
  }
  if (request !== undefined) checks.push(...askedFirstChecks(read.events, request, cases));
  return [...checks, ...fileChecks(evidence), ...textChecks(evidence)];
}

const unknownNotice = (id: string): Check => ({
  check: "notice",
  outcome: "fails",
  text: `The feed does not tell of notice ${id}.`,
});

const noticeCheck = ({ notice }: CaseOfNotice): Check => ({
  check: "notice",
  outcome: "holds",
  text: `${notice.id} (${notice.kind}) for ${notice.count} ${notice.terms.acceleratorType} to ${notice.holder}, sent ${formatInstant(notice.sentAt)} by ${notice.channel}`,
});

/** A check as people read it: with words in the place of references, where they are with the evidence and are those of the reference. */
function inWords({ texts }: EvidenceDocument): (check: Check) => Check {
  const sound = new Map(
    texts.flatMap(({ reference, text, salt }) =>
      textReferenceOf(text, salt) === reference ? [[reference, text] as const] : [],
    ),
  );
  return (check) => ({
    ...check,
    text: check.text.replaceAll(TEXT_REFERENCE, (reference) => sound.get(reference) ?? reference),
  });
}

type ReadFeed =
  | { readonly ok: true; readonly events: readonly DisclosedEvent[] }
  | { readonly ok: false; readonly check: Check };

function readFeed({ book, party, feed }: EvidenceDocument): ReadFeed {
  const broken = (position: number, why: string): ReadFeed => ({
    ok: false,
    check: { check: "chain", outcome: "fails", text: `entry ${position}: ${why}` },
  });
  let head = emptyFeed(book as BookName, party as PartyId, sha256);
  const events: DisclosedEvent[] = [];
  for (const { position, body, hash } of feed) {
    if (position !== head.length) return broken(position, `entry ${head.length} is expected here`);
    head = grown(head, body, sha256);
    if (head.hash !== hash) return broken(position, "its hash does not follow from what is before it");
    const event = eventOf(body);
    if (event === undefined) return broken(position, "it is no event of any known form");
    events.push(event);
  }
  return { ok: true, events };
}

function eventOf(body: string): DisclosedEvent | undefined {
  try {
    const decoded = decodeDisclosed(JSON.parse(body));
    return decoded.ok ? decoded.value : undefined;
  } catch {
    return undefined;
  }
}

function receiptCheck({ feed }: EvidenceDocument, { position, hash }: KeptReceipt): Check {
  const entry = feed[position];
  if (entry === undefined)
    return { check: "receipt", outcome: "unknown", text: `entry ${position} is not in the evidence` };
  return entry.hash === hash
    ? { check: "receipt", outcome: "holds", text: `entry ${position} is the one of the receipt` }
    : { check: "receipt", outcome: "fails", text: `entry ${position} is another one than the receipt says` };
}

/**
 * Names and free words: what was decided rests on their references alone, so it holds also where they were erased. All that the
 * evidence shows are checked, also those that only what lies under the notice refers to, an agreement or a party.
 */
function textChecks(evidence: EvidenceDocument): Check[] {
  const { feed, texts } = evidence;
  const ids = noticesOf(evidence).map((id) => JSON.stringify(id));
  const about = feed.filter(({ body }) => ids.some((id) => body.includes(id))).map(({ body }) => body);
  const shown = new Set(texts.map(({ reference }) => reference));
  const missing = [...new Set(about.join("\n").match(TEXT_REFERENCE))].filter((reference) => !shown.has(reference));
  return [...missing.sort().map(missingText), ...texts.map(textCheck)];
}

const missingText = (reference: string): Check => ({
  check: "text",
  outcome: "unknown",
  text: `${reference} was erased, or is not shown here`,
});

function textCheck({ reference, text, salt }: EvidenceDocument["texts"][number]): Check {
  return textReferenceOf(text, salt) === reference
    ? { check: "text", outcome: "holds", text: `${reference} is "${text}"` }
    : { check: "text", outcome: "fails", text: `${reference} is of other words than "${text}"` };
}

function fileChecks({ files }: EvidenceDocument): Check[] {
  return files.map(({ reference, sha256: hash, salt, name, content }) => {
    const isReferred = isReferenceOf(reference, hash, salt);
    const isContent = content === undefined || hashOfBase64(content) === hash;
    const text = `${name} (${reference}), SHA-256 ${hash}`;
    if (!isReferred) return { check: "file", outcome: "fails", text: `${text}: the reference is of another content` };
    if (!isContent) return { check: "file", outcome: "fails", text: `${text}: the content is another` };
    return { check: "file", outcome: "holds", text };
  });
}

/** The SHA-256 of what a text in base64 stands for; undefined where it is none, or not the one text that stands for these bytes. */
function hashOfBase64(text: string): string | undefined {
  try {
    const bytes = atob(text);
    if (btoa(bytes) !== text) return undefined;
    return bytesToHex(digest(Uint8Array.from(bytes, (letter) => letter.charCodeAt(0))));
  } catch {
    return undefined;
  }
}
