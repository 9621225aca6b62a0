import { isRight } from "@offtake/core/agreements";
import { deadlineText, parseZone, spanText, UTC, type ZoneId, zonedText, momentText } from "@offtake/core/calendar";
import type { ClockView, HolderNotice, PartyAgreement, PartyRight } from "@offtake/core/disclosure";
import { countText, rateText } from "@offtake/core/explanation";
import { formatInstant, type NoticeId, type PartyId, type Rational } from "@offtake/core/kernel";
import type { Addressee, NoticeForm } from "./address.ts";
import { ASKS, BEGINS, COUNTED, partText, periodText, SILENCE, SUBJECT } from "./words.ts";

/** A line of a table: what, and its value. */
export interface LetterRow {
  readonly label: string;
  readonly value: string;
}

/** Everything that a letter says, in the order in which it says it. Made from what its recipient knows and from nothing else. */
export interface Letter {
  readonly notice: NoticeId;
  readonly sender: Addressee;
  readonly to: Addressee;
  readonly copies: readonly Addressee[];
  /** "By registered post", where the clause asks for one. */
  readonly method?: string;
  readonly date: string;
  readonly references: readonly LetterRow[];
  readonly subject: string;
  readonly opening: string;
  /** The words of the clause, where they are on record. */
  readonly quote?: string;
  readonly asked: string;
  readonly terms: readonly LetterRow[];
  /** What an answer may say. */
  readonly answering: readonly string[];
  readonly deadline: {
    readonly title: string;
    readonly when?: string;
    readonly utc?: string;
    readonly lines: readonly string[];
  };
  readonly silence?: string;
  /** How an answer reaches the sender. */
  readonly ways: readonly string[];
  readonly sentAtMs: number;
}

/** What the recipient of a letter knows of its notice: taken from its own feed or view, and from nothing else. */
export interface LetterSource {
  readonly notice: HolderNotice;
  readonly clock?: ClockView;
  /** The agreement of the notice, as the recipient has it. */
  readonly agreement?: PartyAgreement;
  /** Names of parties that the recipient has been told. */
  readonly names: ReadonlyMap<PartyId, string>;
}

export interface LetterParts {
  readonly source: LetterSource;
  readonly sender: Addressee;
  readonly form: NoticeForm;
  /** Where this notice alone can be answered without an account. */
  readonly link?: string;
}

/** The letter of a notice, for its holder. */
export function letterOf({ source, sender, form, link }: LetterParts): Letter {
  const { notice, clock, agreement } = source;
  const right = rightOf(source);
  const zone = parseZone(clock?.zone ?? agreement?.zone ?? "") ?? UTC;
  const { method } = form;
  return {
    notice: notice.id,
    sender,
    to: form.addressee,
    copies: form.copies,
    ...(method === undefined ? {} : { method: `By ${method}` }),
    date: zonedText(zone, notice.sentAt),
    references: referencesOf(notice, agreement, form),
    subject: `${SUBJECT[notice.kind]}: ${countText(notice.count)} ${notice.terms.acceleratorType}`,
    opening: openingOf(notice, agreement),
    ...(right?.text === undefined ? {} : { quote: right.text }),
    asked: ASKS[notice.kind],
    terms: termRows(source, zone),
    answering: answeringOf(notice, right),
    deadline: deadlineOf(source, right, zone),
    ...(right === undefined || notice.kind === "information" ? {} : { silence: SILENCE[right.silence] }),
    ways: waysOf(notice, sender, link),
    sentAtMs: notice.sentAt,
  };
}

/** The clause of the notice, as the recipient has it. */
export function rightOf({ notice, agreement }: LetterSource): PartyRight | undefined {
  for (const clause of agreement?.clauses ?? []) {
    if (clause.id === notice.clause && isRight(clause as Parameters<typeof isRight>[0])) return clause as PartyRight;
  }
  return undefined;
}

function referencesOf(notice: HolderNotice, agreement: PartyAgreement | undefined, form: NoticeForm): LetterRow[] {
  const version = `version ${notice.version}`;
  const title = agreement === undefined ? notice.agreement : `${agreement.title} (${notice.agreement}, ${version})`;
  const rows = [
    { label: "Notice", value: notice.id },
    { label: "Agreement", value: title },
    { label: "Clause", value: notice.clause },
  ];
  if (form.clause !== undefined) rows.push({ label: "Given under", value: form.clause });
  return rows;
}

function openingOf(notice: HolderNotice, agreement: PartyAgreement | undefined): string {
  const where = agreement === undefined ? `agreement ${notice.agreement}` : `the agreement “${agreement.title}”`;
  const round =
    notice.round === 0 ? "" : ` This is re-offer ${notice.round}${notice.finalRound ? ", and the last one" : ""}.`;
  return `${notice.fromName} gives you this notice under clause “${notice.clause}” of ${where}.${round}`;
}

