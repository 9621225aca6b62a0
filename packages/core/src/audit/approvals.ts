import type { BookEvent } from "../book/events.ts";
import { canonicalText, compareText } from "../kernel/index.ts";
import type { Finding, Recorded } from "./finding.ts";

type Request = Recorded<"requestSubmitted">["request"];

interface Asked {
  readonly names: readonly string[];
  readonly text: string;
  readonly given: Set<string>;
}

/** Rounds after a notice: the terms are those of the notice, which was approved. */
const ROUNDS: ReadonlySet<string> = new Set(["confirmation", "over-allotment", "information"]);

/**
 * E5: no notice goes out, and nothing of the market is awarded, while an approval that the request names has not been given to what it asks
 * now. What a holder accepted was approved when it was noticed.
 */
export function auditApprovals(history: readonly BookEvent[]): Finding[] {
  const findings: Finding[] = [];
  const requests = new Map<string, Asked>();
  history.forEach((event, position) => {
    note(requests, event);
    const find = (request: string, what: string, id: string): void => {
      const { names, given } = requests.get(request) ?? { names: [], given: new Set() };
      const missing = names.filter((name) => !given.has(name));
      if (missing.length === 0) return;
      const message = `${what} without the approval ${missing.join(", ")} of what the request asks`;
      findings.push({ invariant: "E5", position, message, ids: [id, request] });
    };
    if (event.type === "noticeSent" && !ROUNDS.has(event.notice.kind))
      find(event.notice.request, "a notice went out", event.notice.id);
    if (event.type === "awardIssued" && event.award.lines.some((line) => line.notice === undefined))
      find(event.award.request, "an award was issued", event.award.id);
  });
  return findings;
}

function note(requests: Map<string, Asked>, event: BookEvent): void {
  if (event.type === "requestSubmitted") requests.set(event.request.id, askedOf(event.request, new Set()));
  if (event.type === "requestRevised") {
    const before = requests.get(event.request.id);
    const after = askedOf(event.request, new Set());
    requests.set(event.request.id, before?.text === after.text ? { ...after, given: before.given } : after);
  }
  if (event.type === "approvalGiven") requests.get(event.request)?.given.add(event.approval);
  if (event.type === "approvalDenied") requests.get(event.request)?.given.delete(event.approval);
}

function askedOf(request: Request, given: Set<string>): Asked {
  const { version: _1, project: _2, notes: _3, approvals: names, ...asked } = request;
  return { names: names ?? [], text: canonicalText(unordered(asked)), given };
}

/** Lists in one order, so that another order is no other wish; absent and empty lists are the same. */
function unordered(value: unknown): unknown {
  if (Array.isArray(value)) {
    const texts = value.map((item) => canonicalText(unordered(item))).sort(compareText);
    return texts.length === 0 ? undefined : texts;
  }
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, unordered(item)]));
}
