import type { BlockId, Instant, NoticeId, PartyId } from "@offtake/core/kernel";
import type { Answer } from "@offtake/core/notices";
import { z } from "zod";
import { readSpan, readTerms, spanDocument } from "../requests/index.ts";
import { countNumber, freeText, idText, instantText, rateText, truth } from "../scalars/index.ts";
import { oneOrMany, strict } from "../shape/index.ts";
import { asItIs, type Body } from "./body.ts";

const terms = z.record(z.string(), z.union([z.string(), z.number()]));

/** Answers in one call: the months of ten years. */
const ANSWERS_MAX = 120;

const answerKeys = {
  type: z
    .enum(["accept", "refuse", "object"])
    .describe("accept: all of it or a part. object: to a notice that leaves out terms."),
  count: countNumber.optional().describe("Default: all that was noticed."),
  orLess: truth.optional().describe("Less than that is taken too. Default: false."),
  price: rateText.optional().describe("Default: the noticed price."),
  window: spanDocument.optional(),
  terms: terms.optional().describe("Stated terms that differ."),
  blocks: oneOrMany(idText).optional().describe("Root blocks that it would come from."),
  host: idText.optional().describe("Who would run it."),
  hostCount: countNumber.optional().describe("How many the host would run. Default: all."),
  condition: freeText.optional().describe("A condition that the acceptance carries."),
  reason: freeText.optional().describe("Why it is refused or objected to."),
};

export const answerDocument = strict(answerKeys).meta({
  id: "AnswerBody",
  description: "An answer to a notice. Who signed is who is logged in.",
});

type AnswerDocument = z.output<typeof answerDocument>;

/** Keys that only an acceptance has. */
const ACCEPTANCE = [
  "count",
  "orLess",
  "price",
  "window",
  "terms",
  "blocks",
  "host",
  "hostCount",
  "condition",
] as const satisfies readonly (keyof AnswerDocument)[];

/** Without a signer: that is who calls. */
export const answerBody: Body<typeof answerDocument, Answer> = {
  schema: answerDocument,
  read: (document, path, context) => {
    const { type, reason } = document;
    if (type === "accept") return acceptance(document, path, context);
    for (const key of ACCEPTANCE) {
      if (document[key] !== undefined)
        context.report.addAtKey(path, key, "conflicting_keys", `\`${key}\` goes with an acceptance`);
    }
    return { type, orLess: false, rootBlocks: [], ...(reason === undefined ? {} : { reason }) };
  },
};

const answersDocument = strict({
  answers: z
    .array(strict({ notice: idText.describe("Its id."), ...answerKeys }))
    .min(1)
    .max(ANSWERS_MAX)
    .describe("One for each notice, such as for each month of a request."),
}).meta({ id: "AnswersBody", description: "Answers to several notices." });

/** An answer with the notice that it is to. */
export interface NoticeAnswered {
  readonly notice: NoticeId;
  readonly answer: Answer;
}

/** All of them are read before any is given; a notice is answered once. */
export const answersBody: Body<typeof answersDocument, readonly NoticeAnswered[]> = {
  schema: answersDocument,
  read: ({ answers }, path, context) => {
    const seen = new Set<string>();
    return answers.flatMap(({ notice, ...document }, index): NoticeAnswered[] => {
      const at = [...path, "answers", index];
      if (seen.has(notice))
        context.report.add([...at, "notice"], "duplicate_id", `\`${notice}\` is answered twice`, {
          expected: "one answer for each notice",
        });
      seen.add(notice);
      const answer = answerBody.read(document, at, context);
      return answer === undefined ? [] : [{ notice: notice as NoticeId, answer }];
    });
  },
};

const acceptance = (
  document: AnswerDocument,
  path: Parameters<(typeof answerBody)["read"]>[1],
  context: Parameters<(typeof answerBody)["read"]>[2],
): Answer => {
  const { count, price, window, terms: stated, blocks, host, hostCount, condition } = document;
  if (document.reason !== undefined)
    context.report.addAtKey(path, "reason", "conflicting_keys", "`reason` goes with a refusal or an objection");
  if (host === undefined && hostCount !== undefined)
    context.report.addAtKey(path, "hostCount", "conflicting_keys", "`hostCount` goes with `host`");
  if (host !== undefined) context.checkName("party", host, [...path, "host"]);
  return {
    type: "accept",
    ...(count === undefined ? {} : { count }),
    ...(price === undefined ? {} : { price }),
    ...(window === undefined ? {} : { window: readSpan(window, [...path, "window"], context) }),
    ...(stated === undefined ? {} : { stated: readTerms(stated, [...path, "terms"], context) }),
    orLess: document.orLess ?? false,
    rootBlocks: (blocks ?? []) as BlockId[],
    ...(host === undefined ? {} : { host: host as PartyId }),
    ...(hostCount === undefined ? {} : { hostCount }),
    ...(condition === undefined ? {} : { condition }),
  };
};

export const deliveryDocument = strict({
  event: z.enum(["delivered", "acknowledged", "bounced"]).describe("What was heard of the delivery."),
  channel: freeText.optional().describe("By which channel. Default: the one it was last sent by."),
  deliveredAt: instantText.optional().describe("When, where that was before now: by the keeper, with the proof of it."),
  proof: idText.optional().describe("Reference of the file that proves it."),
}).meta({ id: "DeliveryBody" });

export const namedTermsDocument = strict({
  take: truth.describe("false: others may then be taken only on better terms."),
}).meta({ id: "NamedTermsBody" });

const recordedAnswerDocument = strict({
  answer: answerDocument,
  signer: freeText.describe("Who signed it; whether that binds is for the signatories of the holder."),
  medium: z.enum(["mail", "letter", "meeting"]).describe("By what it came."),
  file: idText.describe("Reference of the file that it was read from."),
  arrivedAt: instantText.optional().describe("When it arrived. It counts from when it is recorded."),
}).meta({
  id: "RecordedAnswerBody",
  description: "An answer that came outside the broker, put on record for the holder.",
});

interface RecordedAnswerRead {
  readonly answer: Answer;
  readonly recorded: {
    readonly medium: "mail" | "letter" | "meeting";
    readonly file: string;
    readonly arrivedAt?: Instant;
  };
}

export const recordedAnswerBody: Body<typeof recordedAnswerDocument, RecordedAnswerRead> = {
  schema: recordedAnswerDocument,
  read: ({ answer: document, signer, medium, file, arrivedAt }, path, context) => {
    const answer = answerBody.read(document, [...path, "answer"], context);
    if (answer === undefined) return undefined;
    const recorded = { medium, file, ...(arrivedAt === undefined ? {} : { arrivedAt }) };
    return { answer: { ...answer, signer }, recorded };
  },
};

export const deliveryBody = asItIs(deliveryDocument);
export const namedTermsBody = asItIs(namedTermsDocument);
