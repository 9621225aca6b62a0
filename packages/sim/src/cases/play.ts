import { auditFeeds, auditReplay, type Finding } from "@offtake/core/audit";
import type { CommandBody, Offer, Rejection } from "@offtake/core/book";
import { feedsOf } from "@offtake/core/disclosure";
import type { Instant, PartyId } from "@offtake/core/kernel";
import { type Book, worldCommands } from "@offtake/wire/book";
import type { Step } from "@offtake/wire/cases";
import { MemoryBook, type Receipt } from "../memory-book/index.ts";
import { Chronicle } from "./chronicle.ts";
import { commandOf } from "./commands.ts";
import type { Scene } from "./scene.ts";

/** A world command that the core would not take: the world does not fit together. */
export interface WorldRejection {
  readonly command: string;
  readonly rejection: Rejection;
}

/** Plays a script in a book of its own: what cases and stories are run by. */
export class Play {
  readonly book: MemoryBook;
  readonly chronicle = new Chronicle();

  constructor(seed: string) {
    this.book = new MemoryBook(seed);
  }

  /** Sets the world up at one instant. Gives what was rejected: everything after it would rest on less than was written. */
  open(world: Book, at: Instant, offers: readonly Offer[] = []): WorldRejection | undefined {
    const listed = offers.map((offer) => ({ actor: world.header.keeper, body: { type: "listOffer", offer } as const }));
    for (const { actor, body } of [...worldCommands(world, at), ...listed]) {
      const { events, rejection } = this.book.submit(body, { at, actor });
      this.chronicle.add(events);
      if (rejection !== undefined) return { command: body.type, rejection };
    }
    return undefined;
  }

  /** Lets time pass to the step, does it, and gives the moment just after it. */
  step(step: Step): Scene {
    const { at, by, action, key, receivedAt } = step;
    const stepFrom = this.chronicle.events.length;
    this.passTime(pauseOf(step));
    const body = commandOf(action, by, { book: this.book, chronicle: this.chronicle });
    const { events, rejection } = this.book.submit(body, {
      at,
      actor: by,
      ...(key === undefined ? {} : { key }),
      ...(receivedAt === undefined ? {} : { receivedAt }),
    });
    this.chronicle.add(events);
    return {
      ...this.moment(`step ${step.number} (${step.verb})`, true),
      stepFrom,
      ...(rejection === undefined ? {} : { rejection }),
    };
  }

  /** One command, and what follows from it. */
  submit(body: CommandBody, at: Instant, actor: PartyId): Receipt {
    const receipt = this.book.submit(body, { at, actor });
    this.chronicle.add(receipt.events);
    return receipt;
  }

  /** Lets everything happen that falls due by then. */
  passTime(until: Instant): void {
    this.chronicle.add(this.book.passTime(until));
  }

  end(): Scene {
    return this.moment("the end", false);
  }

  /** What an honest history shows nowhere: broken invariants, a replay that comes out otherwise, a feed that tells too much. */
  findings(): readonly Finding[] {
    const { book } = this;
    const history = book.history();
    const found = [
      ...book.audit(),
      ...auditFeeds(history, feedsOf(history)),
      ...auditReplay(history, book.repeat().history()),
    ];
    if (book.replay().canonical() === book.state.canonical()) return found;
    return [
      ...found,
      {
        invariant: "I8",
        position: history.length,
        message: "the events fold into another state than the live one",
        ids: [],
      },
    ];
  }

  private moment(when: string, isStep: boolean): Scene {
    return { book: this.book, chronicle: this.chronicle, stepFrom: this.chronicle.events.length, when, isStep };
  }
}

/** Until when timers run before a step. During an outage of the broker they do not: it is recorded first (domain rule G5). */
function pauseOf({ at, receivedAt, action }: Step): Instant {
  if (action.kind === "command" && action.command.type === "recordOutage") {
    return Math.min(at, action.command.window.from - 1) as Instant;
  }
  return receivedAt ?? at;
}
