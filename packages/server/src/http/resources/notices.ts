import type { NoticeId } from "@offtake/core/kernel";
import { answerBody, deliveryBody, namedTermsBody, recordedAnswerBody } from "@offtake/wire/api";
import { signerOf } from "../../people/in-page.ts";
import { actRoute, readRoutes } from "../objects.ts";
import type { Route } from "../operation.ts";
import { problem } from "../problems.ts";
import { severalAnswers } from "./answers.ts";
import { withoutEffect } from "./without-effect.ts";

const notices = { kind: "notices", path: "/v1/books/{book}/notices", tag: "notices", name: "notice" } as const;
const named = (id: string) => ({ notice: id as NoticeId });

export const noticeRoutes: readonly Route[] = [
  ...readRoutes({ ...notices, list: "noticeList", read: "noticeRead" }),
  severalAnswers,
  actRoute(
    notices,
    {
      id: "noticeAnswer",
      verb: "answers",
      description:
        "Accepts all of it or a part, refuses, or objects to terms that the notice leaves out. It is signed with the name under which the caller is a signatory of its party. What came too late, or after an answer of the same party that stands, is on record with its receipt and changes nothing: it is answered with a problem that says what stands.",
      body: { schema: { component: "AnswerBody" } },
    },
    async (id, call) => {
      const answer = await call.read(answerBody);
      const signer = signerOf(call.principal, answer.signer);
      return { type: "answerNotice", ...named(id), answer: signer === undefined ? answer : { ...answer, signer } };
    },
    withoutEffect,
  ),
  actRoute(notices, { id: "answerRatify", verb: "ratify" }, (id, { principal }) => {
    const signsAs = signerOf(principal, undefined);
    if (signsAs === undefined) throw problem("not_authorised", { detail: "The caller is no signatory of its party." });
    return { type: "ratifyAnswer", ...named(id), signer: signsAs };
  }),
  actRoute(
    notices,
    {
      id: "deliveryRecord",
      verb: "deliveries",
      description: "What was heard of the delivery: the clock runs from it, as the clause says.",
      body: { schema: { component: "DeliveryBody" } },
    },
    async (id, call) => {
      const { event, channel, deliveredAt, proof } = await call.read(deliveryBody);
      return {
        type: "confirmDelivery",
        ...named(id),
        event,
        ...(channel === undefined ? {} : { channel }),
        ...(deliveredAt === undefined ? {} : { deliveredAt }),
        ...(proof === undefined ? {} : { proof }),
      };
    },
  ),
  actRoute(
    notices,
    {
      id: "answerRecord",
      verb: "recorded-answers",
      description:
        "The keeper puts on record what the holder answered by mail, on paper or in a meeting, with the file that it was read from. It is the holder's answer, and marked for ever with who recorded it.",
      body: { schema: { component: "RecordedAnswerBody" } },
    },
    async (id, call) => ({ type: "answerNotice", ...named(id), ...(await call.read(recordedAnswerBody)) }),
    withoutEffect,
  ),
  actRoute(notices, { id: "latenessWaive", verb: "waive-lateness" }, (id) => ({ type: "waiveLateness", ...named(id) })),
  actRoute(
    notices,
    { id: "namedTermsDecide", verb: "named-terms", body: { schema: { component: "NamedTermsBody" } } },
    async (id, call) => ({ type: "decideOffer", ...named(id), take: (await call.read(namedTermsBody)).take }),
  ),
];
