import { effectOfNotice, noticeRule, type RenewalNotice } from "../agreements/renewal-notice.ts";
import { type Renewal, termAt } from "../agreements/renewal.ts";
import { type AgreementState, standsFor, versionAt } from "../agreements/timeline.ts";
import type { AgreementVersion } from "../agreements/agreement.ts";
import { receiptOf } from "../calendar/index.ts";
import type { AgreementId, Instant, PartyId } from "../kernel/index.ts";
import { endRights } from "./agreements.ts";
import type { AgreementEvent } from "./events.ts";
import type { Writable } from "./draft.ts";
import { reject, type Turn } from "./turn.ts";
import { deliveryProfile } from "./windows.ts";

type GiveRenewalNotice = Extract<Turn["command"], { type: "giveRenewalNotice" }>;

/**
 * Records a notice of non-renewal, or one that ends an agreement that runs on, with the end that it brings. It is received as every
 * notice is (G1), by the other side; one that was delivered before it is recorded counts from its delivery.
 */
export function giveRenewalNotice(turn: Turn, command: GiveRenewalNotice): void {
  const { state, at } = turn;
  const agreement = state.agreements.get(command.agreement);
  if (agreement === undefined)
    return reject("unknown_agreement", `There is no agreement "${command.agreement}" in the book.`);
  const deliveredAt = command.deliveredAt ?? turn.receivedAt;
  if (deliveredAt > turn.receivedAt) reject("invalid_window", "A notice is recorded once it has been delivered.");
  const version = versionFor(agreement, deliveredAt);
  if (version?.renewal === undefined)
    return reject("nothing_to_renew", `${command.agreement} does not renew, or has ended: there is nothing to stop.`);
  const recipient = recipientOf(turn, agreement, version, version.renewal, command.by);
  const notice = receivedNotice(turn, version, version.renewal, command.by, recipient, deliveredAt);
  turn.emit({ type: "renewalNoticeGiven", at, agreement: command.agreement, version: version.version, notice });
  if (notice.endsAt !== undefined && notice.endsAt <= turn.receivedAt) endRights(turn, command.agreement);
}

/** The version in force then; before the first takes effect, that. */
function versionFor(agreement: AgreementState, at: Instant): AgreementVersion | undefined {
  if (agreement.status === "draft" || endedBefore(agreement, at)) return undefined;
  const [first] = agreement.versions;
  return versionAt(agreement, at) ?? (first !== undefined && at < first.effectiveFrom ? first : undefined);
}

const endedBefore = (agreement: AgreementState, at: Instant): boolean =>
  agreement.endings.some((ending) => ending.clauses === undefined && ending.at <= at);

/** The side that a notice of a party goes to. The party gives it, or the keeper records it for its party. */
function recipientOf(
  turn: Turn,
  agreement: AgreementState,
  version: AgreementVersion,
  { noticeBy }: Renewal,
  by: PartyId,
): PartyId {
  const buyer = standsFor(agreement, version.buyer);
  const provider = standsFor(agreement, version.provider);
  if (turn.actor !== by && turn.actor !== turn.state.header?.keeper)
    return reject("not_authorised", "A notice is given by the party itself, or recorded by the keeper of the book.");
  if (by === buyer && noticeBy !== "provider") return provider;
  if (by === provider && noticeBy !== "buyer") return buyer;
  return reject("not_authorised", `${by} may not give this notice: the agreement leaves it to ${noticeBy}.`);
}

function receivedNotice(
  turn: Turn,
  version: AgreementVersion,
  renewal: Renewal,
  by: PartyId,
  recipient: PartyId,
  deliveredAt: Instant,
): RenewalNotice {
  const rule = noticeRule(version, renewal.notice, (id) => turn.state.calendar(id));
  if (!rule.ok) return reject(rule.problem.code, rule.problem.detail);
  const receipt = receiptOf(deliveredAt, deliveryProfile(turn.state, version, recipient));
  if (!receipt.ok) return reject(codeOf(receipt.problem.code), receipt.problem.detail);
  const { deemedReceivedAt } = receipt.value;
  const effect = effectOfNotice(version, renewal, rule.value, { deliveredAt, deemedReceivedAt });
  if (!effect.ok) return reject(codeOf(effect.problem.code), effect.problem.detail);
  return { by, deliveredAt, deemedReceivedAt, ...effect.value };
}

function codeOf(code: string): "calendar_year_unknown" | "calendar_missing" | "invalid_window" {
  return code === "calendar_year_unknown" || code === "calendar_missing" ? code : "invalid_window";
}

/** A term has come to its end and nobody has stopped it: the agreement has renewed. */
export function renew(turn: Turn, id: AgreementId, at: Instant): void {
  const agreement = turn.state.agreements.get(id);
  if (agreement === undefined || agreement.status === "draft" || endedBefore(agreement, at)) return;
  const version = versionAt(agreement, at);
  if (version?.renewal === undefined || agreement.renewal?.renewedFrom === at) return;
  const event: Writable<Extract<AgreementEvent, { type: "agreementRenewed" }>> = {
    type: "agreementRenewed",
    at: turn.at,
    agreement: id,
    version: version.version,
    number: 1,
    from: at,
  };
  if (version.renewal.kind === "evergreen") {
    if (version.effectiveTo === at) turn.emit(event);
    return;
  }
  const term = termAt(version, at);
  if (term === undefined || term.number === 0 || term.from !== at) return;
  event.number = term.number;
  event.to = term.to;
  turn.emit(event);
}
