import {
  approvalAssignmentBody,
  approvalDecisionBody,
  approvalRuleBody,
  deputyBody,
  deputyEndBody,
} from "@offtake/wire/api";
import type { Call } from "../call.ts";
import type { OperationId, PersonId } from "../../people/index.ts";
import { alignApprovals, askedFor } from "../asked.ts";
import { json } from "../call.ts";
import { followed } from "../follow.ts";
import { needObject } from "../objects.ts";
import { idParam, inBook, type Route, route, z } from "../operation.ts";
import { approvalValue, deputyValue, DONE, done, ruleValue, told, toldAll } from "../people-values.ts";
import { notFound } from "../problems.ts";

const tag = "approvals";
const path = "/v1/books/{book}/approvals";
const rules = "/v1/books/{book}/approval-rules";
const deputies = "/v1/books/{book}/deputies";
const inApproval = inBook.extend({ approval: idParam });
const change = { writes: true, unkeyed: true } as const;
const DECIDED = told("Decided. With a receipt where the core was told of it.", "ApprovalDecided");

type AnyCall = Call<z.ZodObject, z.ZodObject>;

/** Approving and disapproving, of what waits by its own id and of what a request names. */
function decideRoutes(id: OperationId, verb: string, approves: boolean): readonly Route[] {
  const body = { schema: { component: "ApprovalDecision" }, optional: true } as const;
  return [
    route(
      {
        id,
        method: "post",
        path: `${path}/{approval}/${verb}`,
        tag,
        params: inApproval,
        body,
        ...change,
        answers: { 200: DECIDED },
      },
      async (call) => {
        const { note } = await call.readOptional(approvalDecisionBody);
        await alignApprovals(call);
        return followed(call, await call.register.approvals.decide(call.by, call.params.approval, approves, note));
      },
    ),
    route(
      {
        id,
        variant: "OfRequest",
        summary: approves ? "approve what a request names" : "disapprove what a request names",
        method: "post",
        path: `/v1/books/{book}/requests/{request}/approvals/{name}/${verb}`,
        tag,
        params: inBook.extend({ request: idParam, name: z.string().min(1).max(100) }),
        body,
        ...change,
        answers: { 200: DECIDED },
      },
      async (call) => {
        const { request, name } = call.params;
        const { view } = await needObject(call, "requests", request);
        const asked = askedFor(view);
        if (!asked.names.includes(name) && !view.approvals.some(({ approval }) => approval === name)) throw notFound();
        const { note } = await call.readOptional(approvalDecisionBody);
        return followed(call, await call.register.approvals.decideRequest(call.by, asked, name, approves, note));
      },
    ),
  ];
}

