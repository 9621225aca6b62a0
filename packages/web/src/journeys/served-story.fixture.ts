import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream } from "node:stream/web";
import { fileURLToPath } from "node:url";
import { type ConsoleFiles, readConsole } from "@offtake/server/console";
import type { Browser, Page } from "playwright-core";
import type { Session } from "../app/broker.ts";
import { type PageBroker, startPageBroker } from "../demo/page-broker.ts";
import type { ConsoleStory } from "../demo/story.ts";
import { launch, look, type Looking, SERVER, type View } from "./browser.fixture.ts";

const WEB = fileURLToPath(new URL("../../", import.meta.url));
const ROLES = ["procurement", "finance", "engineer", "provider-desk", "legal", "signatory"] as const;

/** What went over the wire of one browser: what it asked, and all that it was told. */
export interface Exchange {
  readonly asked: string;
  readonly status: number;
  readonly headers: string;
  readonly text: string;
}

/** A browser in which somebody of one party works. */
export interface Desk extends Looking {
  /** Written down before the answer goes out: whatever the page shows is in it. */
  readonly log: readonly Exchange[];
  /** Waits until the page asks nothing more: it has every answer, has nothing left to do, and asks nothing new for a while. */
  quiet(): Promise<void>;
}

/** What one browser asked so far, and how many of its questions wait for their answer. */
class Wire {
  readonly log: Exchange[] = [];
  private waiting = 0;

  /** What is answered, once it has been written down. */
  async take(asked: string, answering: () => Promise<Response>): Promise<Response> {
    this.waiting += 1;
    try {
      const response = await answering();
      const text = await response.clone().text();
      const headers = JSON.stringify(Object.fromEntries(response.headers));
      this.log.push({ asked, status: response.status, headers, text });
      return response;
    } finally {
      this.waiting -= 1;
    }
  }

  async quiet(page: Page): Promise<void> {
    let before: number;
    do {
      before = this.log.length;
      // Time of the page itself: a busy machine, where it has not come to its next question, lets it wait for longer.
      await page.evaluate(async () => {
        await new Promise((over) => setTimeout(over, 200));
        for (let idle = 0; idle < 3; idle += 1) await new Promise((found) => requestIdleCallback(found));
      });
    } while (before !== this.log.length || this.waiting > 0);
  }
}

/**
 * A story behind HTTP, with the console in front of it and a clock that a test moves: several browsers work in the same book, each logged in
 * for one party and for no other.
 */
export class ServedStory {
  readonly origin: string;
  private readonly server: Server;
  private readonly browser: Browser;
  private readonly broker: PageBroker;
  private readonly story: ConsoleStory;
  private readonly pages: { files: ConsoleFiles };
  /** Of every desk, by the number that its browser sends along. */
  private readonly wires: Wire[];

