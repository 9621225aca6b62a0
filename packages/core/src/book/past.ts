import type { AgreementId, Instant, RequestId } from "../kernel/index.ts";
import type { Assessment } from "../rights/assessment.ts";
import type { Journal, Undoable } from "./journal.ts";
import type { RequestState } from "./request-state.ts";

/** What is kept of an awarded request that has left: enough to say which change of an agreement would have touched it. */
export interface PastRequest {
  readonly request: RequestId;
  readonly submittedAt: Instant;
  /** Agreements whose rights were weighed on it. */
  readonly agreements: readonly AgreementId[];
  /** First instant at which nothing that it was awarded runs any more. */
  readonly until: Instant;
}

/** Past requests in a form that takes little to read. */
export interface DormantPast {
  readonly count: number;
  all(): readonly PastRequest[];
}

/** In the journal: what was added, and when. */
export interface AddedPast {
  readonly entry: PastRequest;
  readonly now: Instant;
}

/** Fewer entries than this are not looked through for what has ended. */
const SWEEP_MIN = 1_024;

/** Awarded requests that have left, in the order in which they did, as long as what they were awarded runs. */
export class PastRequests implements Undoable {
  private list: PastRequest[] = [];
  /** What was taken over and comes before the list; nobody has looked at it yet. */
  private dormant: DormantPast | undefined;
  private sweepAt = SWEEP_MIN;
  private readonly journal: Journal;

  constructor(journal: Journal) {
    this.journal = journal;
  }

  /** Adds an entry; each time they have doubled, those that have ended by `now` go. */
  add(entry: PastRequest, now: Instant): void {
    const { sweepAt } = this;
    const isSwept = this.list.length + (this.dormant?.count ?? 0) >= sweepAt;
    const list = isSwept ? this.awake() : this.list;
    if (isSwept) {
      this.list = [...list.filter(({ until }) => until > now), entry];
      this.sweepAt = Math.max(SWEEP_MIN, this.list.length * 2);
    } else list.push(entry);
    const added: AddedPast = { entry, now };
    if (this.journal.recording) this.journal.recordChange(this, added, isSwept ? { list, sweepAt } : undefined);
  }

  undo(_: unknown, before: unknown): void {
    if (before === undefined) this.list.pop();
    else Object.assign(this, before);
  }

  /** Those submitted at `from` or later, and still running at `now`, on which rights of the agreement were weighed. */
  underSince(agreement: AgreementId, from: Instant, now: Instant): RequestId[] {
    return this.awake()
      .filter((item) => item.submittedAt >= from && item.until > now && item.agreements.includes(agreement))
      .map(({ request }) => request);
  }

  all(): readonly PastRequest[] {
    return this.awake();
  }

  private awake(): PastRequest[] {
    const { dormant } = this;
    this.dormant = undefined;
    if (dormant !== undefined) this.list = [...dormant.all(), ...this.list];
    return this.list;
  }

  /** At how many entries those that have ended go: it decides what is still among them. */
  get sweptAt(): number {
    return this.sweepAt;
  }

  /** Takes over what `all` and `sweptAt` gave, once somebody looks at it; nothing is in this one yet. */
  restore(dormant: DormantPast, sweptAt: number): void {
    this.dormant = dormant;
    this.sweepAt = sweptAt;
  }
}

/** What a request leaves behind; undefined where nothing was awarded. */
export function pastOf({ request, submittedAt, lots, awards }: RequestState): PastRequest | undefined {
  let until: Instant | undefined;
  for (const award of awards) {
    for (const { window } of award.lines) if (until === undefined || window.to > until) until = window.to;
  }
  if (until === undefined) return undefined;
  const [first] = lots;
  const agreements =
    lots.length === 1 && first !== undefined
      ? agreementsIn(first.assessments)
      : [...new Set(lots.flatMap((lot) => agreementsIn(lot.assessments)))];
  return { request: request.id, submittedAt, agreements, until };
}

const named = new WeakMap<readonly Assessment[], readonly AgreementId[]>();

/** The same list of assessments, found again for a like request, names the same agreements. */
function agreementsIn(assessments: readonly Assessment[]): readonly AgreementId[] {
  let found = named.get(assessments);
  if (found === undefined) {
    found = [...new Set(assessments.map(({ right }) => right.agreement))].sort();
    named.set(assessments, found);
  }
  return found;
}
