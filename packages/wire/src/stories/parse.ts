import type { PartyId } from "@offtake/core/kernel";
import { readEvidence } from "../agreements/index.ts";
import type { SourceOptions } from "../book/index.ts";
import { idOf, type PlayedContext, readPlayed } from "../cases/index.ts";
import type { Parsed } from "../problems/index.ts";
import { childOf, type Path, type SourceFile } from "../source/index.ts";
import { type StoryFile, storyFile } from "./document.ts";
import type { RecordRef, StoryDocument, StoryElement, StoryRecord } from "./model.ts";

/** Reads a story file (`schema: offtake/story@1`) with the world and the agreements that it names. */
export function parseStory(file: SourceFile, options: SourceOptions = {}): Parsed<StoryDocument> {
  const reading = readPlayed(file, storyFile, options, (document, context) => ({
    records: readRecords(document, context),
    elements: readElements(document, context),
  }));
  if (!reading.ok) return reading;
  const { document, world, script, expect, more, origin } = reading.value;
  const { id, title, about, assumed } = document;
  return {
    ok: true,
    value: { id, title, about, ...(assumed === undefined ? {} : { assumed }), world, script, expect, ...more, origin },
  };
}

function readRecords(document: StoryFile, { context, report }: PlayedContext): StoryRecord[] {
  const seen = new Set<string>();
  return (document.records ?? []).map((record, index) => {
    const at = ["records", index];
    const { id, about, parties, amount, standing, evidence } = record;
    if (seen.has(id))
      report.add([...at, "id"], "duplicate_id", `there is a record \`${id}\` already`, { expected: "another name" });
    seen.add(id);
    for (const party of parties ?? []) context.checkName("party", party, [...at, "parties"]);
    if (standing !== undefined && amount === undefined) {
      report.add([...at, "standing"], "conflicting_keys", "there is no amount that it could be said of", {
        expected: "`amount` beside it",
      });
    }
    return {
      id,
      about,
      parties: (parties ?? []) as PartyId[],
      ...(amount === undefined ? {} : { amount }),
      ...(standing === undefined ? {} : { standing }),
      evidence: readEvidence(evidence),
    };
  });
}

function readElements(document: StoryFile, played: PlayedContext): StoryElement[] {
  const written = childOf(played.written, "records");
  const records = new Set(written?.kind === "list" ? written.items.flatMap((item) => idOf(item) ?? []) : []);
  return (document.elements ?? []).map((element, index) => {
    const at = ["elements", index];
    return {
      quote: element.quote,
      object: element.object,
      shown: played.expectations(element.shown ?? [], [...at, "shown"]),
      recorded: (element.recorded ?? []).flatMap((ref) => readRef(ref, records, [...at, "recorded"], played) ?? []),
    };
  });
}

function readRef(
  ref: { readonly agreement?: string; readonly clause: string },
  records: ReadonlySet<string>,
  path: Path,
  { context, report }: PlayedContext,
): RecordRef | undefined {
  if (ref.agreement !== undefined) return context.clause(ref, path);
  if (records.has(ref.clause)) return { record: ref.clause };
  report.addUnknown(path, "unknown_record", "record", ref.clause, records);
  return undefined;
}
