import type { NoticeId, PartyId } from "@offtake/core/kernel";
import { asItIs } from "@offtake/wire/api";
import { noticeFormDocument } from "../../dispatch/index.ts";
import { collectEvidence, type EvidenceSubject } from "../../evidence/index.ts";
import { asTold, type AnyCall, json } from "../call.ts";
import { isKeeper, needObject, readObject } from "../objects.ts";
import { bookParam, idParam, type Route, route, z } from "../operation.ts";
import { notFound, problem } from "../problems.ts";
import { bodyOf, done, NOTHING, officeOf, valueAnswer, withProblems } from "./office.ts";

const tag = "notices";
const inNotice = z.object({ book: bookParam, notice: idParam });
const inParty = z.object({ book: bookParam, party: idParam });
const ofAgreement = z.object({
  agreement: idParam.optional().openapi({ description: "Of notices under this agreement alone. Default: all." }),
});
const formBody = asItIs(noticeFormDocument);
const notice = "/v1/books/{book}/notices/{notice}";

/** Whose notice it is, for a caller who may see it. */
async function holderOf(call: AnyCall, id: string): Promise<PartyId> {
  return (await needObject(call, "notices", id)).view.notice.holder;
}

/** What a notice is on paper, and what proves it. */
export const postRoutes: readonly Route[] = [
  route(
    {
      id: "noticeLetter",
      method: "get",
      path: `${notice}/letter`,
      tag,
      granted: true,
      description:
        "The letter that the notice also is, as its holder knows it: the clause, what is asked, the deadline with its calendar trail, and what silence means. The same state of a notice gives the same bytes.",
      params: inNotice,
      answers: {
        200: {
          description: "A letter.",
          media: "application/pdf",
          schema: { inline: { type: "string", format: "binary" } },
        },
      },
    },
    async (call) => {
      const id = call.params.notice as NoticeId;
      const { view } = await readObject(call, "notices", id, `letter of ${id}`);
      const pdf = await withProblems(officeOf(call).letter(call.book, view.notice.holder, id));
      if (pdf === undefined) throw notFound();
      return new Response(new Uint8Array(pdf), {
        headers: {
          "content-type": "application/pdf",
          "content-disposition": `inline; filename="notice-${id}.pdf"`,
          "cache-control": "no-store",
        },
      });
    },
  ),
  route(
    {
      id: "noticeLinkCreate",
      method: "post",
      path: `${notice}/links`,
      tag,
      description:
        "An address under which this one notice is shown and can be answered without an account, for 60 days. For the keeper, to send it to the holder.",
      params: inNotice,
      writes: true,
      answers: { 201: valueAnswer("The address; it is not shown again.") },
    },
    async (call) => {
      const id = call.params.notice as NoticeId;
      const holder = await holderOf(call, id);
      if (!(await isKeeper(call))) throw problem("not_allowed");
      const url = await officeOf(call).link(call.book, holder, id);
      if (url === undefined) throw notFound();
      return json(201, { data: { url } });
    },
  ),
  route(
    {
      id: "evidenceExport",
      method: "get",
      path: `${notice}/evidence`,
      tag,
      description:
        "The caller's own feed up to its end, and the files about the notice that it owns: what `offtake evidence verify` checks offline.",
      params: inNotice,
      answers: { 200: { description: "Evidence.", schema: { inline: { type: "object" } } } },
    },
    async (call) => {
      const { notice: id } = call.params;
      await needObject(call, "notices", id);
      return evidence(call, { notice: id }, id);
    },
  ),
  route(
    {
      id: "evidenceExport",
      variant: "OfRequest",
      method: "get",
      path: "/v1/books/{book}/requests/{request}/evidence",
      tag,
      description:
        "The same of all notices about a request that the caller was told of, as one document: for a holder by the name that its notices have for the request. `offtake evidence verify` also checks that none is left out, and who was asked before the market was.",
      params: z.object({ book: bookParam, request: idParam }),
      answers: { 200: { description: "Evidence.", schema: { inline: { type: "object" } } } },
    },
    (call) => evidence(call, { request: call.params.request }, call.params.request),
  ),
  route(
    {
      id: "noticeFormRead",
      method: "get",
      path: "/v1/books/{book}/parties/{party}/notice-form",
      tag,
      params: inParty,
      query: ofAgreement,
      answers: { 200: valueAnswer("The form.") },
    },
    async (call) => {
      const { party } = call.params;
      if (!(await isKeeper(call)) && party !== call.principal.party) throw notFound();
      const found = await officeOf(call).forms.find(call.book, party as PartyId, call.query.agreement ?? "");
      if (found === undefined) throw notFound();
      return json(200, { data: found });
    },
  ),
  route(
    {
      id: "noticeFormSet",
      method: "put",
      path: "/v1/books/{book}/parties/{party}/notice-form",
      tag,
      description:
        "What the notice clause asks: addressee, copies, language, method. The keeper says it of every party; names and addresses stay beside the log.",
      params: inParty,
      query: ofAgreement,
      body: bodyOf(noticeFormDocument),
      writes: true,
      answers: { 204: NOTHING },
    },
    async (call) => {
      const { party } = call.params;
      if (!(await isKeeper(call))) throw problem("not_allowed");
      await needObject(call, "parties", party);
      const { method, clause, addressee, copies, language } = await call.read(formBody);
      const clean = ({ email, ...one }: typeof addressee) => (email === undefined ? one : { ...one, email });
      await officeOf(call).forms.set(call.book, party as PartyId, call.query.agreement, {
        addressee: clean(addressee),
        copies: copies.map(clean),
        language,
        ...(method === undefined ? {} : { method }),
        ...(clause === undefined ? {} : { clause }),
      });
      return done();
    },
  ),
];

async function evidence(call: AnyCall, subject: EvidenceSubject, name: string): Promise<Response> {
  const { book, principal, services } = call;
  const { files, texts } = officeOf(call);
  const found = await collectEvidence(services.telling.store, files, texts, book, principal.party, subject);
  if (found === undefined || !(await call.admission.read(`evidence of ${name}`, undefined))) throw notFound();
  return asTold(json(200, found, { "content-disposition": `attachment; filename="evidence-${name}.json"` }));
}
