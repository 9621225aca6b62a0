import type { ViewKind } from "@offtake/core/disclosure";
import { bodySchemas } from "@offtake/wire/api";
import { type Codec, type Definitions, EVENTS, OWN_EVENTS, type Schema } from "@offtake/wire/codecs";
import { sharedSchema } from "@offtake/wire/schemas";
import { viewSchema } from "@offtake/wire/views";
import { AWARD_SCENARIO } from "./award-choices.ts";
import { CONSEQUENCES } from "./consequences.ts";
import { COMPONENT_OF } from "./objects.ts";
import { PEOPLE_COMPONENTS } from "./people-components.ts";
import { CONTRACT_DATE, CONTRACT_DATES } from "./resources/dates.ts";
import { BLOCK_CALENDAR, CAPACITY } from "./resources/free.ts";
import { POSITION } from "./resources/position.ts";

const RECEIPT: Schema = {
  type: "object",
  description: "The caller's own feed right after what was accepted: kept, it proves later what the broker had told.",
  properties: {
    schema: { type: "string", const: "offtake/receipt@1" },
    book: { type: "string" },
    party: { type: "string" },
    length: { type: "integer", minimum: 0, description: "How many entries the feed had." },
    hash: { type: "string", description: "Hash of the last of them, over all before." },
  },
  required: ["schema", "book", "party", "length", "hash"],
  additionalProperties: false,
};

const BOOK: Schema = {
  type: "object",
  description: "A book, as everybody knows it who acts in it.",
  properties: {
    book: { type: "string" },
    keeper: { type: "string", description: "The party whose book it is." },
    kind: { type: "string", enum: ["buyer", "provider"] },
    currency: { type: "string" },
    zone: { type: "string" },
    party: { type: "string", description: "For whom the caller acts." },
    isKeeper: { type: "boolean" },
  },
  required: ["book", "keeper", "kind", "currency", "zone", "party", "isKeeper"],
  additionalProperties: false,
};

const text = { type: "string" } as const;
const texts = { type: "array", items: text } as const;

const FEED_ENTRY: Schema = {
  type: "object",
  description: "One event as the caller was told it.",
  properties: {
    position: { type: "integer", minimum: 0 },
    at: { type: "string", format: "date-time" },
    type: text,
    hash: { type: "string", description: "Over the entry and all before it." },
    event: { $ref: "#/definitions/ToldEvent" },
  },
  required: ["position", "at", "type", "hash", "event"],
  additionalProperties: false,
};

const FILES = {
  type: "array",
  minItems: 1,
  maxItems: 100,
  items: {
    type: "object",
    properties: {
      name: { type: "string", minLength: 1, maxLength: 200, description: "What problems cite it by." },
      text: { type: "string", maxLength: 1 << 20 },
    },
    required: ["name", "text"],
    additionalProperties: false,
  },
} as const;

const AGREEMENT_FILES: Schema = {
  type: "object",
  description:
    "Agreement files as they are kept: YAML, or JSON. Of one agreement there may be several versions, in their order; each then says its own.",
  properties: {
    files: { ...FILES, maxItems: 1_000 },
    parties: {
      type: "array",
      maxItems: 1_000,
      items: { $ref: "#/definitions/PartyBody" },
      description:
        "Parties that the agreements name and the book does not know yet: the keeper has them recorded before.",
    },
  },
  required: ["files"],
  additionalProperties: false,
};

const BOOK_FILES: Schema = {
  type: "object",
  description: "The files of a book as they are kept in its folder, agreements among them.",
  properties: {
    book: { type: "string", pattern: "^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$", description: "Its name from now on." },
    files: FILES,
  },
  required: ["book", "files"],
  additionalProperties: false,
};

const AGREEMENT_PLAN: Schema = {
  type: "object",
  properties: {
    agreements: {
      type: "array",
      items: {
        type: "object",
        properties: {
          file: text,
          agreement: text,
          change: { type: "string", enum: ["add", "change", "none"] },
          from: { type: "integer", description: "The version on record." },
          to: { type: "integer", description: "The version that it is afterwards." },
          differs: { ...texts, description: "Keys that differ; of clauses `clauses.ID`." },
          unconfirmed: { ...texts, description: "Clauses whose reading nobody has confirmed, as they are afterwards." },
          before: { type: "object", description: "Of a change, for the keeper: the version on record, whole." },
          after: { type: "object", description: "The same as it would be." },
        },
        required: ["file", "agreement", "change", "to", "differs", "unconfirmed"],
        additionalProperties: false,
      },
    },
    parties: { ...texts, description: "Parties that would be recorded before." },
    add: { type: "integer" },
    change: { type: "integer" },
    consequences: { $ref: "#/definitions/Consequences" },
  },
  required: ["agreements", "parties", "add", "change"],
  additionalProperties: false,
};

