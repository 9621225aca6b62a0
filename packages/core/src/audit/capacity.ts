import type { BookEvent } from "../book/events.ts";
import { formatInstant, type Instant, type TimeWindow } from "../kernel/index.ts";
import type { Finding, Recorded } from "./finding.ts";
import { listAt } from "./finding.ts";
import { UseOverTime } from "./use-over-time.ts";

type Block = Recorded<"blockRecorded">["block"];
type Takes = readonly { readonly block: string; readonly count: number }[];

/** So many accelerators of one root block during a window. */
interface Taken {
  readonly root: string;
  readonly window: TimeWindow;
  readonly count: number;
}

/**
 * I3: on no root block, at no instant, is more held and awarded than the block has. Judged whenever something is taken, so that
 * a block which shrinks later condemns nothing that was in order when it was done.
 */
export function auditCapacity(history: readonly BookEvent[]): Finding[] {
  const ledger = new Ledger();
  history.forEach((event, position) => {
    ledger.note(event, position);
  });
  return ledger.findings;
}

class Ledger {
  readonly findings: Finding[] = [];
  private readonly blocks = new Map<string, Block>();
  private readonly withdrawn = new Set<string>();
  /** Blocks that have become smaller, or gone. */
  private readonly reduced = new Set<string>();
  private readonly use = new Map<string, UseOverTime>();
  /** What is taken, by its owner: a hold, or an award and the provider of its lines. */
  private readonly owned = new Map<string, Taken[]>();
  private readonly holdsOfNotice = new Map<string, string[]>();
  private readonly holdsOfRequest = new Map<string, string[]>();

  note(event: BookEvent, position: number): void {
    switch (event.type) {
      case "blockRecorded":
        if (event.block.quantity < (this.blocks.get(event.block.id)?.quantity ?? 0)) this.reduced.add(event.block.id);
        this.blocks.set(event.block.id, event.block);
        this.withdrawn.delete(event.block.id);
        break;
      case "blockWithdrawn":
        this.withdrawn.add(event.block);
        this.reduced.add(event.block);
        break;
      case "holdPlaced":
        listAt(this.holdsOfRequest, event.request).push(event.hold);
        if (event.notice !== undefined) listAt(this.holdsOfNotice, event.notice).push(event.hold);
        this.take(event.blocks, event.window, event.hold, position);
        break;
      case "holdReleased":
        this.release(event.hold);
        break;
      case "awardIssued":
        this.award(event.award, position);
        break;
      case "awardDefaulted":
        this.release(`${event.award} ${event.provider}`);
        break;
      case "requestClosed":
        for (const hold of listAt(this.holdsOfRequest, event.request)) this.release(hold);
        break;
      default:
    }
  }

  /**
   * An award that rests on a notice takes the place of the hold which that notice's acceptance put. What was in order when it was
   * held may be awarded, although its block has shrunk or gone since.
   */
  private award(award: Recorded<"awardIssued">["award"], position: number): void {
    const held = new Set<string>();
    for (const line of award.lines) {
      for (const hold of line.notice === undefined ? [] : listAt(this.holdsOfNotice, line.notice)) {
        for (const taken of this.owned.get(hold) ?? []) held.add(takenText(taken));
        this.release(hold);
      }
    }
    for (const line of award.lines) {
      this.take(
        line.blocks,
        line.window,
        `${award.id} ${line.provider}`,
        position,
        line.notice === undefined ? undefined : held,
      );
    }
  }

  private take(takes: Takes, window: TimeWindow, owner: string, position: number, held?: ReadonlySet<string>): void {
    for (const { block: id, count } of takes) {
      const block = this.blocks.get(id);
      const root = this.blocks.get(block?.rootId ?? "");
      const isReduced = this.reduced.has(id) || (root !== undefined && this.reduced.has(root.id));
      if (root !== undefined && isReduced && held?.has(takenText({ root: root.id, window, count })) === true) {
        this.hold(root, window, count, owner);
        continue;
      }
      const gone = this.withdrawn.has(id) || (root !== undefined && this.withdrawn.has(root.id));
      const message =
        root === undefined || gone
          ? "capacity was taken of a block that is not on record"
          : this.occupy(root, window, count, owner);
      if (message !== undefined) this.findings.push({ invariant: "I3", position, message, ids: [id, owner] });
    }
  }

  private occupy(root: Block, window: TimeWindow, count: number, owner: string): string | undefined {
    const peak = this.hold(root, window, count, owner);
    if (window.from < root.window.from || window.to > root.window.to)
      return `${root.id} was taken at a time it does not have`;
    if (peak.used <= root.quantity) return undefined;
    const from = formatInstant(peak.at as Instant);
    return `${root.id} has ${root.quantity} and ${peak.used} were held and awarded on it from ${from}`;
  }

  private hold(root: Block, window: TimeWindow, count: number, owner: string): ReturnType<UseOverTime["add"]> {
    const use = this.use.get(root.id) ?? new UseOverTime();
    this.use.set(root.id, use);
    listAt(this.owned, owner).push({ root: root.id, window, count });
    return use.add(window, count);
  }

  private release(owner: string): void {
    for (const { root, window, count } of this.owned.get(owner) ?? []) this.use.get(root)?.add(window, -count);
    this.owned.delete(owner);
  }
}

function takenText({ root, window, count }: Taken): string {
  return `${root} ${window.from} ${window.to} ${count}`;
}
