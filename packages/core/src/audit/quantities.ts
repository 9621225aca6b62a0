import type { BookEvent } from "../book/events.ts";
import type { AuditedLine, AuditedLot, Finding, Recorded } from "./finding.ts";
import { listAt } from "./finding.ts";

interface Part {
  readonly award: string;
  readonly line: AuditedLine;
  readonly lot: AuditedLot;
}

/**
 * I1: a lot is never awarded beyond its count, and no line of a request, at any instant, beyond the largest count that a version
 * of the request asked for. A cut of the request cannot take back what was accepted before, hence the largest. Awards that
 * defaulted no longer count, and an id that is submitted anew names a new request.
 */
export function auditQuantities(history: readonly BookEvent[]): Finding[] {
  const findings: Finding[] = [];
  const lots = new Map<string, AuditedLot>();
  const asked = new Map<string, number>();
  const parts = new Map<string, Part[]>();
  history.forEach((event, position) => {
    if (event.type === "lotFormed" || event.type === "lotRestated") lots.set(event.lot.id, event.lot);
    if (event.type === "requestSubmitted") forget(asked, parts, event.request);
    if (event.type === "requestSubmitted" || event.type === "requestRevised") noteAsked(asked, event.request);
    if (event.type === "awardDefaulted") {
      const kept = listAt(parts, event.request).filter((part) => !isPartOf(part, event));
      parts.set(event.request, kept);
    }
    if (event.type !== "awardIssued") return;
    for (const line of event.award.lines) {
      const lot = lots.get(line.lot);
      const ids = [line.lot, event.award.id];
      if (lot === undefined) {
        findings.push({ invariant: "I1", position, message: "a lot was awarded that was never formed", ids });
        continue;
      }
      const list = listAt(parts, lot.request);
      list.push({ award: event.award.id, line, lot });
      const message = exceeded(list, lot, asked.get(`${lot.request} ${lot.lineIndex}`));
      if (message !== undefined) findings.push({ invariant: "I1", position, message, ids: [...ids, lot.request] });
    }
  });
  return findings;
}

/** An id that is submitted once its request has closed names a new one. */
function forget(
  asked: Map<string, number>,
  parts: Map<string, Part[]>,
  request: Recorded<"requestSubmitted">["request"],
): void {
  parts.delete(request.id);
  request.lines.forEach((_, index) => asked.delete(`${request.id} ${index}`));
}

function noteAsked(asked: Map<string, number>, request: Recorded<"requestSubmitted">["request"]): void {
  request.lines.forEach((line, index) => {
    const key = `${request.id} ${index}`;
    asked.set(key, Math.max(asked.get(key) ?? 0, line.count));
  });
}

function isPartOf(part: Part, event: Recorded<"awardDefaulted">): boolean {
  return part.award === event.award && part.line.provider === event.provider;
}

function exceeded(parts: readonly Part[], lot: AuditedLot, asked: number | undefined): string | undefined {
  const ofLot = sum(parts.filter((part) => part.lot.id === lot.id));
  if (ofLot > lot.count) return `${ofLot} were awarded of a lot of ${lot.count}`;
  if (asked === undefined) return undefined;
  const peak = peakOf(parts.filter((part) => part.lot.lineIndex === lot.lineIndex));
  return peak > asked ? `${peak} were awarded at one time where ${asked} were asked for` : undefined;
}

/**
 * The largest sum at any instant: it is reached where some lot begins. A part that is supplied at another time than was asked for
 * counts for the time that was asked for.
 */
function peakOf(parts: readonly Part[]): number {
  const starts = parts.map((part) => part.lot.window.from);
  return Math.max(
    ...starts.map((start) => sum(parts.filter(({ lot }) => lot.window.from <= start && start < lot.window.to))),
  );
}

/** Lines count in accelerators of the lot's first alternative, whatever they supply. */
const sum = (parts: readonly Part[]): number => parts.reduce((total, part) => total + part.line.count, 0);