function termRows({ notice, names }: LetterSource, zone: ZoneId): LetterRow[] {
  const { terms, thirdParty: offer } = notice;
  const row = (label: string, value: string | undefined): LetterRow[] =>
    value === undefined ? [] : [{ label, value }];
  const others = (terms.alternatives ?? []).map((one) => `${one.acceleratorType} (${factorText(one.factor)})`);
  return [
    ...row("Accelerators", `${countText(notice.count)} ${offer?.acceleratorType ?? terms.acceleratorType}`),
    ...row("Or instead", others.length === 0 ? undefined : others.join(", ")),
    ...row("Time", spanText(zone, offer?.window ?? terms.window)),
    ...row("Place", offer?.region ?? (terms.regions.length === 0 ? "any region" : terms.regions.join(" or "))),
    ...row("Product", terms.product),
    ...row("Channel", terms.channel),
    ...row("Purpose", terms.purpose ?? terms.purposes?.join(", ")),
    ...row(
      "Price",
      offer === undefined ? terms.price && `at most ${rateText(terms.price)}` : offer.price && rateText(offer.price),
    ),
    ...row("Latest start", terms.latestStart && momentText(zone, terms.latestStart)),
    ...row("In blocks of", terms.blockSize > 1 ? countText(terms.blockSize) : undefined),
    ...row("Together at least", terms.gangMin > 1 ? countText(terms.gangMin) : undefined),
    ...row(
      "Offered by",
      offer && (offer.provider === undefined ? "a third party" : (names.get(offer.provider) ?? offer.provider)),
    ),
    ...row("Smallest part offered", offer && offer.countMin !== offer.count ? countText(offer.countMin) : undefined),
    ...Object.entries(offer?.stated ?? terms.stated).map(([label, value]) => ({ label, value: statedText(value) })),
  ];
}

const factorText = (factor: Rational): string =>
  factor.den === 1n ? `${factor.num} for one` : `${factor.num} for ${factor.den}`;

const statedText = (value: Rational | string): string =>
  typeof value === "string" ? value : value.den === 1n ? String(value.num) : `${value.num}/${value.den}`;

/** Who consents or ships first says yes or no to the whole; who offers first names its own terms. */
const WITHOUT_PART: ReadonlySet<HolderNotice["kind"]> = new Set(["consent", "first-ship", "first-offer"]);

function answeringOf(notice: HolderNotice, right: PartyRight | undefined): string[] {
  if (right === undefined || notice.kind === "information") return [];
  const said: string[] = [];
  if (!WITHOUT_PART.has(notice.kind)) said.push(partText(right));
  if (notice.kind === "first-ship" && notice.terms.latestStart !== undefined)
    said.push("You may name a later day of your launch, up to the latest start.");
  if (right.refusalFinal) said.push("A refusal is final and cannot be taken back.");
  if (notice.contingent) said.push("What you accept counts for what is left when it is your turn.");
  if (notice.thirdParty !== undefined) said.push("An acceptance must equal every term of the third party's offer.");
  if (notice.missing.length > 0)
    said.push(`This notice leaves out ${notice.missing.join(", ")}; you may object to that.`);
  return said;
}

function deadlineOf({ notice, clock }: LetterSource, right: PartyRight | undefined, zone: ZoneId): Letter["deadline"] {
  if (notice.kind === "information") return { title: "No period", lines: ["This notice asks for no answer."] };
  if (clock !== undefined) {
    return {
      title: "Answer by",
      when: deadlineText(zone, clock.respondBy),
      utc: formatInstant(clock.respondBy),
      lines: clockLines(clock, zone),
    };
  }
  if (right === undefined) return { title: "Period", lines: ["The period begins with the receipt of this notice."] };
  const { rule } = right.delivery;
  return {
    title: "Period for your answer",
    lines: [
      BEGINS[rule],
      ...(notice.round === 0 && isFirst(notice) ? [`You have ${periodText(right.window)} from its receipt.`] : []),
      "A notice that arrives after the cut-off hour, or on a day that is no business day, counts as received on the next business day.",
    ],
  };
}

/** Later rounds of a stage run by windows of their own. */
const isFirst = ({ kind }: HolderNotice): boolean =>
  kind === "first-refusal" ||
  kind === "first-offer" ||
  kind === "exclusivity" ||
  kind === "match" ||
  kind === "consent" ||
  kind === "first-ship";

function clockLines(clock: ClockView, zone: ZoneId): string[] {
  const delivered = momentText(zone, clock.deliveredAt);
  const received = momentText(zone, clock.deemedReceivedAt);
  const how = `${COUNTED[clock.basis.event]} by ${clock.basis.channel}`;
  const lines = [
    delivered === received
      ? `Received ${received}, counted from its ${how}.`
      : `Counted from its ${how}, ${delivered}, which counts as received ${received}.`,
  ];
  if (clock.trail.length > 0) lines.push(`Not counted: ${clock.trail.join("; ")}.`);
  if (clock.extended !== undefined) lines.push("The deadline was extended; this letter states it as it now stands.");
  lines.push("An answer that is received at that instant is in time; a later one is not.");
  if (clock.objectBy !== undefined)
    lines.push(`An objection to what it leaves out: by ${deadlineText(zone, clock.objectBy)}.`);
  return lines;
}

function waysOf(notice: HolderNotice, sender: Addressee, link: string | undefined): string[] {
  if (notice.kind === "information") return [];
  const ways = [`In writing to the address above, naming the notice ${notice.id} and who signs.`];
  if (sender.email !== undefined) ways.push(`By mail to ${sender.email}, naming the notice.`);
  if (link !== undefined) ways.push(`On this page, without an account: ${link}`);
  return ways;
}
