import type { AgreementId, Instant } from "../kernel/index.ts";
import type { ListStatus } from "./list-statuses.ts";
import type { PartyView, ViewKind, ViewObject } from "./view.ts";

/** What an object of a view is listed by. */
export interface Listed {
  /** One of the kind's `LIST_STATUSES`. */
  readonly status: string;
  /** The next instant at which time alone changes something for it; absent where it waits for nothing. */
  readonly deadline?: Instant;
  /** Id of what it is a part of or an answer to. */
  readonly parent?: string;
  readonly agreement?: AgreementId;
}

type Lister<Kind extends ViewKind> = (one: ViewObject<Kind>) => {
  readonly status: ListStatus<Kind>;
  readonly deadline?: Instant | undefined;
  readonly parent?: string | undefined;
  readonly agreement?: AgreementId | undefined;
};

const LISTERS: { readonly [Kind in keyof PartyView]: Lister<Kind> } = {
  agreements: ({ status, ended, agreement }) => ({
    status: status ?? "recorded",
    deadline: status === "terminated" ? undefined : (ended?.effectiveAt ?? agreement.effectiveTo),
  }),
  agreementVersions: ({ agreement: { id } }) => ({ status: "recorded", parent: id, agreement: id }),
  commitments: ({ agreement, clause }) => ({ status: clause.status, agreement }),
  conflicts: ({ agreement, decided }) => ({ status: decided === undefined ? "open" : "decided", agreement }),
  waivers: ({ waiver, revokedAt }) => ({
    status: revokedAt === undefined ? "granted" : "revoked",
    deadline: revokedAt === undefined ? waiver.to : undefined,
    agreement: waiver.right.agreement,
  }),
  notices: (one) => ({
    status: one.status,
    deadline: one.status === "open" ? one.clock?.respondBy : undefined,
    parent: one.notice.request,
    agreement: one.as === "keeper" ? one.notice.right.agreement : one.notice.agreement,
  }),
  holds: ({ released, request, notice }) => ({
    status: released ? "released" : "placed",
    parent: request ?? notice,
  }),
  invitations: ({ selected, closesAt }) =>
    selected === undefined
      ? { status: "open", deadline: closesAt }
      : { status: selected > 0 ? "selected" : "not_selected" },
  bids: ({ status, bid, extensionAsked }) => ({
    status,
    deadline: status === "sealed" ? (extensionAsked?.answerBy ?? bid.validUntil) : undefined,
    parent: bid.invitation,
  }),
  awards: (one) => ({
    status: one.status,
    deadline: awaits(one.status) ? (one.as === "keeper" ? one.award : one).conditionalUntil : undefined,
    parent: one.as === "keeper" ? one.award.request : undefined,
  }),
  hostings: ({ awarded, window }) => (awarded ? { status: "awarded", deadline: window.from } : { status: "named" }),
  requests: (one) => ({ status: requestStatus(one), deadline: one.closed ? undefined : one.until }),
  parties: ({ party }) => ({ status: party === undefined ? "named" : "recorded" }),
  books: () => ({ status: "open" }),
  calendars: () => ({ status: "recorded" }),
  rates: () => ({ status: "recorded" }),
  indexValues: ({ index }) => ({ status: "recorded", parent: index }),
  blocks: ({ block, withdrawn }) => ({
    status: withdrawn ? "withdrawn" : "listed",
    parent: "parentId" in block ? block.parentId : undefined,
  }),
  offers: ({ offer, withdrawn }) => ({
    status: withdrawn ? "withdrawn" : "listed",
    deadline: withdrawn ? undefined : offer.to,
    agreement: offer.priceBy,
  }),
  standingAnswers: ({ revoked }) => ({ status: revoked ? "revoked" : "given" }),
  consents: () => ({ status: "given" }),
};

const awaits = (status: string): boolean => status === "issued" || status === "held";

/** Closed and withdrawn ones by how they ended; of the others, what they wait for. */
function requestStatus(one: ViewObject<"requests">): ListStatus<"requests"> {
  if (one.closed || one.outcome === "withdrawn") return one.outcome ?? "closed";
  if (one.approvals.some(({ status }) => status === "awaited")) return "awaiting_approval";
  if ([...one.lots.values()].some(({ held, dropped }) => held !== undefined && dropped === undefined)) return "held";
  return one.outcome === undefined ? "open" : "resting";
}

/** What an object is listed by: its status, when it falls due, what it belongs to. */
export function listed<Kind extends ViewKind>(kind: Kind, object: ViewObject<Kind>): Listed {
  const lister = LISTERS[kind] as unknown as Lister<Kind>;
  const { status, deadline, parent, agreement } = lister(object);
  return {
    status,
    ...(deadline === undefined ? {} : { deadline }),
    ...(parent === undefined ? {} : { parent }),
    ...(agreement === undefined ? {} : { agreement }),
  };
}
