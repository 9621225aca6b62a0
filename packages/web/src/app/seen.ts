import { useState } from "react";

/** What somebody saw when the page was opened, or when they last said that they have seen what changed. */
export interface SinceSeen<Value> {
  readonly seen: Value;
  /** Takes what stands now as seen. */
  readonly acknowledge: () => void;
}

/**
 * Keeps what was seen first while what stands moves on below it: what somebody is about to do rests on that.
 *
 * @param name of what stands now: another value has another one
 * @param isOwn what changes now, one has changed oneself: it is seen as it comes
 */
export function useSeen<Value>(now: Value, name: string, isOwn: boolean): SinceSeen<Value> {
  const [seen, setSeen] = useState({ value: now, name });
  if (isOwn && seen.name !== name) setSeen({ value: now, name });
  return { seen: seen.value, acknowledge: () => setSeen({ value: now, name }) };
}
