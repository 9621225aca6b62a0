import { groupBody, groupRemovalBody, memberBody, memberRemovalBody, memberRolesBody } from "@offtake/wire/api";
import type { PersonId } from "../../people/index.ts";
import { json } from "../call.ts";
import { idParam, inBook, type Route, route } from "../operation.ts";
import { DONE, done, memberValue, time, told, toldAll } from "../people-values.ts";
import { notFound } from "../problems.ts";

const tag = "people";
const path = "/v1/books/{book}/members";
const groups = "/v1/books/{book}/groups";
const inMember = inBook.extend({ person: idParam });
/** Beside the log: no key, and no receipt. */
const change = { writes: true, unkeyed: true } as const;

/** The people of the caller's own party. Those of another are not there. */
export const memberRoutes: readonly Route[] = [
  route(
    {
      id: "memberList",
      method: "get",
      path,
      tag,
      params: inBook,
      answers: { 200: toldAll("All, also those removed.", "Member") },
    },
    async ({ register, seat }) => json(200, { data: (await register.members.list(seat)).map(memberValue) }),
  ),
  route(
    {
      id: "colleagueList",
      method: "get",
      path: "/v1/books/{book}/colleagues",
      tag,
      description: "So that somebody can be named as a deputy, and an approval says who asked for it.",
      params: inBook,
      answers: { 200: toldAll("All, also those removed.", "Colleague") },
    },
    async ({ register, seat }) => json(200, { data: await register.members.colleagues(seat) }),
  ),
  route(
    {
      id: "memberRead",
      method: "get",
      path: `${path}/{person}`,
      tag,
      params: inMember,
      answers: { 200: told("The member.", "Member") },
    },
    async ({ register, seat, params }) => {
      const member = await register.members.find(seat, params.person as PersonId);
      if (member === undefined) throw notFound();
      return json(200, { data: memberValue(member) });
    },
  ),
  route(
    {
      id: "memberInvite",
      method: "post",
      path,
      tag,
      description:
        "With `provider` and `email` the person logs in there; without them the answer has a one-time login to hand over.",
      params: inBook,
      body: { schema: { component: "MemberBody" } },
      ...change,
      answers: { 201: told("Invited.", "MemberInvited") },
    },
    async (call) => {
      const { register, by } = call;
      const invitation = await call.read(memberBody);
      if (invitation.provider !== undefined) register.identities.assertKnown(invitation.provider);
      const { person, login } = await register.members.invite(by, invitation);
      return json(201, { data: { person, ...(login === undefined ? {} : { login: loginValue(login) }) } });
    },
  ),
  route(
    {
      id: "memberInvite",
      variant: "Again",
      summary: "another one-time login for a member",
      description: "For somebody without an identity provider. An earlier one that was not used ends.",
      method: "post",
      path: `${path}/{person}/login`,
      tag,
      params: inMember,
      ...change,
      answers: { 201: told("A one-time login.", "OneTimeLogin") },
    },
    async ({ register, seat, params }) =>
      json(201, { data: loginValue(await register.members.invitationAgain(seat, params.person as PersonId)) }),
  ),
  route(
    {
      id: "memberRolesSet",
      method: "put",
      path: `${path}/{person}/roles`,
      tag,
      params: inMember,
      body: { schema: { component: "MemberRoles" } },
      ...change,
      answers: { 204: DONE },
    },
    async (call) => {
      const { register, seat, params } = call;
      const { roles, signsAs } = await call.read(memberRolesBody);
      await register.members.setRoles(seat, params.person as PersonId, roles, signsAs);
      return done();
    },
  ),
  route(
    {
      id: "memberRemove",
      method: "post",
      path: `${path}/{person}/remove`,
      tag,
      description:
        "Sessions and keys end at once; what the person was asked to approve goes to the deputy. The answer says what nobody can approve any more.",
      params: inMember,
      body: { schema: { component: "MemberRemoval" }, optional: true },
      ...change,
      answers: { 200: told("Removed.", "MemberRemoved") },
    },
    async (call) => {
      const { register, by, params } = call;
      const { deputy } = await call.readOptional(memberRemovalBody);
      const removed = await register.members.remove(by, params.person as PersonId, deputy as PersonId | undefined);
      return json(200, { data: removed });
    },
  ),
  route(
    {
      id: "memberErase",
      method: "post",
      path: `${path}/{person}/erase`,
      tag,
      description:
        "Name, addresses and signature of somebody who was removed. What the person did stays under a random id.",
      params: inMember,
      ...change,
      answers: { 204: DONE },
    },
    async ({ register, seat, params }) => {
      await register.members.erase(seat, params.person as PersonId);
      return done();
    },
  ),
  route(
    {
      id: "groupList",
      method: "get",
      path: groups,
      tag,
      params: inBook,
      answers: { 200: toldAll("All.", "GroupRoles") },
    },
    async ({ register, seat }) => json(200, { data: await register.groups.list(seat) }),
  ),
  route(
    {
      id: "groupSet",
      method: "put",
      path: groups,
      tag,
      description: "Also for who is logged in. A group makes nobody a member.",
      params: inBook,
      body: { schema: { component: "GroupBody" } },
      ...change,
      answers: { 204: DONE },
    },
    async (call) => {
      const body = await call.read(groupBody);
      call.register.identities.assertKnown(body.provider);
      await call.register.groups.set(call.seat, body);
      return done();
    },
  ),
  route(
    {
      id: "groupRemove",
      method: "post",
      path: `${groups}/remove`,
      tag,
      params: inBook,
      body: { schema: { component: "GroupRemoval" } },
      ...change,
      answers: { 204: DONE },
    },
    async (call) => {
      const { provider, group } = await call.read(groupRemovalBody);
      await call.register.groups.remove(call.seat, provider, group);
      return done();
    },
  ),
];

const loginValue = ({ code, expiresAt }: { readonly code: string; readonly expiresAt: number }) => ({
  code,
  expiresAt: time(expiresAt),
});
