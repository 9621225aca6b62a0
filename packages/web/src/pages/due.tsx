import { familyOfClock, leftText, nextTick } from "../clock/countdown.ts";
import { Instant } from "../clock/instant.tsx";
import { useNow } from "../clock/viewing.ts";
import { TEXT_OF } from "../states/badge.tsx";

/** A deadline in a row: when, and what is left. */
export function Due({ at, zone }: { readonly at: string | undefined; readonly zone?: string | undefined }) {
  const deadline = at === undefined ? undefined : Date.parse(at);
  const now = useNow((shown) => (deadline === undefined || shown > deadline ? undefined : nextTick(deadline, shown)));
  if (at === undefined || deadline === undefined) return <span className="text-ink-faint">–</span>;
  const left = leftText(deadline, now);
  return (
    <span className="flex items-baseline gap-2">
      <Instant at={at} isDeadline {...(zone === undefined ? {} : { zone })} />
      <span
        className={`whitespace-nowrap text-xs ${left === undefined ? "text-ink-soft" : TEXT_OF[familyOfClock(deadline, now)]}`}
      >
        {left === undefined ? "passed" : left}
      </span>
    </span>
  );
}
