import { versionKnownAt } from "@offtake/core/agreements";
import type { AgreementId, PartyId } from "@offtake/core/kernel";
import { parseInstant } from "@offtake/core/kernel";
import { agreementStatusBody, assignmentBody, conflictBody, renewalStopBody, terminationBody } from "@offtake/wire/api";
import { instantParam } from "../ahead.ts";
import { consequencesFor } from "../consequences.ts";
import { waitingAnswer } from "../follow.ts";
import { applyAgreements, planAgreements } from "../agreement-plan.ts";
import { type AnyCall, json } from "../call.ts";
import { confirmReading } from "../confirm-reading.ts";
import {
  actRoute,
  createRoute,
  listObjects,
  listQuery,
  needObject,
  objectAnswer,
  pageAnswer,
  readRoutes,
  showObject,
} from "../objects.ts";
import { findObject, type Shown } from "../shown.ts";
import { idParam, inBook, type Route, route, z } from "../operation.ts";
import { notFound, problem, rejected } from "../problems.ts";

const tag = "agreements";
const path = "/v1/books/{book}/agreements";
const agreements = { kind: "agreements", path, tag, name: "agreement" } as const;
const conflicts = { kind: "conflicts", path: "/v1/books/{book}/conflicts", tag, name: "conflict" } as const;
const inAgreement = inBook.extend({ agreement: idParam });
const named = (id: string) => ({ agreement: id as AgreementId });

const FILES = { schema: { component: "AgreementFiles" }, limit: 4 << 20 } as const;

