import type { BookNode } from "../../books/index.ts";
import { RIVALS } from "./scene.fixture.ts";

/** An answer on its way to whoever asked. */
export interface Sendable {
  readonly method: string;
  readonly path: string;
  status: number;
  readonly headers: Headers;
  text: string;
}

/** What a faulty service would have at hand: everything. */
export type Truth = Pick<BookNode, "view" | "length">;

/** A fault, planted to see whether the comparison finds it: what is hidden gets into an answer. */
export interface Leak {
  readonly name: string;
  readonly spoil: (answer: Sendable, truth: Truth) => void;
}

export const NO_LEAK: Leak = { name: "none", spoil: () => {} };

const bidsIn = ({ view }: Truth): readonly { readonly bidder: string; readonly micros: bigint }[] =>
  [...view.requests.values()].flatMap(({ market }) =>
    (market?.bids ?? []).map(({ bidder, lines }) => ({
      bidder,
      micros: lines[0]?.tiers[0]?.rate.microsPerHour ?? 0n,
    })),
  );

const invitedIn = ({ view }: Truth): number =>
  [...view.requests.values()].reduce((sum, { market }) => sum + (market?.invitations.length ?? 0), 0);

const isRead = (answer: Sendable, path: RegExp): boolean =>
  answer.method === "GET" && answer.status === 200 && path.test(answer.path);

/** Changes the JSON of an answer. */
function within(answer: Sendable, change: (body: Record<string, unknown>) => unknown): void {
  answer.text = JSON.stringify(change(JSON.parse(answer.text) as Record<string, unknown>));
}

const cheapest = (truth: Truth): string =>
  String(bidsIn(truth).reduce((least, { micros }) => (micros < least ? micros : least), 10n ** 12n));

