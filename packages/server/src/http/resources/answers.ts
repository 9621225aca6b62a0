import type { CommandBody } from "@offtake/core/book";
import { answersBody, type NoticeAnswered } from "@offtake/wire/api";
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
      "Answers to several notices in one call, such as to the months of a request. All are read, and all notices found, before any is given. Those of one request are decided together: a limit of who signs, and approvals by amount, look at the sum of them. Sent again under its key it has no second effect.",
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
  const requests = new Map<string, NoticeAnswered[]>();
  for (const { notice, answer } of answers) {
    const { object } = await needObject(call, "notices", notice);
    const signer = signerOf(call.principal, answer.signer);
    const of = requests.get(object.parent ?? notice) ?? [];
    of.push({ notice, answer: signer === undefined ? answer : { ...answer, signer } });
    requests.set(object.parent ?? notice, of);
  }
  const wanted = [...requests.values()].map((of) => ({ of, subject: of[0]?.notice ?? "", command: togetherOf(of) }));
  const waits = await heldBack(call, "noticeAnswer", wanted);
  if (waits !== undefined) return waits;
  const { key } = call;
  // Given at once they are decided together, in their order, and have one time of receipt.
  const done = await Promise.all(
    wanted.map(async ({ of, command }, index) => {
      const { accepted, receipt } = await call.submit(command, `${key} ${index}`);
      return of.map(({ notice }): readonly [string, Done] => [notice, { accepted, receipt }]);
    }),
  );
  const outcomes = new Map(done.flat());
  const data = [];
  for (const { notice } of answers) {
    const { accepted, receipt } = doneFor(outcomes, notice);
    const now = await needObject(call, "notices", notice);
    const nothing: ProblemDocument | undefined = withoutEffect(accepted, now)?.document;
    data.push({ data: now.value, receipt, ...(nothing === undefined ? {} : { problem: nothing }) });
  }
  return json(200, { data });
}

function doneFor(outcomes: ReadonlyMap<string, Done>, notice: string): Done {
  const done = outcomes.get(notice);
  if (done === undefined) throw new Error("Broken belief: every notice of the call was answered");
  return done;
}

type Done = Awaited<ReturnType<AnyCall["submit"]>>;

/** What is said of one request is one command: a limit of who signs, and the approvals of its party, are of all of it. */
function togetherOf([first, ...further]: readonly NoticeAnswered[]): CommandBody {
  if (first === undefined) throw new Error("Broken belief: a request is there because a notice of it is answered");
  return { type: "answerNotice", ...first, ...(further.length === 0 ? {} : { further }) };
}