export const agreementRoutes: readonly Route[] = [
  ...readRoutes({ ...agreements, list: "agreementList", read: "agreementRead" }),
  route(
    {
      id: "agreementVersions",
      method: "get",
      path: `${path}/{agreement}/versions`,
      tag,
      params: inAgreement,
      query: listQuery,
      answers: { 200: pageAnswer("agreementVersions") },
    },
    async (call) => {
      const { agreement } = call.params;
      await needObject(call, "agreements", agreement);
      return listObjects(call, { kind: "agreementVersions", parent: agreement });
    },
  ),
  route(
    {
      id: "agreementVersions",
      variant: "One",
      summary: "one version of an agreement",
      method: "get",
      path: `${path}/{agreement}/versions/{version}`,
      tag,
      params: inAgreement.extend({ version: z.string().regex(/^[1-9]\d{0,6}$/) }),
      answers: { 200: objectAnswer("agreementVersions") },
    },
    (call) => showObject(call, "agreementVersions", `${call.params.agreement}:${call.params.version}`),
  ),
  route(
    {
      id: "agreementRead",
      variant: "AsOf",
      summary: "the version of an agreement that was in force at a time, as it was known at a time",
      description:
        "What did we know on 14 September about the agreement on 14 September? Both times default to the last entry of the caller's feed.",
      method: "get",
      path: `${path}/{agreement}/as-of`,
      tag,
      params: inAgreement,
      query: z.object({ effectiveAt: instantParam, knownAt: instantParam.optional() }),
      answers: { 200: objectAnswer("agreementVersions") },
    },
    async (call) => {
      const { agreement } = call.params;
      const { effectiveAt, knownAt } = call.query;
      const at = parseInstant(effectiveAt);
      const known = knownAt === undefined ? undefined : parseInstant(knownAt);
      const versions = await versionsOf(call, agreement);
      const found =
        at === undefined
          ? undefined
          : versionKnownAt(versions.map(({ view }) => view) as never, at, known ?? (Infinity as never));
      const shown = versions.findLast(({ view }) => view.agreement === (found as unknown));
      if (shown === undefined) throw notFound();
      return json(200, { data: shown.value });
    },
  ),
  route(
    {
      id: "agreementPlan",
      method: "post",
      path: `${path}/plan`,
      tag,
      description:
        "What recording these agreement files would change, and, for the keeper, what would become of the requests that are open. What the book would not take is a problem, the same as when it is applied. Nothing is recorded. The `ETag` names exactly these files and what they meet: send it as `If-Match` to apply.",
      params: inBook,
      body: FILES,
      answers: {
        200: {
          description: "File by file: new, changed or as it is.",
          headers: { ETag: "For `If-Match` when it is applied." },
          schema: {
            inline: {
              type: "object",
              properties: { data: { $ref: "#/components/schemas/AgreementPlan" } },
              required: ["data"],
              additionalProperties: false,
            },
          },
        },
      },
    },
    async (call) => {
      const { plan, etag, wanted } = await planAgreements(call);
      const commands = wanted.map(({ command }) => command);
      const found = await consequencesFor(call, commands);
      // As applying it would be answered: what is wrong is known before it is tried.
      if (found !== undefined && "rejection" in found) throw rejected(found.rejection, true);
      return json(200, { data: { ...plan, ...found } }, { etag });
    },
  ),
  route(
    {
      id: "agreementApply",
      method: "post",
      path: `${path}/apply`,
      tag,
      description:
        "Records the agreements of these files, as planned: where anything has moved since, nothing is recorded.",
      params: inBook,
      body: FILES,
      writes: true,
      ifMatch: true,
      answers: {
        200: {
          description: "What was recorded.",
          schema: {
            inline: {
              type: "object",
              properties: {
                data: { $ref: "#/components/schemas/AgreementPlan" },
                receipt: { anyOf: [{ $ref: "#/components/schemas/Receipt" }, { type: "null" }] },
              },
              required: ["data", "receipt"],
              additionalProperties: false,
            },
          },
        },
        ...waitingAnswer("agreementApply"),
      },
    },
    applyAgreements,
  ),
  actRoute(
    agreements,
    {
      id: "agreementConfirm",
      verb: "confirm-reading",
      description:
        "Somebody who may says that the fields of a clause say what the contract says. It is recorded as the next version of the agreement, in which nothing else differs. The `ETag` of the agreement as it was read goes with it as `If-Match`.",
      body: { schema: { component: "ReadingConfirmation" } },
      ifMatch: true,
    },
    confirmReading,
  ),
  actRoute(
    agreements,
    {
      id: "agreementStatusChange",
      verb: "status",
      body: { schema: { component: "AgreementStatusBody" } },
      ifMatch: true,
    },
    async (id, call) => ({ type: "changeAgreementStatus", ...named(id), ...(await call.read(agreementStatusBody)) }),
  ),
  actRoute(
    agreements,
    {
      id: "agreementTerminate",
      verb: "terminate",
      body: { schema: { component: "AgreementTermination" } },
      ifMatch: true,
    },
    async (id, call) => ({ ...(await call.read(terminationBody)), ...named(id) }),
  ),
  actRoute(
    agreements,
    { id: "agreementAssign", verb: "assign", body: { schema: { component: "AgreementAssignment" } }, ifMatch: true },
    async (id, call) => {
      const { from, to, consented } = await call.read(assignmentBody);
      // Of parties that the caller was never told of nobody says whether they are there.
      if ((await findObject(call, "parties", to)) === undefined) throw problem("unknown_party");
      return { type: "assignAgreement", ...named(id), from: from as PartyId, to: to as PartyId, consented };
    },
  ),
  actRoute(
    agreements,
    {
      id: "agreementRenewalStop",
      verb: "stop-renewal",
      description:
        "Notice that it is not to renew, or that what runs on is to end. By the caller's party unless it says otherwise.",
      body: { schema: { component: "RenewalStop" }, optional: true },
    },
    async (id, call) => {
      const given = call.file.text === "" ? {} : await call.read(renewalStopBody);
      return { type: "giveRenewalNotice", ...named(id), by: call.principal.party, ...given };
    },
  ),
  ...readRoutes({ ...conflicts, list: "agreementList", listVariant: "Conflicts", listSummary: "conflicts of clauses" }),
  createRoute(
    conflicts,
    { id: "conflictDecide", body: { schema: { component: "ConflictDecision" } } },
    async (call) => {
      const decision = await call.read(conflictBody);
      const { agreement, clause, withAgreement, withClause } = decision;
      return {
        id: `${agreement}:${clause}:${withAgreement}:${withClause}`,
        command: { ...decision, by: call.principal.person },
      };
    },
  ),
];

/** Versions of one agreement that are looked at. */
const VERSIONS_MAX = 1_000;

/** All versions that the caller knows of an agreement, in the order in which they were recorded. */
async function versionsOf(call: AnyCall, agreement: string): Promise<readonly Shown<"agreementVersions">[]> {
  const { services, book, principal } = call;
  const { objects } = await services.telling.store.listObjects(book, principal.party, {
    kind: "agreementVersions",
    parent: agreement,
    order: "created",
    descending: false,
    limit: VERSIONS_MAX,
  });
  return Promise.all(objects.map(({ id }) => needObject(call, "agreementVersions", id)));
}
