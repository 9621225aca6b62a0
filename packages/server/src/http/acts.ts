import type { CommandBody } from "@offtake/core/book";
import {
  formatInstant,
  formatMicros,
  type Instant,
  type Money,
  type Rate,
  type TimeWindow,
} from "@offtake/core/kernel";
import type { Answer } from "@offtake/core/notices";
import type { ComputeRequest } from "@offtake/core/requests";
import type { Proposal } from "../people/index.ts";

type Told = Proposal["act"];

/**
 * What approvers are told of a command that waits for them, beside what it is about: how many, at which price, from when to when, with whom.
 * What it does not say it does not change: an answer without a price is one at the noticed price.
 */
export function actOf(command: CommandBody): Told {
  switch (command.type) {
    case "answerNotice": {
      // Of several each is read where it is about; together they are so many, and the amount is that of all.
      if (command.further !== undefined) {
        const answers = [command, ...command.further];
        return {
          notices: answers.length,
          answers: answers.map(({ notice, answer }) => brief(notice, answer)).join(", "),
        };
      }
      const { count, price, window, host, hostCount, condition } = command.answer;
      return {
        ...said({ count, price, window }),
        ...(host === undefined ? {} : { host, ...(hostCount === undefined ? {} : { hostCount }) }),
        ...(condition === undefined ? {} : { condition }),
      };
    }
    case "giveStandingAnswer": {
      const { answer, priceMin } = command.standing;
      return { ...said({ price: priceMin }), ...(answer.type === "accept" ? said({ count: answer.countMax }) : {}) };
    }
    case "placeBid": {
      const { lines, validUntil, package: whole } = command.bid;
      const [first] = lines;
      return {
        lines: lines.length,
        ...(first === undefined || lines.length > 1 ? {} : said({ count: first.countMax, window: first.window })),
        ...(whole?.price === undefined ? {} : { packagePrice: moneyText(whole.price) }),
        validUntil: formatInstant(validUntil),
      };
    }
    case "proposeAward":
      return command.parts === undefined
        ? { with: [...new Set(command.lines.map(({ provider }) => provider))].join(", ") }
        : { parts: command.parts.length };
    case "recordAgreement": {
      const { title, version, buyer, provider, effectiveFrom, effectiveTo } = command.agreement;
      return {
        title,
        version,
        with: `${buyer}, ${provider}`,
        from: formatInstant(effectiveFrom),
        ...(effectiveTo === undefined ? {} : { to: formatInstant(effectiveTo) }),
      };
    }
    case "changeAgreementStatus":
      return { status: command.status, why: command.why };
    case "terminateAgreement":
      return { from: formatInstant(command.effectiveAt) };
    case "assignAgreement":
      return { with: command.to };
    case "grantWaiver": {
      const { right, from, to, limits } = command.waiver;
      return {
        right: `${right.agreement} ${right.clause}`,
        from: formatInstant(from),
        ...(to === undefined ? {} : { to: formatInstant(to) }),
        ...said({ count: limits.countMax }),
      };
    }
    default:
      return {};
  }
}

/** The same of a request: of all its lines together, at their widest. */
export function actOfRequest({ lines }: Pick<ComputeRequest, "lines">): Told {
  const windows = lines.map(({ window }) => window);
  return {
    count: lines.reduce((sum, { count }) => sum + count, 0),
    from: formatInstant(Math.min(...windows.map(({ from }) => from)) as Instant),
    to: formatInstant(Math.max(...windows.map(({ to }) => to)) as Instant),
  };
}

/** "accept 1024 at 3.00 USD (ntc_4f...)" */
function brief(notice: string, { type, count, price }: Answer): string {
  const many = type === "accept" ? ` ${count ?? "all"}` : "";
  return `${type}${many}${price === undefined ? "" : ` at ${rateText(price)}`} (${notice})`;
}

interface Said {
  readonly count?: number | undefined;
  readonly price?: Rate | undefined;
  readonly window?: TimeWindow | undefined;
}

function said({ count, price, window }: Said): Told {
  return {
    ...(count === undefined ? {} : { count }),
    ...(price === undefined ? {} : { price: rateText(price) }),
    ...(window === undefined ? {} : { from: formatInstant(window.from), to: formatInstant(window.to) }),
  };
}

const rateText = ({ microsPerHour, currency }: Rate): string => `${formatMicros(microsPerHour)} ${currency}`;

export const moneyText = ({ micros, currency }: Money): string => `${formatMicros(micros)} ${currency}`;
