import { countText } from "../../amounts/counts.ts";
import type { Figure } from "../../surface/key-figures.tsx";
import type { Status } from "./operations.tsx";

/** What is behind by more than this a person should look at. */
const BEHIND_MS = 5_000;

const behind = (ms: number): string => (ms < 1_000 ? `${ms} ms` : `${(ms / 1_000).toFixed(1)} s`);

/** What of a broker lags, fails, or cannot be done now: each says itself whether somebody should look. */
export function figuresOf({ feeds, deadlines, outbox, isReadOnly }: Omit<Status, "nodes">): readonly Figure[] {
  const attention = (isSo: boolean): { readonly family?: "attention" } => (isSo ? { family: "attention" } : {});
  const stuck = outbox.retried + outbox.dead + outbox.webhooksOff;
  return [
    {
      label: "Changes",
      value: isReadOnly ? "▲ read-only" : "taken",
      note: isReadOnly ? "answers go on, nothing is changed" : "and answered once they are on disk",
      ...attention(isReadOnly),
    },
    {
      label: "Feeds behind",
      value: behind(feeds.behindMs),
      note: `${countText(feeds.behindRecords)} records not told yet, ${countText(feeds.followers)} pages follow`,
      ...attention(feeds.behindMs > BEHIND_MS),
    },
    {
      label: "Deadlines overdue",
      value: behind(deadlines.overdueMs),
      note: "of the one that is woken last",
      ...attention(deadlines.overdueMs > BEHIND_MS),
    },
    {
      label: "Waits to be sent",
      value: countText(outbox.waiting),
      note:
        outbox.pausedSince !== undefined
          ? "held back: nothing goes out"
          : stuck === 0
            ? "nothing failed"
            : `${countText(outbox.retried)} tried again, ${countText(outbox.dead)} given up, ${countText(outbox.webhooksOff)} webhooks off`,
      ...attention(stuck > 0 || outbox.pausedSince !== undefined),
    },
  ];
}

/** Which versions serve, and how many nodes of each: more than one while it is being upgraded. */
export function versionsOf({
  nodes,
}: Pick<Status, "nodes">): readonly { readonly version: string; readonly nodes: number }[] {
  const counts = new Map<string, number>();
  for (const { version } of nodes) counts.set(version, (counts.get(version) ?? 0) + 1);
  return [...counts].map(([version, count]) => ({ version, nodes: count }));
}