export const approvalRoutes: readonly Route[] = [
  route(
    {
      id: "approvalList",
      method: "get",
      path,
      tag,
      params: inBook,
      query: z.object({ standing: z.enum(["waits", "given", "denied", "withdrawn"]).optional() }),
      answers: { 200: toldAll("In the order in which they were proposed.", "Approval") },
    },
    async (call) => {
      const { register, seat, query } = call;
      await alignApprovals(call);
      const found = await register.approvals.list(seat, query.standing);
      return json(200, { data: found.map(approvalValue) });
    },
  ),
  route(
    {
      id: "approvalRead",
      method: "get",
      path: `${path}/{approval}`,
      tag,
      params: inApproval,
      answers: { 200: told("What waits, and for whom.", "Approval") },
    },
    async (call) => {
      const { register, seat, params } = call;
      await alignApprovals(call);
      const found = await register.approvals.find(seat, params.approval);
      if (found === undefined) throw notFound();
      return json(200, { data: approvalValue(found) });
    },
  ),
  ...decideRoutes("approvalGive", "give", true),
  ...decideRoutes("approvalDeny", "deny", false),
  route(
    {
      id: "approvalAssign",
      method: "post",
      path: `${path}/{approval}/assign`,
      tag,
      description: "Somebody else is asked as well; never who proposed it.",
      params: inApproval,
      body: { schema: { component: "ApprovalAssignment" } },
      ...change,
      answers: { 204: DONE },
    },
    async (call) => {
      const { person } = await call.read(approvalAssignmentBody);
      await call.register.approvals.assign(call.seat, call.params.approval, person as PersonId);
      return done();
    },
  ),
  route(
    {
      id: "approvalWithdraw",
      method: "post",
      path: `${path}/{approval}/withdraw`,
      tag,
      description: "With all that was proposed together. An approval of a request goes with the request.",
      params: inApproval,
      ...change,
      answers: { 204: DONE },
    },
    async ({ register, by, params }) => {
      await register.approvals.withdraw(by, params.approval);
      return done();
    },
  ),
  route(
    {
      id: "approvalRuleList",
      method: "get",
      path: rules,
      tag,
      params: inBook,
      answers: { 200: toldAll("The party's own rules.", "ApprovalRule") },
    },
    async ({ register, seat }) => json(200, { data: (await register.rules.list(seat)).map(ruleValue) }),
  ),
  route(
    {
      id: "approvalRuleSet",
      method: "put",
      path: `${rules}/{rule}`,
      tag,
      description: "From now on. What waits already goes on under the rule as it was.",
      params: inBook.extend({ rule: idParam }),
      body: { schema: { component: "ApprovalRuleBody" } },
      ...change,
      answers: { 204: DONE },
    },
    async (call) => {
      const { kinds, from, relatedParty, roles = [], persons, people = 1 } = await call.read(approvalRuleBody);
      await call.register.rules.set(call.by, {
        id: call.params.rule,
        kinds,
        roles,
        people,
        ...(from === undefined ? {} : { from }),
        ...(relatedParty === undefined ? {} : { relatedParty }),
        ...(persons === undefined ? {} : { persons: persons as PersonId[] }),
      });
      return done();
    },
  ),
  route(
    {
      id: "approvalRuleRemove",
      method: "delete",
      path: `${rules}/{rule}`,
      tag,
      params: inBook.extend({ rule: idParam }),
      ...change,
      answers: { 204: DONE },
    },
    async ({ register, seat, params }) => {
      await register.rules.remove(seat, params.rule);
      return done();
    },
  ),
  route(
    {
      id: "deputyList",
      method: "get",
      path: deputies,
      tag,
      params: inBook,
      answers: { 200: toldAll("Also those whose time is over.", "Deputy") },
    },
    async ({ register, seat }) => json(200, { data: (await register.deputies.list(seat)).map(deputyValue) }),
  ),
  route(
    {
      id: "deputySet",
      method: "post",
      path: deputies,
      tag,
      params: inBook,
      body: { schema: { component: "DeputyBody" } },
      ...change,
      answers: { 204: DONE },
    },
    async (call) => {
      const { person, deputy, from, to } = await call.read(deputyBody);
      const absent = { person: away(call, person), deputy: deputy as PersonId, from: Number(from), to: Number(to) };
      await call.register.deputies.set(call.by, absent);
      return done();
    },
  ),
  route(
    {
      id: "deputyEnd",
      method: "post",
      path: `${deputies}/end`,
      tag,
      params: inBook,
      body: { schema: { component: "DeputyEnd" } },
      ...change,
      answers: { 204: DONE },
    },
    async (call) => {
      const { person, deputy } = await call.read(deputyEndBody);
      await call.register.deputies.end(call.seat, away(call, person), deputy as PersonId);
      return done();
    },
  ),
];

/** Everybody names deputies of their own; those of others only an administrator. */
function away({ principal }: AnyCall, person: string | undefined): PersonId {
  if (person === undefined || person === principal.person) return principal.person;
  if (!principal.roles.includes("admin")) throw notFound();
  return person as PersonId;
}
