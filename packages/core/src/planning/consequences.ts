import type { CommandBody, Rejection } from "../book/commands.ts";
import type { BookEvent } from "../book/events.ts";
import { run } from "../book/run.ts";
import type { BookState } from "../book/state.ts";
import { requestOf } from "../explanation/about-request.ts";
import {
  addMs,
  compareText,
  DAY_MS,
  type Instant,
  type NoticeId,
  type PartyId,
  type RequestId,
} from "../kernel/index.ts";
import { isLive } from "../book/lookup.ts";
import { compareCourses, type RequestComparison } from "./comparison.ts";
import { outcomeOf } from "./course.ts";
import { summaryOf } from "./course-summary.ts";

/** How far ahead it is looked for what comes of the requests that are open. */
const HORIZON_MS = 730 * DAY_MS;
/** Steps of time after which it is not looked further: with more there is no telling in a moment. */
const STEPS_MAX = 5_000;

/** A notice that is out and would end otherwise than it will. */
export interface NoticeChanged {
  readonly notice: NoticeId;
  readonly request: RequestId;
  readonly holder: PartyId;
  /** How it ends by itself as things are, and as they would be: no answer is given in either. */
  readonly before: string;
  readonly after: string;
}

/** What would become of the requests that are open, if something were recorded now. */
export interface Consequences {
  /** How many requests are open. */
  readonly open: number;
  /** Those that would come out otherwise. */
  readonly changed: readonly RequestComparison[];
  readonly notices: readonly NoticeChanged[];
  /** Who would be asked again, or for the first time, about a request that is open. */
  readonly asked: readonly PartyId[];
  /** False: there is too much to look through it all. What is told is what was found so far. */
  readonly complete: boolean;
}

export type ConsequencesResult =
  | { readonly ok: true; readonly value: Consequences }
  | { readonly ok: false; readonly rejection: Rejection };

/** Something to be recorded, and who would do it. */
export interface Change {
  readonly actor: PartyId;
  readonly body: CommandBody;
}

/**
 * Plays what is open to its end twice, as things are and after the changes, where nobody answers but those who have answered in advance, and
 * tells what comes out otherwise. The state is left as it was, byte for byte.
 *
 * @source Rules PLN30 to PLN32 in ./SPEC.md
 */
export function consequencesOf(state: BookState, changes: readonly Change[], at: Instant): ConsequencesResult {
  const open = state.requests.sortedValues().map(({ request }) => request);
  const before = new Course(state, at).play([]);
  const after = new Course(state, at).play(changes);
  if (after.rejection !== undefined) return { ok: false, rejection: after.rejection };
  const courseOf = (events: readonly BookEvent[], request: (typeof open)[number]) =>
    summaryOf(outcomeOf({ request, at, events, delivered: [], approved: [], chosen: false }));
  const changed = open.flatMap((request): RequestComparison[] => {
    const found = compareCourses(courseOf(before.events, request), courseOf(after.events, request));
    return found === undefined ? [] : [found];
  });
  const asked = changed.flatMap(({ asks }) => asks.flatMap((one) => (one.sign === "+" ? [one.after.holder] : [])));
  return {
    ok: true,
    value: {
      open: open.length,
      changed,
      notices: changedNotices(state, before.events, after.events),
      asked: [...new Set(asked)].sort(compareText),
      complete: before.complete && after.complete,
    },
  };
}

interface Played {
  readonly events: readonly BookEvent[];
  readonly complete: boolean;
  readonly rejection?: Rejection;
}

/** What happens from now on, until nothing more happens to a request by itself. */
class Course {
  private readonly state: BookState;
  private readonly at: Instant;
  private readonly events: BookEvent[] = [];
  private sent = 0;
  private rejection: Rejection | undefined;

  constructor(state: BookState, at: Instant) {
    this.state = state;
    this.at = Math.max(at, state.now) as Instant;
  }

  play(changes: readonly Change[]): Played {
    const mark = this.state.checkpoint();
    try {
      for (const { actor, body } of changes) if (!this.send(body, this.at, actor)) break;
      const complete = this.rejection !== undefined || this.follow();
      return { events: this.events, complete, ...(this.rejection === undefined ? {} : { rejection: this.rejection }) };
    } finally {
      this.state.rollback(mark);
    }
  }

  private follow(): boolean {
    const { state } = this;
    const keeper = state.header?.keeper;
    if (keeper === undefined) return true;
    const horizon = addMs(this.at, HORIZON_MS);
    for (let step = 0; step < STEPS_MAX; step += 1) {
      const due = state.timers.peek()?.at;
      if (due === undefined || due >= horizon || this.isAtRest()) return true;
      // What cannot be gone through by itself ends here, as it would in the book.
      if (!this.send({ type: "passTime" }, Math.max(due, state.now) as Instant, keeper)) {
        this.rejection = undefined;
        return true;
      }
    }
    return false;
  }

  private isAtRest(): boolean {
    for (const { rested } of this.state.requests.values()) if (rested === undefined) return false;
    return true;
  }

  private send(body: CommandBody, at: Instant, actor: PartyId): boolean {
    const key = `consequence ${(this.sent += 1)}`;
    const decision = run(this.state, { ...body, at, actor, key, nonce: key });
    this.events.push(...decision.events);
    this.rejection = decision.rejection;
    if (decision.rejection !== undefined) return false;
    for (const event of decision.events) {
      // By channels that the broker does not see a notice is taken as received when it is sent.
      if (event.type !== "noticeSent" || event.notice.kind === "information") continue;
      if (this.state.notices.get(event.notice.id)?.status !== "sent") continue;
      this.send({ type: "confirmDelivery", notice: event.notice.id, event: "acknowledged" }, at, event.notice.holder);
    }
    return this.rejection === undefined;
  }
}

/** Notices that are out now, and end otherwise. */
function changedNotices(
  state: BookState,
  before: readonly BookEvent[],
  after: readonly BookEvent[],
): readonly NoticeChanged[] {
  const [first, second] = [endsOf(before), endsOf(after)];
  return state.notices
    .sortedValues()
    .filter(isLive)
    .flatMap(({ id, request, holder }): NoticeChanged[] => {
      const [was, is] = [first.get(id) ?? "open", second.get(id) ?? "open"];
      return was === is ? [] : [{ notice: id, request, holder, before: was, after: is }];
    });
}

function endsOf(events: readonly BookEvent[]): ReadonlyMap<NoticeId, string> {
  const ends = new Map<NoticeId, string>();
  for (const event of events)
    if (event.type === "noticeClosed" && requestOf(event) !== undefined) ends.set(event.notice, event.status);
  return ends;
}
