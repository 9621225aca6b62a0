import { useEffect, useRef, useState } from "react";
import { Sign, TEXT_OF } from "../states/badge.tsx";
import type { Family } from "../states/families.ts";
import { announcement } from "./announcements.ts";
import { familyOfClock, leftText, nextTick } from "./countdown.ts";
import { Instant } from "./instant.tsx";
import { useNow } from "./viewing.ts";

interface DeadlineClockProps {
  /** The last instant in time. */
  readonly at: string;
  readonly zone: string;
  /** What must be done by then: "Answer by", "Bids by". */
  readonly label: string;
  /** How it was counted, a part at a time. */
  readonly basis?: readonly string[];
  /** What it means that nobody does anything: "No answer = refused." */
  readonly silence?: string;
  /** When the clock began, for the bar. */
  readonly since?: string;
}

/**
 * A clock that somebody must keep: the instant in the zone of the contract first, what is left second, then how it was counted and what
 * silence means. It runs by the broker's clock. Assistive tools hear it at five marks and at the end, never every second.
 */
export function DeadlineClock({ at, zone, label, basis = [], silence, since }: DeadlineClockProps) {
  const deadline = Date.parse(at);
  const now = useNow((shown) => (shown > deadline ? undefined : nextTick(deadline, shown)));
  const left = leftText(deadline, now);
  const family = familyOfClock(deadline, now);
  return (
    <div className="@container">
      <div role="timer" aria-live="off" aria-label={label}>
        <p className="text-xs text-ink-soft">{label}</p>
        <p className="mt-0.5 text-md font-semibold tracking-tight @[17rem]:text-lg">
          <Instant at={at} zone={zone} isDeadline className="whitespace-normal!" />
        </p>
        <p className={`mt-1 flex items-baseline gap-1.5 font-medium ${TEXT_OF[family]}`}>
          <Sign family={family} />
          {left === undefined ? "passed" : `${left} left`}
        </p>
      </div>
      {since === undefined ? undefined : <Elapsed from={Date.parse(since)} to={deadline} now={now} family={family} />}
      {basis.length === 0 ? undefined : (
        <ul className="mt-3 space-y-0.5 text-xs text-ink-soft">
          {basis.map((part) => (
            <li key={part}>{part}</li>
          ))}
        </ul>
      )}
      {silence === undefined ? undefined : <p className="mt-2 text-xs font-medium">{silence}</p>}
      <Announced deadline={deadline} now={now} label={label} />
    </div>
  );
}

const FILL: Readonly<Record<Family, string>> = {
  neutral: "bg-neutral",
  waiting: "bg-waiting",
  secured: "bg-secured",
  attention: "bg-attention",
  breach: "bg-breach",
};

function Elapsed({ from, to, now, family }: { from: number; to: number; now: number; family: Family }) {
  const part = to <= from ? 1 : Math.max(0, Math.min(1, (now - from) / (to - from)));
  return (
    <div aria-hidden="true" className="mt-3 h-1 overflow-hidden rounded-full bg-sunken forced-colors:border">
      <div
        className={`h-full rounded-full forced-colors:bg-[CanvasText] ${FILL[family]}`}
        style={{ width: `${(part * 100).toFixed(2)}%` }}
      />
    </div>
  );
}

function Announced({ deadline, now, label }: { deadline: number; now: number; label: string }) {
  const before = useRef(now);
  const [said, setSaid] = useState("");
  useEffect(() => {
    const text = announcement(deadline, before.current, now);
    before.current = now;
    if (text !== undefined) setSaid(`${label}: ${text}`);
  }, [deadline, now, label]);
  return (
    <p aria-live="polite" className="sr-only">
      {said}
    </p>
  );
}
