import { parseZone, type ZoneId } from "@offtake/core/calendar";
import { FirstAppearances, renderText } from "@offtake/core/explanation";
import { AUDITOR, explanationsFor, type Play, playScript } from "@offtake/sim/cases";
import { runStory } from "@offtake/sim/stories";
import { parseCase } from "@offtake/wire/cases";
import { nearNames } from "@offtake/wire/problems";
import type { SourceFile } from "@offtake/wire/source";
import { parseStory } from "@offtake/wire/stories";
import { fileResolver, readText } from "../../documents/files.ts";
import { kindOf, otherKind } from "../../documents/kinds.ts";
import { offersOf } from "../../documents/offers.ts";
import { findStory } from "../../documents/stories.ts";
import { documented } from "@offtake/wire/documented";
import { EXIT, type ExitCode } from "../../terminal/exit-codes.ts";
import { done, failed, type Failure, invalidDocument, type Outcome, tellFailure } from "../../terminal/failures.ts";
import { type Io, pause } from "../../terminal/io.ts";
import { jsonText } from "../../terminal/json.ts";
import { wrapList } from "../../terminal/table.ts";

export interface ExplainOptions {
  readonly request?: string;
  readonly as?: string;
  readonly zone?: string;
  readonly json?: true;
}

/** Explains requests of a story or a case to one reader. */
export async function explain(io: Io, what: string, options: ExplainOptions): Promise<ExitCode> {
  const outcome = await explanationsIn(io, what, options);
  if (!outcome.ok) return tellFailure(io, outcome.failure, options.json === true);
  const { explanations, reader, zone } = outcome.value;
  if (options.json === true) io.out(jsonText(documented({ reader, explanations })));
  else {
    const words = new FirstAppearances();
    const texts = explanations.map((one) => renderText(one, { words, ...(zone === undefined ? {} : { zone }) }));
    io.out(wrapList(texts.join("\n"), io.width));
  }
  return EXIT.ok;
}

interface Explained {
  readonly reader: string;
  readonly explanations: ReturnType<typeof explanationsFor>;
  readonly zone?: ZoneId;
}

async function explanationsIn(io: Io, what: string, options: ExplainOptions): Promise<Outcome<Explained>> {
  const zone = options.zone === undefined ? undefined : parseZone(options.zone);
  if (options.zone !== undefined && zone === undefined) {
    return failed({
      code: "unknown_zone",
      message: `there is no time zone ${options.zone.slice(0, 60)}`,
      exit: EXIT.usage,
    });
  }
  const file = findPlayable(what, io.cwd);
  if (!file.ok) return failed(withBroker(file.failure));
  const played = await playFile(file.value, io.cwd);
  if (!played.ok) return played;
  await pause(io);
  const play = played.value;
  const reader = options.as ?? AUDITOR;
  const parties = play.chronicle.all("partyRecorded").map(({ party }) => party.id as string);
  if (reader !== AUDITOR && !parties.includes(reader)) return failed(noSuch("party", reader, parties));
  const requests = [...play.chronicle.requests.keys()];
  const { request } = options;
  if (request !== undefined && !requests.includes(request)) return failed(noSuch("request", request, requests));
  const explanations = explanationsFor(play.end(), reader, request);
  if (explanations.length === 0) {
    return failed({
      code: "nothing_to_explain",
      message: `${reader} has nothing to do with ${request === undefined ? "any request" : `request ${request}`}, or may not know of it`,
      exit: EXIT.notFound,
    });
  }
  return done({ reader, explanations, ...(zone === undefined ? {} : { zone }) });
}

/** Whoever names something that is at the broker is told how that is explained. */
function withBroker(failure: Failure): Failure {
  if (failure.code !== "story_not_found") return failure;
  return { ...failure, message: `${failure.message}; for a request at the broker add --broker` };
}

function noSuch(kind: string, name: string, known: readonly string[]): Failure {
  const code = kind === "party" ? "unknown_party" : "unknown_request";
  return {
    code,
    message: `there is no ${kind} ${name.slice(0, 60)}; there is ${known.join(", ")}`,
    exit: EXIT.notFound,
    didYouMean: nearNames(name, known),
  };
}

/** A case by its file; a story by its file, its folder or its name. */
function findPlayable(what: string, cwd: string): Outcome<SourceFile> {
  if (!/\.ya?ml$/i.test(what)) return findStory(what, cwd);
  const file = readText(what, cwd);
  return file.ok ? done(file.value) : findStory(what, cwd);
}

async function playFile(file: SourceFile, cwd: string): Promise<Outcome<Play>> {
  const options = { resolve: fileResolver(cwd) };
  const other = otherKind(file, ["story", "case"]);
  if (other !== undefined) return failed(other);
  if (kindOf(file) === "case") {
    const parsed = parseCase(file, options);
    if (!parsed.ok) return failed(invalidDocument(parsed.problems));
    const offers = await offersOf(parsed.value.world, cwd);
    return offers.ok ? done(playScript(parsed.value, offers.value).play) : offers;
  }
  const parsed = parseStory(file, options);
  if (!parsed.ok) return failed(invalidDocument(parsed.problems));
  const offers = await offersOf(parsed.value.world, cwd);
  return offers.ok ? done(runStory(parsed.value, { offers: offers.value }).play) : offers;
}
