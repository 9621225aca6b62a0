import type { PartyView } from "./view.ts";

/** All states in which objects of each kind are listed, in the order of their lives. */
export const LIST_STATUSES = {
  agreements: ["recorded", "draft", "signed", "active", "conflicted", "suspended", "terminated"],
  agreementVersions: ["recorded"],
  commitments: ["proposed", "pending", "active", "exhausted", "expired", "canceled", "superseded"],
  conflicts: ["open", "decided"],
  waivers: ["granted", "revoked"],
  notices: [
    ...["sent", "open", "accepted", "part_accepted", "refused", "lapsed", "waived", "forfeited"],
    ...["withdrawn", "superseded", "consented", "supported", "suspended"],
  ],
  holds: ["placed", "released"],
  invitations: ["open", "selected", "not_selected"],
  bids: ["sealed", "not_accepted", "withdrawn", "void"],
  awards: ["issued", "held", "confirmed", "defaulted"],
  hostings: ["named", "awarded"],
  requests: [
    ...["awaiting_approval", "held", "open", "resting"],
    ...["awarded_full", "awarded_part", "unfilled", "withdrawn", "announced", "closed"],
  ],
  parties: ["named", "recorded"],
  books: ["open"],
  calendars: ["recorded"],
  rates: ["recorded"],
  indexValues: ["recorded"],
  blocks: ["listed", "withdrawn"],
  offers: ["listed", "withdrawn"],
  standingAnswers: ["given", "revoked"],
  consents: ["given"],
} as const satisfies { readonly [Kind in keyof PartyView]: readonly string[] };

/** One word of the kind's own for how far an object of it has come. */
export type ListStatus<Kind extends keyof PartyView> = (typeof LIST_STATUSES)[Kind][number];
