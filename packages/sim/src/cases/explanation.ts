import type { DisclosedEvent } from "@offtake/core/disclosure";
import { explain, explainAll, type Explanation, renderText } from "@offtake/core/explanation";
import type { Chronicle } from "./chronicle.ts";
import { feedIn, type Scene } from "./scene.ts";

/** Reads everything that the keeper of the book reads. */
export const AUDITOR = "auditor";

/** What the explanations of a request say to one reader, as text; of all requests where none is named. */
export function explanationFor(scene: Scene, reader: string, request: string | undefined): string | undefined {
  const explanations = explanationsFor(scene, reader, request);
  return explanations.length === 0 ? undefined : explanations.map((one) => renderText(one)).join("\n");
}

/** Made of the reader's own feed and nothing else. */
export function explanationsFor(
  scene: Pick<Scene, "book" | "chronicle">,
  reader: string,
  request: string | undefined,
): readonly Explanation[] {
  const keeper = scene.book.state.header?.keeper;
  const party = reader === AUDITOR ? keeper : reader;
  if (party === undefined) return [];
  const feed = feedIn(scene, party);
  if (request === undefined) return explainAll(feed);
  if (party === keeper) return [explain(feed, request, "keeper") ?? []].flat();
  const subjects = subjectsOf(feed, request, scene.chronicle);
  return explainAll(feed).filter(({ subject }) => subjects.has(subject));
}

/** Under which names a party knows a request: its own, those of its invitations, those of the parts that it runs. */
function subjectsOf(feed: readonly DisclosedEvent[], request: string, chronicle: Chronicle): ReadonlySet<string> {
  const subjects = new Set([request]);
  for (const event of feed) {
    if (event.type === "ownNoticeSent" && chronicle.notices.get(event.notice.id)?.sent.notice.request === request)
      subjects.add(event.notice.request);
    if (event.type === "invited" && tenderOf(event.invitation, chronicle) === request) subjects.add(event.invitation);
    if (event.type === "hostNamed") subjects.add(event.part);
    if (event.type === "ownAwardIssued") for (const { part } of event.hosted) subjects.add(part);
  }
  return subjects;
}

function tenderOf(invitation: string, chronicle: Chronicle): string | undefined {
  const tenders = [...chronicle.tenders.values()];
  return tenders.find(({ opened }) => opened.invitations.some(({ id }) => id === invitation))?.opened.tender.request;
}
