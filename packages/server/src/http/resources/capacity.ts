import type { BlockId, OfferId, PartyId } from "@offtake/core/kernel";
import { blockBody, offerBody, resaleConsentBody, standingAnswerBody, waiverBody } from "@offtake/wire/api";
import type { AnyCall } from "../call.ts";
import { actRoute, createRoute, putRoute, readRoutes } from "../objects.ts";
import { findObject } from "../shown.ts";
import type { Route } from "../operation.ts";
import { problem } from "../problems.ts";

const base = "/v1/books/{book}";
const blocks = { kind: "blocks", path: `${base}/blocks`, tag: "capacity", name: "block" } as const;
const offers = { kind: "offers", path: `${base}/offers`, tag: "capacity", name: "offer" } as const;
const standing = {
  kind: "standingAnswers",
  path: `${base}/standing-answers`,
  tag: "notices",
  name: "standingAnswer",
} as const;
const waivers = { kind: "waivers", path: `${base}/waivers`, tag: "notices", name: "waiver" } as const;
const commitments = {
  kind: "commitments",
  path: `${base}/commitments`,
  tag: "agreements",
  name: "commitment",
} as const;
const consents = { kind: "consents", path: `${base}/resale-consents`, tag: "capacity", name: "consent" } as const;

const hostings = { kind: "hostings", path: `${base}/hostings`, tag: "capacity", name: "hosting" } as const;

/** What can be had, at which price, and what is answered in advance. */
export const capacityRoutes: readonly Route[] = [
  ...readRoutes({
    ...blocks,
    list: "blockList",
    read: "blockList",
    readVariant: "One",
    readSummary: "a block of capacity",
  }),
  putRoute(
    blocks,
    { id: "blockRecord", body: { schema: { component: "BlockBody" } }, description: "Records it, or records it anew." },
    async (call) => {
      const block = await call.read(blockBody(await parentsOf(call)));
      await assertKnownParent(call, block.parentId);
      return { id: block.id, command: { type: "recordBlock", block } };
    },
  ),
  actRoute(blocks, { id: "blockWithdraw", method: "delete" }, (id) => ({
    type: "withdrawBlock",
    block: id as BlockId,
  })),
  ...readRoutes({
    ...offers,
    list: "offerList",
    read: "offerList",
    readVariant: "One",
    readSummary: "an offer by list",
  }),
  putRoute(offers, { id: "offerRecord", body: { schema: { component: "OfferBody" } } }, async (call) => {
    const offer = await call.read(offerBody);
    return { id: offer.id, command: { type: "listOffer", offer } };
  }),
  actRoute(offers, { id: "offerWithdraw", method: "delete" }, (id) => ({
    type: "withdrawOffer",
    offer: id as OfferId,
  })),
  ...readRoutes({ ...consents, list: "blockList", listVariant: "Consents", listSummary: "consents to resale" }),
  ...readRoutes({
    ...hostings,
    list: "blockList",
    listVariant: "Hostings",
    listSummary: "parts that one runs for others who sell them",
    read: "blockList",
    readVariant: "Hosting",
    readSummary: "a part that one runs for somebody who sells it",
  }),
  createRoute(
    { ...consents },
    {
      id: "resaleConsent",
      description: "The caller's party consents to capacity of a host being sold on to somebody.",
      body: { schema: { component: "ResaleConsentBody" } },
    },
    async (call) => {
      const { host, to } = await call.read(resaleConsentBody);
      const command = { type: "consentResale", host: host as PartyId, to: to as PartyId } as const;
      return { id: `${call.principal.party}:${host}:${to}`, command };
    },
  ),
  ...readRoutes({
    ...standing,
    list: "standingAnswerList",
    read: "standingAnswerList",
    readVariant: "One",
    readSummary: "a standing answer",
  }),
  putRoute(
    standing,
    { id: "standingAnswerGive", body: { schema: { component: "StandingAnswerBody" } } },
    async (call) => {
      const given = await call.read(standingAnswerBody);
      return { id: given.id, command: { type: "giveStandingAnswer", standing: given } };
    },
  ),
  actRoute(standing, { id: "standingAnswerRevoke", method: "delete" }, (id) => ({ type: "revokeStandingAnswer", id })),
  ...readRoutes({ ...waivers, list: "waiverList", read: "waiverList", readVariant: "One", readSummary: "a waiver" }),
  putRoute(waivers, { id: "waiverGrant", body: { schema: { component: "WaiverBody" } } }, async (call) => {
    const waiver = await call.read(waiverBody);
    return { id: waiver.id, command: { type: "grantWaiver", waiver } };
  }),
  actRoute(waivers, { id: "waiverRevoke", method: "delete" }, (id) => ({ type: "revokeWaiver", waiver: id })),
  ...readRoutes({ ...commitments, list: "commitmentList", read: "commitmentRead" }),
];

/** What comes from a block that the caller was never told of is put on record by the keeper: nobody else is told whether there is such a block. */
async function assertKnownParent(call: AnyCall, parent: BlockId | undefined): Promise<void> {
  if (parent !== undefined && (await findObject(call, "blocks", parent)) === undefined) throw problem("unknown_block");
}

/** Of every block of the book its parent: where a new one comes from in the end is reckoned from them. */
async function parentsOf(call: AnyCall): Promise<ReadonlyMap<string, string | undefined>> {
  const { view } = await call.node();
  return new Map(view.capacity.blocks().map(({ block: { id, parentId } }) => [id, parentId]));
}
