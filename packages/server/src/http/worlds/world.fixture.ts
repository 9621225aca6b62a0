import { createHash } from "node:crypto";
import type { PartyId } from "@offtake/core/kernel";
import { BOOK, type Sent, type servedBook } from "../world.fixture.ts";
import { type Leak, NO_LEAK, type Sendable } from "./leaks.fixture.ts";

export const MINUTE_MS = 60_000;
const LAB = "lab" as PartyId;

export type Served = Awaited<ReturnType<typeof servedBook>>;

/** What a watcher got for one question, as bytes. */
export interface Heard {
  readonly question: string;
  readonly answer: string;
}

/**
 * Randomness that is the same in both worlds for the same act, whatever others do in between: true randomness cannot be told apart either
 * way, so that whatever differs comes from somewhere else.
 */
export class Randomness {
  private readonly seed: string;
  private act = "";
  private drawn = 0;

  constructor(seed: string) {
    this.seed = seed;
  }

  of(act: string): void {
    this.act = act;
    this.drawn = 0;
  }

  next(): string {
    this.drawn += 1;
    return createHash("sha256").update(`${this.seed}\n${this.act}\n${this.drawn}`).digest("hex");
  }
}

/** A world that is being played: its broker, its time, and what its watchers heard. */
export class World {
  readonly heard = new Map<string, Heard[]>();
  readonly served: Served;
  private readonly randomness: Randomness;
  private readonly leak: Leak;
  private readonly asked = new Map<string, number>();

  constructor(served: Served, randomness: Randomness, leak = NO_LEAK) {
    this.served = served;
    this.randomness = randomness;
    this.leak = leak;
  }

  /** What somebody does that is nobody else's business: it must be taken. */
  async does(as: string, method: string, path: string, body?: unknown): Promise<Record<string, unknown>> {
    const answer = await this.sent(as, method, path, {
      headers: { "if-match": "*" },
      ...(body === undefined ? {} : { body }),
    });
    const text = await answer.text();
    if (answer.status >= 300) throw new Error(`${as} ${method} ${path}: ${answer.status} ${text}`);
    return JSON.parse(text) as Record<string, unknown>;
  }

  /** What somebody does that may come to nothing. */
  async tries(as: string, method: string, path: string, body: unknown): Promise<void> {
    await (await this.sent(as, method, path, { body })).text();
  }

  /** What a watcher asks or does, and everything that comes back. */
  async asks(as: string, method: string, path: string, sent: Sent = {}): Promise<string> {
    const response = await this.sent(as, method, path, sent);
    return this.answered(as, { method, path }, response, await response.text());
  }

  /** The feed of a watcher as server-sent events, up to where it ends. */
  async follows(as: string, length: number): Promise<void> {
    const gone = new AbortController();
    const response = await this.sent(as, "GET", "feed/stream", { signal: gone.signal });
    let text = "";
    const decoder = new TextDecoder();
    for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
      text += decoder.decode(chunk, { stream: true });
      if (text.split("\nevent: ").length > length) break;
    }
    gone.abort();
    this.answered(as, { method: "GET", path: "feed/stream" }, response, text);
  }

  /** Keeps all that came back: status, headers and body. */
  private answered(
    as: string,
    { method, path }: { readonly method: string; readonly path: string },
    response: Response,
    body: string,
  ): string {
    const answer = { method, path, status: response.status, headers: new Headers(response.headers), text: body };
    this.leak.spoil(answer, this.served.node);
    this.hears(as, `${method} ${path}`, bytesOf(answer));
    return body;
  }

  /** What a watcher was sent, or takes with it, without a call of its own. */
  reaches(as: string, path: string, text: string): void {
    const sent = { method: "PUSH", path, status: 200, headers: new Headers(), text };
    this.leak.spoil(sent, this.served.node);
    this.hears(as, path, sent.text);
  }

  /** A call of which nothing is kept yet. */
  async counts(as: string, method: string, path: string): Promise<{ readonly status: number; readonly heard: string }> {
    const response = await this.sent(as, method, path, {});
    const { status, headers } = response;
    const answer = { method, path, status, headers: new Headers(headers), text: await response.text() };
    this.leak.spoil(answer, this.served.node);
    return { status: answer.status, heard: bytesOf(answer) };
  }

  /** Keeps what reached a watcher, by whatever way. */
  hears(as: string, question: string, answer: string): void {
    const list = this.heard.get(as) ?? [];
    this.heard.set(as, list);
    list.push({ question, answer });
  }

  /** Lets time go by: what falls due on the way is decided at its instant, and everybody has been told of it afterwards. */
  async waits(ms: number): Promise<void> {
    const { node, now, pass, services } = this.served;
    const until = now() + ms;
    for (let due = node.nextDue(); due !== undefined && due <= until; due = node.nextDue()) {
      pass(Math.max(0, due - now()));
      this.randomness.of(`time ${due}`);
      const passed = await node.submit({ body: { type: "passTime" }, actor: LAB, key: `due ${due}` });
      if (passed.outcome === "accepted") await services.telling.receipt(BOOK, LAB, passed.position);
    }
    pass(until - now());
  }

  /** An act is known by who does what to which thing, and for the how manieth time: what others do leaves it as it is. */
  private sent(as: string, method: string, path: string, sent: Sent): Promise<Response> {
    const { id = "" } = (sent.body ?? {}) as { readonly id?: string };
    const what = `${as} ${method} ${path} ${id}`;
    const count = (this.asked.get(what) ?? 0) + 1;
    this.asked.set(what, count);
    const act = `${what} ${count}`;
    this.randomness.of(act);
    const at = path.startsWith("/") ? path : `/v1/books/small/${path}`;
    const key = createHash("sha256").update(act).digest("hex");
    return this.served.sendAt(method, at, { as, key, ...sent });
  }
}

function bytesOf({ status, headers, text }: Sendable): string {
  const lines = [...headers].map(([name, value]) => `${name}: ${value}`);
  return `${status}\n${lines.join("\n")}\n\n${text}`;
}
