import { request, type RequestOptions } from "node:http";
import type { NoticeId, PartyId } from "@offtake/core/kernel";
import type { Pool } from "pg";
import type { BookName } from "@offtake/store/log";
import { collectEvidence } from "../../evidence/index.ts";
import type { FileStore } from "../../files/index.ts";
import { CalendarFeeds } from "../../ical/index.ts";
import { listen } from "../../broker/listen.ts";
import { letterOf, letterPdf, type NoticeForm } from "../../letters/index.ts";
import { followedFeeds, PartyViews } from "../../office/views.ts";
import { deadlinesOf } from "../../reminders/index.ts";
import { payloadOf } from "../../webhooks/payload.ts";
import { BOOK } from "../world.fixture.ts";
import type { World } from "./world.fixture.ts";

const DAYS = 400;
const FORM: NoticeForm = { addressee: { name: "Whom it concerns", lines: [] }, copies: [], language: "en" };
/** Words stand where they were written: nothing keeps them beside the log here. */
const AS_WRITTEN = {
  reveal: (_book: BookName, _party: PartyId, text: string) => Promise.resolve(text),
  openings: () => Promise.resolve([]),
};
const NO_FILES = {
  find: () => Promise.resolve(undefined),
  opening: () => Promise.resolve(undefined),
  content: () => Promise.resolve(undefined),
} as unknown as FileStore;

/**
 * What reaches a watcher without its asking, and what it may hand on: every payload that a webhook for all events would get, the calendar of
 * its deadlines, the letter of each of its notices (the newest also as it is printed) and the evidence of it and of its request.
 */
export async function reach(world: World, who: string): Promise<void> {
  const party = who as PartyId;
  const feeds = world.served.services.telling.store;
  const entries = await followedFeeds(feeds, () => Promise.resolve([BOOK])).read(BOOK, party, 0, 10_000);
  for (const { position, event } of entries)
    world.reaches(who, `webhook/${position}`, JSON.stringify(payloadOf(BOOK, party, position, event)));
  world.reaches(who, "calendar", await calendarOf(world, party));
  const views = new PartyViews(feeds, AS_WRITTEN);
  const requests = new Set<string>();
  const notices = await noticesOf(world, party);
  const newest = notices.at(-1);
  for (const id of notices) {
    const known = await views.notice(BOOK, party, id);
    if (known === undefined) throw new Error(`${who} was told of ${id}`);
    const letter = letterOf({ source: known.source, sender: FORM.addressee, form: FORM });
    world.reaches(who, `letters/${id}`, JSON.stringify({ letter, answered: known.answered, status: known.status }));
    const evidence = await collectEvidence(feeds, NO_FILES, AS_WRITTEN, BOOK, party, { notice: id });
    world.reaches(who, `evidence/${id}`, JSON.stringify(evidence));
    // To set one in type takes as long as all the rest: the newest stands for them.
    if (id === newest) world.reaches(who, `letters/${id}.pdf`, (await letterPdf(letter)).toString("latin1"));
    requests.add(known.source.notice.request);
  }
  for (const id of [...requests].sort()) {
    const evidence = await collectEvidence(feeds, NO_FILES, AS_WRITTEN, BOOK, party, { request: id });
    world.reaches(who, `evidence/of/${id}`, JSON.stringify(evidence));
  }
}

/** What only a server of HTTP adds: the heads of answers as they go over the line, in their order; all but the time of day. */
export async function overTheLine(world: World, who: string): Promise<void> {
  const { app } = world.served;
  const listening = await listen(app, "127.0.0.1", 0);
  try {
    for (const [method, path] of LINES) {
      const address = { host: listening.host, port: listening.port, path: `/v1/books/${BOOK}/${path}`, method };
      const { head, body } = await lineOf(address, who);
      world.reaches(who, `line/${method} ${path}`, `${head}\n\n${body}`);
    }
  } finally {
    await listening.drain();
  }
}

const LINES = [
  ["GET", "feed?limit=3"],
  ["HEAD", "invitations"],
  ["GET", "parties/nobody"],
  ["POST", "requests"],
  ["PATCH", "notices"],
  ["GET", "position"],
] as const;

/** Of the moment, and of nothing else. */
const OF_THE_MOMENT = /^date$/i;

function lineOf(address: RequestOptions, who: string): Promise<{ readonly head: string; readonly body: string }> {
  return new Promise((resolve, reject) => {
    const sent = request({ ...address, headers: { authorization: `Bearer ${who}` }, agent: false }, (response) => {
      let body = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => (body += chunk));
      response.on("end", () => {
        const { rawHeaders, statusCode, statusMessage } = response;
        const lines = [`${statusCode} ${statusMessage}`];
        for (let at = 0; at < rawHeaders.length; at += 2)
          if (!OF_THE_MOMENT.test(rawHeaders[at] ?? "")) lines.push(`${rawHeaders[at]}: ${rawHeaders[at + 1]}`);
        resolve({ head: lines.join("\n"), body });
      });
    });
    sent.on("error", reject);
    sent.end();
  });
}

async function noticesOf({ served }: World, party: PartyId): Promise<readonly NoticeId[]> {
  const query = { kind: "notices", order: "id", limit: 1_000 } as const;
  const { objects } = await served.services.telling.store.listObjects(BOOK, party, query);
  return objects.map(({ id }) => id as NoticeId);
}

/** Read twice, as a calendar program does: the second time it is compared with what was kept of the first. */
async function calendarOf({ served }: World, party: PartyId): Promise<string> {
  const { services, now } = served;
  const calendars = new CalendarFeeds(keptEntries());
  const text = async (): Promise<string> => {
    const at = now() as Parameters<CalendarFeeds["text"]>[3];
    return calendars.text(BOOK, party, await deadlinesOf(services.telling.store, BOOK, party, at, DAYS), at);
  };
  return (await text()) + (await text());
}

/** The table of calendar entries, for the two statements that read and write it. */
function keptEntries(): Pool {
  const rows = new Map<string, { uid: string; sequence: number; entry: string; changed_at: Date }>();
  const query = (text: string, values: readonly unknown[]) => {
    if (text.startsWith("select")) return Promise.resolve({ rows: [...rows.values()] });
    const [, , uids, entries] = values as readonly [string, string, readonly string[], readonly string[]];
    for (const [index, uid] of uids.entries()) {
      const entry = entries[index] ?? "";
      const before = rows.get(uid);
      if (before?.entry === entry) continue;
      rows.set(uid, { uid, sequence: before === undefined ? 0 : before.sequence + 1, entry, changed_at: new Date(0) });
    }
    return Promise.resolve({ rows: [] });
  };
  return { query } as unknown as Pool;
}

/** Calls until nothing more is answered: how many calls somebody has left is its own doing alone. */
export async function exhaust(world: World, who: string): Promise<void> {
  for (let times = 1; times <= CALLS_MAX; times += 1) {
    const { status, heard } = await world.counts(who, "GET", "parties/nobody");
    if (status !== 429) continue;
    world.hears(who, `the ${times}. call of many`, heard);
    return;
  }
  throw new Error("somebody who calls without end is told to wait");
}

/** Calls a second that a party has in these worlds: enough for what it looks at, and soon used up. */
export const CALLS_PER_SECOND = 60;
const CALLS_MAX = 4 * CALLS_PER_SECOND + 1;
