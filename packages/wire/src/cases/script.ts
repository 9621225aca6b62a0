import type { CommandBody } from "@offtake/core/book";
import type { PartyId, RequestId } from "@offtake/core/kernel";
import type { ComputeRequest } from "@offtake/core/requests";
import { type AgreementDocument, agreementDocument, readAgreement } from "../agreements/index.ts";
import type { Book, BookTree } from "../book/index.ts";
import { type RequestDocument, readRequest } from "../requests/index.ts";
import { type KnownNames, type NamedKind, ReadingContext, Report, validate } from "../shape/index.ts";
import { childOf, locate, type MapNode, type Path, type SourceNode } from "../source/index.ts";
import { applyEdits, idOf } from "./edit.ts";
import type { StepDocument, StepOf } from "./step-document.ts";

/** What a script knows while it is read: the world as it has become, and the names that steps have introduced. */
export class Script {
  readonly context: ReadingContext;
  /** Of the step in hand, from 1. */
  number = 0;
  readonly parents: Map<string, string | undefined>;
  private readonly book: Book;
  private readonly report: Report;
  private readonly source: SourceNode;
  private readonly sets = new Map<NamedKind, Set<string>>();
  private readonly clauses: Map<string, readonly string[]>;
  private readonly requests: Map<string, RequestDocument>;
  private readonly versions = new Map<string, number>();
  private readonly submitted: string[] = [];
  /** The newest text of each agreement. */
  private readonly agreements = new Map<string, MapNode>();

  constructor(book: Book, tree: BookTree, world: SourceNode, source: SourceNode, report: Report) {
    this.book = book;
    this.report = report;
    this.source = source;
    this.clauses = new Map(book.names.clauses);
    this.requests = new Map(
      (tree.requests ?? []).flatMap((request) => (request.id === undefined ? [] : [[request.id, request] as const])),
    );
    this.parents = new Map(book.blocks.map((block) => [block.id, block.parentId]));
    const agreements = childOf(world, "agreements");
    if (agreements?.kind === "list") for (const item of agreements.items) this.keepAgreement(item);
    this.context = new ReadingContext(report, book.header.zone, this.mutableNames(book.names));
  }

  /** The same sets are handed to the context, so that a name is known from the step on that brings it. */
  private mutableNames(names: KnownNames): KnownNames {
    const copy: Record<string, ReadonlySet<string>> = {};
    const kinds: readonly NamedKind[] = [
      "party",
      "calendar",
      "agreement",
      "block",
      "request",
      "offer",
      "waiver",
      "standing answer",
    ];
    for (const kind of kinds) {
      const set = new Set(names[kind]);
      this.sets.set(kind, set);
      copy[kind] = set;
    }
    return { ...copy, clauses: this.clauses, accelerators: names.accelerators ?? new Set() };
  }

  introduce(kind: NamedKind, name: string): void {
    this.sets.get(kind)?.add(name);
  }

  introduceBlock(block: { readonly id: string; readonly parent?: string | undefined }): void {
    this.introduce("block", block.id);
    this.parents.set(block.id, block.parent);
  }

  actor(step: Pick<StepDocument, "by">): PartyId {
    return (step.by ?? this.book.header.keeper) as PartyId;
  }

  /** Dates of an agreement are meant in its zone. */
  zoned(agreement: string): ReadingContext {
    const zone = this.book.agreements.findLast((reading) => reading.agreement.id === agreement)?.agreement.zone;
    return zone === undefined ? this.context : this.context.inZone(zone);
  }

  /** The request that is meant; where none is named, the only one submitted so far. */
  request(name: string | undefined, path: Path): RequestId | undefined {
    if (name !== undefined) {
      this.context.checkName("request", name, [...path, "request"]);
      return name as RequestId;
    }
    const [only] = this.submitted;
    if (only !== undefined && this.submitted.length === 1) return only as RequestId;
    const message = this.submitted.length === 0 ? "no request is submitted yet" : "several requests are submitted";
    this.report.add([...path, "request"], "missing_key", message, { expected: this.submitted.join(" or ") });
    return undefined;
  }

  /** A request to submit: one of the world by its id, or one in place; with the keys that differ. */
  submit(stated: string | RequestDocument, changes: RequestDocument, path: Path): ComputeRequest | undefined {
    if (typeof stated === "string" && !this.requests.has(stated)) {
      this.context.checkName("request", stated, [...path, "request"]);
      return undefined;
    }
    const base = typeof stated === "string" ? (this.requests.get(stated) ?? {}) : stated;
    const document = merged(base, changes);
    const request = readRequest(document, [...path, typeof stated === "string" ? "with" : "request"], this.context, {
      buyer: this.book.header.keeper,
    });
    if (document.id !== undefined) this.introduce("request", document.id);
    if (request === undefined) return undefined;
    this.requests.set(request.id, document);
    if (!this.submitted.includes(request.id)) this.submitted.push(request.id);
    return this.numbered(request);
  }

