import type { AgreementVersion } from "../agreements/agreement.ts";
import type { Party } from "../agreements/party.ts";
import type { AgreementState } from "../agreements/timeline.ts";
import { builtinCalendar } from "../calendar/index.ts";
import type { DatesWorld } from "../dates/world.ts";
import { compareText, type PartyId } from "../kernel/index.ts";
import type { OpenNotice } from "../notices/notice.ts";
import type { HolderNotice } from "./holder-events.ts";
import type { AgreementView, NoticeView, PartyView } from "./view.ts";

/** What of a view dates follow from. */
export type DatedView = Pick<
  PartyView,
  "agreements" | "agreementVersions" | "parties" | "calendars" | "waivers" | "notices"
>;

/**
 * What the dates of a party follow from that does not keep the book: its own agreements, its notices, its waivers. Who looks after a date, and
 * what nobody has confirmed, is the keeper's.
 *
 * @source Rule DSC26 in ./SPEC.md
 */
export function partyDatesWorld(view: DatedView, party: PartyId, keeper: PartyId): DatesWorld {
  const known = view.parties.get(party)?.party;
  return {
    keeper,
    agreements: [...view.agreements.values()]
      .map((one) => agreementState(one, view))
      .sort((a, b) => compareText(a.id, b.id)),
    party: (id) => (id === party && known !== undefined ? (known as Party) : undefined),
    calendarOf: (id) => view.calendars.get(id) ?? builtinCalendar(id),
    waivers: [...view.waivers.values()].flatMap(({ waiver, revokedAt }) => (revokedAt === undefined ? [waiver] : [])),
    notices: [...view.notices.values()].flatMap((one) => (one.status === "open" ? [openNotice(one)] : [])),
    clearances: [],
    signatures: [],
    leftOf: (_agreement, _clause, count) => count,
  };
}

function agreementState(
  { agreement, status, ended, renewalNotices, renewed, assignments }: AgreementView,
  { agreementVersions }: DatedView,
): AgreementState {
  const versions = [...agreementVersions.values()]
    .filter((one) => one.agreement.id === agreement.id)
    .sort((a, b) => a.recordedAt - b.recordedAt || a.agreement.version - b.agreement.version);
  return {
    id: agreement.id,
    // What is left out of them is the keeper's own: no date follows from it.
    versions: versions.map((one) => one.agreement as AgreementVersion),
    status: status ?? "draft",
    endings: ended === undefined ? [] : [endingOf(ended)],
    assigned: assignments.flatMap(({ from, to, effective }) => (effective ? [{ from, to }] : [])),
    claimedAssignees: [],
    renewal: { notices: renewalNotices, ...(renewed === undefined ? {} : { renewedFrom: renewed.from }) },
  };
}

function endingOf({
  effectiveAt: at,
  accruedRightsSurvive,
  clauses,
}: NonNullable<AgreementView["ended"]>): AgreementState["endings"][number] {
  return { at, accruedRightsSurvive, ...(clauses === undefined ? {} : { clauses }) };
}

function openNotice({ notice, clock, status }: NoticeView): OpenNotice {
  const { agreement, clause, version, ...rest } = notice as HolderNotice;
  const right = "right" in notice ? notice.right : { agreement, clause, version };
  return {
    ...rest,
    right,
    status,
    ...(clock === undefined ? {} : { respondBy: clock.respondBy }),
  } as unknown as OpenNotice;
}
