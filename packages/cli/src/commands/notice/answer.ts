import { codesText } from "@offtake/core/explanation";
import type { Schemas } from "@offtake/client";
import type { Instant } from "@offtake/core/kernel";
import { changeText } from "../../broker/changes.ts";
import { agreedTo } from "../../broker/confirm.ts";
import type { BrokerOptions } from "../../broker/connect.ts";
import { countOf } from "../../broker/counts.ts";
import { pricedIn } from "../../broker/price.ts";
import { atBroker } from "../../broker/run.ts";
import { receiptText } from "../../broker/texts.ts";
import { EXIT, type ExitCode } from "../../terminal/exit-codes.ts";
import { done, failed, type Outcome, tellFailure } from "../../terminal/failures.ts";
import type { Io } from "../../terminal/io.ts";
import { jsonText } from "../../terminal/json.ts";
import { noticeText } from "./show.ts";

export interface AnswerOptions extends BrokerOptions {
  readonly count?: string;
  readonly orLess?: true;
  readonly price?: string;
  readonly via?: string;
  readonly condition?: string;
  readonly reason?: string;
  readonly dryRun?: true;
  readonly yes?: true;
}

type Kind = Schemas["AnswerBody"]["type"];

/** Answers a notice. Shows first what would be answered and asks, where a person is there to be asked. */
export async function answerNotice(io: Io, notice: string, kind: Kind, options: AnswerOptions): Promise<ExitCode> {
  const json = options.json === true;
  const body = bodyOf(kind, options);
  if (!body.ok) return tellFailure(io, body.failure, json);
  if (options.dryRun === true) {
    io.out(jsonText({ notice, answer: body.value }));
    io.err("Nothing was sent.\n");
    return EXIT.ok;
  }
  const stop = await agreedTo(io, options, `${QUESTION[kind]} notice ${notice}? An answer in time binds.`);
  if (stop !== undefined) return stop;
  let hasEffect = true;
  const code = await atBroker(
    io,
    options,
    async (line) => {
      const { price } = options;
      const priced = price === undefined ? {} : { price: await pricedIn(line, price) };
      const params = { book: line.book, notice };
      const answer = (await line.client.call("noticeAnswer", { params, body: { ...body.value, ...priced } })).value;
      const last = "receipt" in answer ? answer.data?.view.answers.at(-1) : undefined;
      if (last !== undefined && !COUNTS.has(last.verdict)) {
        hasEffect = false;
        io.err(
          `offtake: as it is it does not count: ${codesText([last.verdict, ...last.defects])}. Mend it until the deadline: offtake notice amend ${notice} --count COUNT\n`,
        );
      }
      return answer;
    },
    (answer) => {
      if (!("receipt" in answer)) return changeText(answer, "Recorded");
      const { data, receipt } = answer;
      return `${data === null ? "" : noticeText(data, Date.now() as Instant)}Recorded, ${receiptText(receipt)}\n`;
    },
  );
  // It is on record and binds nobody: a script that goes on after 0 would take it for an acceptance.
  return code === EXIT.ok && !hasEffect ? EXIT.short : code;
}

/** Verdicts of answers that have their effect. */
const COUNTS: ReadonlySet<string> = new Set(["binding", "refusal", "objection"]);

const QUESTION: Readonly<Record<Kind, string>> = { accept: "Accept", refuse: "Refuse", object: "Object to" };

function bodyOf(
  type: Kind,
  { count, orLess, price, via, condition, reason }: AnswerOptions,
): Outcome<Schemas["AnswerBody"]> {
  const whole = countOf("--count", count);
  if (!whole.ok) return whole;
  const host = hostOf(via);
  if (!host.ok) return host;
  return done({
    type,
    ...(whole.value === undefined ? {} : { count: whole.value }),
    ...(orLess === true ? { orLess } : {}),
    ...(price === undefined ? {} : { price }),
    ...host.value,
    ...(condition === undefined ? {} : { condition }),
    ...(reason === undefined ? {} : { reason }),
  });
}

function hostOf(via: string | undefined): Outcome<{ readonly host?: string; readonly hostCount?: number }> {
  if (via === undefined) return done({});
  const [, host, typed] = /^([^:]+):(.*)$/.exec(via) ?? [];
  if (host === undefined) return failed(usage(`--via takes a host and a count, such as corvid-cloud:800, not ${via}`));
  const count = countOf("--via", typed);
  return count.ok ? done({ host, ...(count.value === undefined ? {} : { hostCount: count.value }) }) : count;
}

const usage = (message: string) => ({ code: "usage", message, exit: EXIT.usage });