  private constructor(
    server: Server,
    browser: Browser,
    broker: PageBroker,
    story: ConsoleStory,
    pages: { files: ConsoleFiles },
    wires: Wire[],
  ) {
    this.pages = pages;
    this.wires = wires;
    this.server = server;
    this.browser = browser;
    this.broker = broker;
    this.story = story;
    this.origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  /** @param at where the story is to stand; where it opens when absent */
  static async start(at?: string): Promise<ServedStory> {
    execFileSync(process.execPath, [join(WEB, "build.mjs")], { stdio: ["ignore", "ignore", "inherit"] });
    const pages = { files: await readConsole(join(WEB, "dist")) };
    const story = JSON.parse(readFileSync(join(WEB, "public/stories/aurora.json"), "utf8")) as ConsoleStory;
    const broker = await startPageBroker(story, at === undefined ? undefined : Date.parse(at));
    const wires: Wire[] = [];
    const server = createServer(SERVER, (incoming, outgoing) => {
      void (async () => {
        const { pathname } = new URL(incoming.url ?? "/", "http://localhost");
        const request = await requestOf(incoming);
        const page = pathname.startsWith("/v1/") ? undefined : pages.files.answer(request, pathname);
        const answering = async (): Promise<Response> => {
          const answer = await answerTo(broker, story, request, pathname);
          // As the broker says it beside each answer.
          answer.headers.set("offtake-console", pages.files.build ?? "");
          return answer;
        };
        // A stream has no end to wait for; what it tells is read again by the page as entries of the feed.
        const wire = pathname.endsWith("/stream") ? undefined : wires[Number(cookieOf(request, "desk") ?? Number.NaN)];
        const asked = `${request.method} ${incoming.url ?? ""}`;
        const answer = page ?? (wire === undefined ? await answering() : await wire.take(asked, answering));
        await send(answer, outgoing, broker.clock.now());
      })().catch((error: unknown) => {
        // What the broker could not answer is to be read in the test that asked.
        if (outgoing.headersSent) outgoing.destroy();
        else outgoing.writeHead(500).end(error instanceof Error ? error.stack : String(error));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return new ServedStory(server, await launch(), broker, story, pages, wires);
  }

  /** A browser of its own for somebody of this party, at an address; everything that goes over its wire is written down. */
  async desk(party: string, path: string, view: View = {}): Promise<Desk> {
    const looking = await look(this.browser, this.origin, view);
    const wire = new Wire();
    const desk = this.wires.push(wire) - 1;
    await looking.context.addCookies([
      { name: "party", value: party, url: this.origin },
      { name: "desk", value: String(desk), url: this.origin },
    ]);
    await looking.page.goto(this.origin + path);
    await looking.page.getByRole("heading", { level: 1 }).first().waitFor();
    return { ...looking, log: wire.log, quiet: () => wire.quiet(looking.page) };
  }

  /** What a program of the party does over the API. */
  async call(party: string, method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
    return fetch(`${this.origin}/v1/books/${this.story.book}${path}`, {
      method,
      headers: {
        cookie: `party=${party}`,
        "offtake-party": `${this.story.book}/${party}`,
        "idempotency-key": crypto.randomUUID(),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  }

  /** Time goes on to an instant; what falls due until then happens. */
  async moveTo(at: string): Promise<void> {
    await this.broker.movable.moveTo(Date.parse(at));
  }

  /** The broker is upgraded: from now on it serves another build of the console, the same but for its name. */
  async upgrade(build: string): Promise<void> {
    const folder = mkdtempSync(join(tmpdir(), "offtake-upgraded-"));
    cpSync(join(WEB, "dist"), folder, { recursive: true });
    const page = join(folder, "index.html");
    writeFileSync(page, readFileSync(page, "utf8").replace(this.pages.files.build ?? "none", build));
    this.pages.files = await readConsole(folder);
    rmSync(folder, { recursive: true });
    this.cutLines();
  }

  /** Every line to the broker breaks, as where a node of it ends. */
  cutLines(): void {
    this.server.closeAllConnections();
  }

  async close(): Promise<void> {
    await this.browser.close();
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

const cookieOf = (request: Request, name: string): string | undefined =>
  new RegExp(`(?:^|; )${name}=([^;]+)`).exec(request.headers.get("cookie") ?? "")?.[1];

/** Who is logged in for a party acts for that party: for another one it is nobody. */
async function answerTo(broker: PageBroker, story: ConsoleStory, request: Request, path: string): Promise<Response> {
  const party = cookieOf(request, "party");
  const own = story.parties.find(({ id }) => id === party);
  if (own === undefined) return new Response(null, { status: 401 });
  const seat = { book: story.book, party: own.id };
  if (path === "/v1/session") {
    const session: Session = {
      kind: "browser",
      expiresAt: "9999-12-31T00:00:00Z",
      chosen: seat,
      memberships: [{ ...seat, person: `person_${own.id}`, roles: ROLES, name: own.name }],
    };
    return Response.json({ data: session });
  }
  // Its one person has nobody who could agree.
  if (path === `/v1/books/${story.book}/approvals`) return Response.json({ data: [] });
  const headers = new Headers(request.headers);
  headers.set("authorization", "Bearer story");
  headers.set("offtake-party", `${seat.book}/${seat.party}`);
  headers.delete("cookie");
  return broker.answer(new Request(request, { headers }));
}

async function requestOf(incoming: IncomingMessage): Promise<Request> {
  const { method = "GET", url = "/", headers } = incoming;
  const chunks: Uint8Array[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Uint8Array);
  const body = Buffer.concat(chunks);
  const told = Object.entries(headers).flatMap(([name, value]) =>
    typeof value === "string" ? [[name, value] as [string, string]] : [],
  );
  return new Request(`http://${headers.host ?? "localhost"}${url}`, {
    method,
    headers: told,
    ...(body.length === 0 ? {} : { body }),
  });
}

async function send(response: Response, outgoing: ServerResponse, at: number): Promise<void> {
  outgoing.sendDate = false;
  // The clock of the book is the one of the broker: pages count by it.
  outgoing.writeHead(response.status, {
    ...Object.fromEntries(response.headers),
    date: new Date(at).toUTCString(),
  });
  outgoing.flushHeaders();
  if (response.body === null) outgoing.end();
  else await pipeline(Readable.fromWeb(response.body as ReadableStream), outgoing);
}
