import { statusText } from "@offtake/core/explanation";
import type { ViewKind } from "@offtake/core/disclosure";
import type { Family, StateShown } from "./families.ts";

type Row = readonly [Family, string, "partial"?];

/** The states that objects are listed by, and how each is shown. A state that is not here shows its own word. */
const STATES: { readonly [Kind in ViewKind]?: Readonly<Record<string, Row>> } = {
  requests: {
    open: ["waiting", "Open"],
    awaiting_approval: ["attention", "Awaiting approval"],
    held: ["attention", "Held"],
    resting: ["neutral", "Resting"],
    awarded_full: ["secured", "Awarded"],
    awarded_part: ["secured", "Awarded in part", "partial"],
    unfilled: ["breach", "Unfilled"],
    withdrawn: ["neutral", "Withdrawn"],
    closed: ["neutral", "Closed"],
  },
  notices: {
    sent: ["waiting", "Sent"],
    open: ["waiting", "Open"],
    accepted: ["secured", "Accepted"],
    part_accepted: ["secured", "Accepted in part", "partial"],
    refused: ["neutral", "Refused"],
    lapsed: ["neutral", "Lapsed"],
    waived: ["neutral", "Waived"],
    forfeited: ["neutral", "Forfeited"],
    withdrawn: ["neutral", "Withdrawn"],
    superseded: ["neutral", "Replaced"],
    consented: ["secured", "Consented"],
    suspended: ["attention", "Suspended"],
  },
  invitations: {
    open: ["waiting", "Open for bids"],
    selected: ["secured", "Selected"],
    not_selected: ["neutral", "Not selected"],
  },
  bids: {
    sealed: ["waiting", "Sealed"],
    not_accepted: ["breach", "Not accepted"],
    withdrawn: ["neutral", "Withdrawn"],
    void: ["neutral", "Void"],
  },
  awards: {
    issued: ["waiting", "Awaiting confirmation"],
    held: ["attention", "Held"],
    confirmed: ["secured", "Confirmed"],
    defaulted: ["breach", "Defaulted"],
  },
  agreements: {
    recorded: ["neutral", "Recorded"],
    draft: ["neutral", "Draft"],
    signed: ["neutral", "Executed"],
    active: ["secured", "Active"],
    conflicted: ["breach", "Conflicted"],
    suspended: ["attention", "Suspended"],
    terminated: ["neutral", "Terminated"],
  },
  conflicts: { open: ["attention", "Undecided"], decided: ["neutral", "Decided"] },
  hostings: { named: ["waiting", "Named"], awarded: ["secured", "Awarded"] },
  holds: { placed: ["secured", "Held"], released: ["neutral", "Released"] },
  waivers: { granted: ["neutral", "Granted"], revoked: ["neutral", "Revoked"] },
  blocks: { listed: ["secured", "On record"], withdrawn: ["neutral", "Withdrawn"] },
  offers: { listed: ["secured", "Listed"], withdrawn: ["neutral", "Withdrawn"] },
  commitments: {
    proposed: ["neutral", "Proposed"],
    pending: ["waiting", "Pending"],
    active: ["secured", "Active"],
    exhausted: ["neutral", "Met"],
    expired: ["neutral", "Expired"],
    canceled: ["neutral", "Cancelled"],
    superseded: ["neutral", "Replaced"],
  },
};

/** How an object's state is shown: its family, its word, and whether it is only part of what was asked. */
export function stateOf(kind: ViewKind, status: string): StateShown {
  const row = STATES[kind]?.[status];
  if (row === undefined) return { family: "neutral", word: wordOf(status) };
  const [family, word, partial] = row;
  return { family, word, ...(partial === undefined ? {} : { partial: true as const }) };
}

const wordOf = (code: string): string => {
  const told = statusText(code);
  return `${told.charAt(0).toUpperCase()}${told.slice(1)}`;
};