const STEP: Schema = {
  type: "object",
  properties: {
    id: text,
    code: { type: "string", description: "Stable: what kind of step it is." },
    rules: texts,
    clause: {
      type: "object",
      properties: { agreement: text, clause: text, version: { type: "integer" } },
      required: ["agreement", "clause", "version"],
      additionalProperties: false,
    },
    facts: texts,
    verdict: text,
    text,
    utc: { ...texts, description: "The instants of the text, in its order." },
    deadline: {
      type: "object",
      properties: { label: text, at: { type: "string", format: "date-time" }, zone: text, skipped: texts },
      required: ["label", "at", "zone", "skipped"],
      additionalProperties: false,
    },
    children: { type: "array", items: { $ref: "#/definitions/ExplanationStep" } },
  },
  required: ["id", "code", "rules", "facts", "text", "utc", "children"],
  additionalProperties: false,
};

const EXPLANATION: Schema = {
  type: "object",
  properties: {
    vocabulary: { type: "integer" },
    audience: { type: "string", enum: ["keeper", "holder", "bidder", "host", "buyer"] },
    subject: text,
    title: text,
    steps: { type: "array", items: { $ref: "#/definitions/ExplanationStep" } },
    caveats: {
      type: "array",
      items: {
        type: "object",
        properties: { code: text, text, names: texts },
        required: ["code", "text"],
        additionalProperties: false,
      },
    },
    words: {
      type: "array",
      items: {
        type: "object",
        properties: { word: text, meaning: text },
        required: ["word", "meaning"],
        additionalProperties: false,
      },
    },
    text: { type: "string", description: "All of it, to read." },
  },
  required: ["vocabulary", "audience", "subject", "title", "steps", "caveats", "words", "text"],
  additionalProperties: false,
};

const SEAT = { book: text, party: text } as const;

const SESSION: Schema = {
  type: "object",
  properties: {
    kind: { type: "string", enum: ["browser", "terminal"] },
    csrf: { type: "string", description: "What a page sends as `x-csrf-token` to change something." },
    expiresAt: { type: "string", format: "date-time" },
    chosen: { type: "object", properties: SEAT, required: ["book", "party"], additionalProperties: false },
    memberships: {
      type: "array",
      items: {
        type: "object",
        properties: {
          ...SEAT,
          person: text,
          roles: texts,
          name: { type: ["string", "null"] },
          signsAs: { type: "string", description: "The name under which the party lists this person as a signatory." },
        },
        required: ["book", "party", "person", "roles", "name"],
        additionalProperties: false,
      },
    },
  },
  required: ["kind", "expiresAt", "memberships"],
  additionalProperties: false,
};

/** An object of a view as it is answered: what it is listed by, and the view itself. */
function objectSchema(kind: ViewKind, definitions: Definitions): Schema {
  return {
    type: "object",
    properties: {
      id: text,
      status: text,
      deadline: { type: "string", format: "date-time", description: "When time alone changes something for it next." },
      updatedAt: { type: "string", format: "date-time" },
      view: viewSchema(kind, definitions),
    },
    required: ["id", "status", "updatedAt", "view"],
    additionalProperties: false,
  };
}

/** Whatever a party can be told: an event as it is, or a shape of it made for this reader. */
function toldEvent(definitions: Definitions): Schema {
  const codecs = Object.values({ ...EVENTS, ...OWN_EVENTS }) as unknown as readonly Codec<unknown>[];
  return { oneOf: codecs.map((codec) => codec.schema(definitions)) };
}

/** What a request's view has several of. */
function partOfRequest(name: "evaluations" | "lots", definitions: Definitions): Schema {
  const properties = viewSchema("requests", definitions)["properties"] as Readonly<Record<string, { items: Schema }>>;
  const list = properties[name];
  if (list === undefined) throw new Error(`Broken belief: a request has ${name}`);
  return list.items;
}

/**
 * Every named part of the document. What stands several times in what codecs and documents give is written once; the names that they give
 * their own parts stay.
 */
export function components(more: Readonly<Record<string, Schema>>): ReadonlyMap<string, unknown> {
  const definitions: Definitions = new Map();
  const { bodies, parts } = bodySchemas();
  const named: Record<string, unknown> = {
    // A body that has a name of its own stands under it among the parts.
    ...bodies,
    ...parts,
    ...more,
    Receipt: RECEIPT,
    BookEntry: BOOK,
    FeedEntry: FEED_ENTRY,
    ToldEvent: toldEvent(definitions),
    AgreementFiles: AGREEMENT_FILES,
    AgreementPlan: AGREEMENT_PLAN,
    Explanation: EXPLANATION,
    ExplanationStep: STEP,
    Session: SESSION,
    ...PEOPLE_COMPONENTS,
    Evaluation: partOfRequest("evaluations", definitions),
    Lot: partOfRequest("lots", definitions),
    BookFiles: BOOK_FILES,
    ContractDate: CONTRACT_DATE,
    ContractDates: CONTRACT_DATES,
    BlockCalendar: BLOCK_CALENDAR,
    Capacity: CAPACITY,
    Position: POSITION,
    AwardScenario: AWARD_SCENARIO,
    Consequences: CONSEQUENCES,
  };
  for (const [kind, name] of Object.entries(COMPONENT_OF)) named[name] = objectSchema(kind as ViewKind, definitions);
  Object.assign(named, Object.fromEntries(definitions));
  const { definitions: shared } = sharedSchema({ definitions: named }) as {
    readonly definitions: Record<string, unknown>;
  };
  const all = JSON.parse(JSON.stringify(shared).replaceAll('"#/definitions/', '"#/components/schemas/')) as object;
  return new Map(Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1)));
}
