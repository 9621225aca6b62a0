import type { ViewKind, ViewObject } from "@offtake/core/disclosure";
import { BAD, type Codec, Decoder, type Definitions, type Json, type Schema, type Style } from "../codecs/codec.ts";
import { exchangeRate, indexValue } from "../codecs/documents.ts";
import { calendar } from "../codecs/parties.ts";
import type { Restored } from "../codecs/index.ts";
import {
  agreementVersionView,
  agreementView,
  awardView,
  bidView,
  hostingView,
  invitationView,
  noticeView,
} from "./dealings.ts";
import {
  blockView,
  bookView,
  commitmentView,
  conflictView,
  consentView,
  holdView,
  offerView,
  partyView,
  standingView,
  waiverView,
} from "./facts.ts";
import { requestView } from "./requests.ts";

/** A codec for every kind of object that a view has: one without does not compile. */
export const VIEWS: { readonly [Kind in ViewKind]: Codec<ViewObject<Kind>> } = {
  agreements: agreementView,
  agreementVersions: agreementVersionView,
  commitments: commitmentView,
  conflicts: conflictView,
  waivers: waiverView,
  notices: noticeView,
  holds: holdView,
  invitations: invitationView,
  bids: bidView,
  awards: awardView,
  hostings: hostingView,
  requests: requestView,
  parties: partyView,
  books: bookView,
  calendars: calendar,
  rates: exchangeRate,
  indexValues: indexValue,
  blocks: blockView,
  offers: offerView,
  standingAnswers: standingView,
  consents: consentView,
};

/** The kinds of objects, in the order in which a view has them. */
export const VIEW_KINDS = Object.keys(VIEWS) as readonly ViewKind[];

export function isViewKind(text: string): text is ViewKind {
  return Object.hasOwn(VIEWS, text);
}

const codecOf = (kind: ViewKind): Codec<ViewObject> => VIEWS[kind] as unknown as Codec<ViewObject>;

/** An object of a view as JSON: stored, for people (`shown`), or for programs outside (`told`). */
export function encodeView<Kind extends ViewKind>(kind: Kind, object: ViewObject<Kind>, style: Style = "stored"): Json {
  return codecOf(kind).encode(object, style);
}

/** Reads a stored object, every field checked. Objects that do not read any more are folded again from their feed. */
export function decodeView<Kind extends ViewKind>(kind: Kind, json: unknown): Restored<ViewObject<Kind>> {
  const decoder = new Decoder();
  const value = codecOf(kind).decode(json, decoder);
  if (value !== BAD) return { ok: true, value: value as ViewObject<Kind> };
  const { path, message } = decoder.problem ?? { path: "", message: "this cannot be read" };
  return { ok: false, problem: { code: "stored_malformed", path, message } };
}

/** What a kind of object looks like to programs outside, as JSON Schema 2020-12. */
export function viewSchema(kind: ViewKind, definitions: Definitions): Schema {
  return codecOf(kind).schema(definitions);
}