/** Ways in which services have told rivals of each other, one fault each. */
export const LEAKS: readonly Leak[] = [
  {
    name: "a header counts the things of all",
    spoil: (answer, truth) => {
      if (isRead(answer, /^invitations$/)) answer.headers.set("x-total-count", String(invitedIn(truth)));
    },
  },
  {
    name: "a header says how long the log is",
    spoil: (answer, truth) => answer.headers.set("x-position", String(truth.length)),
  },
  {
    name: "ids are numbered through the book",
    spoil: (answer, { view }) => {
      const all = [...view.requests.values()].flatMap(({ market }) => market?.invitations.map(({ id }) => id) ?? []);
      const bids = [...view.requests.values()].flatMap(({ market }) => market?.bids.map(({ id }) => id) ?? []);
      for (const [index, id] of [...all, ...bids].entries())
        answer.text = answer.text.replaceAll(id, `${id.slice(0, 20)}${String(index).padStart(4, "0")}`);
    },
  },
  {
    name: "a field says how long it took, which is longer the more there is",
    spoil: (answer, { length }) => {
      if (isRead(answer, /^queue$/)) within(answer, (body) => ({ ...body, tookMicros: 40 + length * 3 }));
    },
  },
  {
    name: "what is somebody else's is told from what is not there",
    spoil: (answer, { view }) => {
      const id = answer.path.split("/")[1] ?? "";
      if (answer.status !== 404 || !view.parties.has(id as never)) return;
      within(answer, (body) => ({ ...body, detail: "It is not yours to see." }));
    },
  },
  {
    name: "forbidden in place of not found",
    spoil: (answer, { view }) => {
      const id = answer.path.split("/")[1] ?? "";
      if (answer.status === 404 && view.agreements.has(id as never)) answer.status = 403;
    },
  },
  {
    name: "a name that was mistyped is answered with names that are near it",
    spoil: (answer, { view }) => {
      if (answer.status !== 404 || !answer.path.startsWith("parties/")) return;
      const didYouMean = RIVALS.filter((id) => view.parties.has(id as never));
      within(answer, (body) => ({ ...body, didYouMean }));
    },
  },
  {
    name: "an ETag is made over hidden fields",
    spoil: (answer, truth) => {
      if (isRead(answer, /^invitations\/inv_\w+$/)) answer.headers.set("etag", `"${bidsIn(truth).length}"`);
    },
  },
  {
    name: "a list is in the order of a hidden field",
    spoil: (answer, truth) => {
      if (!isRead(answer, /^parties$/)) return;
      const rank = (id: string): number => (id.length * (1 + bidsIn(truth).length)) % 7;
      within(answer, (body) => ({
        ...body,
        data: (body["data"] as { readonly id: string }[]).sort((a, b) => rank(a.id) - rank(b.id)),
      }));
    },
  },
  {
    name: "a cursor holds a total",
    spoil: (answer, { view }) => {
      if (!isRead(answer, /^parties\?limit=1/)) return;
      within(answer, (body) => {
        const { nextCursor } = body;
        if (typeof nextCursor !== "string") return body;
        const inside = `${Buffer.from(nextCursor, "base64url").toString()} of ${view.parties.size}`;
        return { ...body, nextCursor: Buffer.from(inside).toString("base64url") };
      });
    },
  },
  {
    name: "an invitation shows what is left to the last accelerator",
    spoil: (answer, { view }) => {
      if (!isRead(answer, /^invitations$/)) return;
      const left = [...view.requests.values()].map(({ market }) => market?.tender.lots[0]?.count ?? 0);
      within(answer, (body) => ({ ...body, left }));
    },
  },
  {
    name: "a receipt names the place in the log",
    spoil: (answer, { length }) => {
      answer.text = answer.text.replaceAll(/("receipt":\{[^}]*"length":)\d+/g, `$1${length}`);
    },
  },
  {
    name: "the stream's event ids are places in the log",
    spoil: (answer, { length }) => {
      if (answer.path === "feed/stream") answer.text = answer.text.replaceAll(/^id: (\d+)$/gm, `id: $1-${length}`);
    },
  },
  {
    name: "an exported table has a column too many",
    spoil: (answer, { length }) => {
      if (answer.path === "feed/export?format=csv") answer.text = answer.text.replaceAll("\r\n", `,"${length}"\r\n`);
    },
  },
  {
    name: "what a webhook is sent names the place in the log",
    spoil: (sent, { length }) => {
      if (sent.method !== "PUSH" || !sent.path.startsWith("webhook/")) return;
      within(sent, (body) => ({ ...body, data: { ...(body["data"] as object), log: length } }));
    },
  },
  {
    name: "a calendar shows deadlines of others too",
    spoil: (sent, { view }) => {
      if (sent.method !== "PUSH" || sent.path !== "calendar") return;
      const theirs = RIVALS.filter((id) => view.parties.has(id as never)).map(
        (id) => `BEGIN:VEVENT\r\nUID:${id}\r\nEND:VEVENT\r\n`,
      );
      sent.text = sent.text.replace("END:VCALENDAR", `${theirs.join("")}END:VCALENDAR`);
    },
  },
  {
    name: "a letter says how many others were invited",
    spoil: (sent, truth) => {
      if (sent.method !== "PUSH" || !/^letters\/\w+$/.test(sent.path)) return;
      within(sent, (body) => ({ ...body, copies: invitedIn(truth) }));
    },
  },
  {
    name: "evidence of a notice holds what others were told",
    spoil: (sent, truth) => {
      if (sent.method !== "PUSH" || !sent.path.startsWith("evidence/")) return;
      within(sent, (body) => ({
        ...body,
        bids: bidsIn(truth).map(({ bidder }) => bidder),
        of: truth.view.parties.size,
      }));
    },
  },
  {
    name: "a printed letter holds how many others were invited, where nobody sees it",
    spoil: (sent, truth) => {
      if (sent.method === "PUSH" && sent.path.endsWith(".pdf")) sent.text += `\n%${invitedIn(truth)} copies`;
    },
  },
  {
    name: "evidence of a request holds how many bid for it",
    spoil: (sent, truth) => {
      if (sent.method !== "PUSH" || !sent.path.startsWith("evidence/of/")) return;
      within(sent, (body) => ({ ...body, notices: [...(body["notices"] as string[]), `${bidsIn(truth).length}`] }));
    },
  },
  {
    name: "whoever may not see the position is told how much it is",
    spoil: (answer, { view }) => {
      if (answer.status !== 403 || !answer.path.startsWith("position")) return;
      const left = [...view.requests.values()].map(({ market }) => market?.tender.lots[0]?.count ?? 0);
      within(answer, (body) => ({ ...body, detail: `There is a gap of ${left.reduce((sum, one) => sum + one, 0)}.` }));
    },
  },
  {
    name: "the line says how many things the server holds",
    spoil: (sent, { length }) => {
      if (sent.method === "PUSH" && sent.path.startsWith("line/GET")) sent.text = `x-held: ${length}\n${sent.text}`;
    },
  },
  {
    name: "a header says how many calls all together have left",
    spoil: (answer, { length }) => {
      if (answer.status === 429) answer.headers.set("ratelimit-remaining", String(10_000 - length));
    },
  },
  {
    name: "whoever has called too often waits for what others have called",
    spoil: (answer, { length }) => {
      if (answer.status === 429) answer.headers.set("retry-after", String(1 + Math.floor(length / 4)));
    },
  },
  {
    name: "an explanation says what the best price was",
    spoil: (answer, truth) => {
      if (isRead(answer, /^bids\/bid_\w+$/)) within(answer, (body) => ({ ...body, best: cheapest(truth) }));
    },
  },
];
