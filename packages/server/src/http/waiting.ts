import type { ViewKind } from "@offtake/core/disclosure";

/** States of what is not over yet, by kind; a notice that was closed, a bid that was withdrawn, wait for nothing. */
const WAITING: { readonly [Kind in ViewKind]?: readonly string[] } = {
  requests: ["open", "held", "awaiting_approval", "resting"],
  notices: ["sent", "open"],
  invitations: ["open"],
  awards: ["issued", "held"],
  conflicts: ["open"],
  bids: ["sealed"],
  holds: ["placed"],
  waivers: ["granted"],
  hostings: ["named"],
};

/** Kinds that somebody may have to do something about. */
export const QUEUED = [
  "requests",
  "notices",
  "invitations",
  "awards",
  "conflicts",
] as const satisfies readonly ViewKind[];
export type Queued = (typeof QUEUED)[number];

export const waitingOf = (kind: ViewKind): readonly string[] => WAITING[kind] ?? [];
