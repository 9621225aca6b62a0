import type { CommandBody } from "@offtake/core/book";
import { answersBody } from "@offtake/wire/api";
import { signerOf } from "../../people/in-page.ts";
import { type AnyCall, json } from "../call.ts";
import { heldBack } from "../follow.ts";
import { needObject } from "../objects.ts";
import { inBook, type Route, route } from "../operation.ts";
import type { ProblemDocument } from "../problems.ts";
import { told } from "../people-values.ts";
import { withoutEffect } from "./without-effect.ts";

/** What became of one of several answers. */
const ONE = {
  type: "object",
  properties: {
    data: { $ref: "#/components/schemas/Notice" },
    receipt: { $ref: "#/components/schemas/Receipt" },
    problem: { $ref: "#/components/schemas/Problem", description: "Where it is on record and changes nothing." },
  },
  required: ["data", "receipt"],
  additionalProperties: false,
} as const;

export const severalAnswers: Route = route(
  {
    id: "noticeAnswer",
    variant: "Several",
    summary: "answer several notices",
    description:
      "Answers to several notices in one call, such as to the months of a request. All are read, and all notices found, before any is given; each then counts by itself. Sent again under its key it has no second effect.",
    method: "post",
    path: "/v1/books/{book}/notices/answers",
    tag: "notices",
    params: inBook,
    writes: true,
    body: { schema: { component: "AnswersBody" } },
    answers: {
      200: {
        description: "What became of each, in the order in which they were sent.",
        schema: {
          inline: {
            type: "object",
            properties: { data: { type: "array", items: ONE } },
            required: ["data"],
            additionalProperties: false,
          },
        },
      },
      202: told(
        "Others have to agree first. Nothing is decided yet, and no deadline is kept by it.",
        "ApprovalsWaiting",
      ),
    },
  },
  answerSeveral,
);

async function answerSeveral(call: AnyCall): Promise<Response> {
  const answers = await call.read(answersBody);
  for (const { notice } of answers) await needObject(call, "notices", notice);
  const wanted = answers.map(({ notice, answer }) => {
    const signer = signerOf(call.principal, answer.signer);
    const command: CommandBody = {
      type: "answerNotice",
      notice,
      answer: signer === undefined ? answer : { ...answer, signer },
    };
    return { subject: notice, command };
  });
  const waits = await heldBack(call, "noticeAnswer", wanted);
  if (waits !== undefined) return waits;
  const { key } = call;
  // Given at once they are decided together, in their order, and have one time of receipt.
  const done = await Promise.all(wanted.map(({ command }, index) => call.submit(command, `${key} ${index}`)));
  const data = [];
  for (const [index, { accepted, receipt }] of done.entries()) {
    const now = await needObject(call, "notices", answers[index]?.notice ?? "");
    const nothing: ProblemDocument | undefined = withoutEffect(accepted, now)?.document;
    data.push({ data: now.value, receipt, ...(nothing === undefined ? {} : { problem: nothing }) });
  }
  return json(200, { data });
}