  /** A later submission under the same name is a new version as well. */
  private numbered(request: ComputeRequest): ComputeRequest {
    const version = (this.versions.get(request.id) ?? 0) + 1;
    this.versions.set(request.id, version);
    return { ...request, version };
  }

  revise(id: RequestId, changes: RequestDocument, path: Path, isRejected: boolean): ComputeRequest | undefined {
    const base = this.requests.get(id);
    if (base === undefined) return undefined;
    const document = merged(base, { ...changes, id });
    const request = readRequest(document, [...path, "with"], this.context, { buyer: this.book.header.keeper });
    if (request === undefined) return undefined;
    if (isRejected) return { ...request, version: (this.versions.get(id) ?? 0) + 1 };
    this.requests.set(id, document);
    return this.numbered(request);
  }

  sign(document: AgreementDocument, path: Path): CommandBody {
    const at = [...path, "agreement"];
    const node = this.nodeAt(at);
    if (node !== undefined) this.keepAgreement(node);
    this.introduce("agreement", document.name);
    this.introduceClauses(document);
    const { agreement, activate } = readAgreement(document, at, this.context);
    return { type: "recordAgreement", agreement, activate };
  }

  /** The newest text of the agreement with the changes of the step, as its next version; a rejected one is no text to go on from. */
  amend(step: StepOf<"amend">, path: Path, isRejected: boolean): CommandBody | undefined {
    const base = this.agreements.get(step.agreement);
    if (base === undefined) return undefined;
    const before = this.report.problems.length;
    const edited = applyEdits(base, step.change, this.source, [...path, "change"], this.report);
    if (this.report.problems.length > before) return undefined;
    const next = this.nextVersion(edited, path);
    const report = new Report(next);
    const { value, root } = validate(agreementDocument, next, report);
    report.continueWith(root);
    const reading =
      value === undefined
        ? undefined
        : readAgreement(value, [], new ReadingContext(report, this.context.zone, this.context.names));
    for (const problem of report.problems) this.report.keep(problem);
    if (reading === undefined || value === undefined) return undefined;
    if (!isRejected) {
      this.agreements.set(step.agreement, next);
      this.introduceClauses(value);
    }
    return { type: "recordAgreement", agreement: reading.agreement, activate: reading.activate };
  }

  private nextVersion(agreement: MapNode, path: Path): MapNode {
    const { origin } = locate(this.source, path);
    const scalar = (value: string | number): SourceNode => ({ kind: "scalar", value, origin });
    const before = childOf(agreement, "version");
    const version = (before?.kind === "scalar" && typeof before.value === "number" ? before.value : 1) + 1;
    const node = (key: string): SourceNode | undefined => this.nodeAt([...path, key]);
    const effective = childOf(agreement, "effective");
    const entries = new Map(agreement.entries);
    const put = (key: string, value: SourceNode | undefined): void => {
      if (value !== undefined) entries.set(key, { key: value.origin, node: value });
    };
    const at = node("at");
    put("version", scalar(version));
    put("signed", node("signed") ?? at);
    put("appliesToOpenNotices", node("appliesToOpenNotices"));
    if (node("appliesToOpenNotices") === undefined) entries.delete("appliesToOpenNotices");
    const from = node("effective") ?? at;
    if (effective?.kind === "map" && from !== undefined) {
      put("effective", {
        ...effective,
        entries: new Map([...effective.entries, ["from", { key: from.origin, node: from }]]),
      });
    }
    return { ...agreement, entries };
  }

  private nodeAt(path: Path): SourceNode | undefined {
    let node: SourceNode | undefined = this.source;
    for (const step of path) node = childOf(node, step);
    return node;
  }

  private keepAgreement(node: SourceNode): void {
    const name = idOf(node);
    if (name !== undefined && node.kind === "map") this.agreements.set(name, node);
  }

  private introduceClauses(document: AgreementDocument): void {
    for (const { id } of document.clauses ?? []) {
      const holders = this.clauses.get(id) ?? [];
      if (!holders.includes(document.name)) this.clauses.set(id, [...holders, document.name]);
    }
  }
}

/** The keys of one request over those of another; what says the same in other words goes. */
function merged(base: RequestDocument, changes: RequestDocument): RequestDocument {
  const { purpose, purposes, ...rest } = base;
  const keepsPurpose = changes.purpose === undefined && changes.purposes === undefined;
  return {
    ...rest,
    ...(keepsPurpose && purpose !== undefined ? { purpose } : {}),
    ...(keepsPurpose && purposes !== undefined ? { purposes } : {}),
    ...changes,
  };
}
