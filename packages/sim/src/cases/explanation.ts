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
  const subjects = subjectsOf(feed, party, request, scene.chronicle);
  return explainAll(feed).filter(({ subject }) => subjects.has(subject));
}

/** Under which names a party knows a request: its own, those of its invitations, those of the parts that it runs. */
function subjectsOf(
  feed: readonly DisclosedEvent[],
  party: string,
  request: string,
  chronicle: Chronicle,
): ReadonlySet<string> {
  const subjects = new Set([request]);
  for (const event of feed) {
    switch (event.type) {
      case "ownNoticeSent":
        if (chronicle.notices.get(event.notice.id)?.sent.notice.request === request) subjects.add(event.notice.request);
        break;
      case "invited":
        if (requestOfInvitation(event.invitation, chronicle) === request) subjects.add(event.invitation);
        break;
      case "hostNamed":
        if (namesHost(event.at, party, request, chronicle)) subjects.add(event.part);
        break;
      case "ownAwardIssued":
        if (!chronicle.all("awardIssued").some(({ at, award }) => at === event.at && award.request === request)) break;
        for (const { part } of event.hosted) subjects.add(part);
        break;
      default:
    }
  }
  return subjects;
}

function requestOfInvitation(invitation: string, chronicle: Chronicle): string | undefined {
  const tenders = [...chronicle.tenders.values()];
  return tenders.find(({ opened }) => opened.invitations.some(({ id }) => id === invitation))?.opened.tender.request;
}

/** Whether an answer of that instant names the party as the one that runs a part of this request. */
function namesHost(at: number, party: string, request: string, chronicle: Chronicle): boolean {
  return chronicle
    .all("answerReceived")
    .some((event) => event.at === at && event.request === request && event.answer.answer.host === party);
}

/** An explanation line by line, steps indented, without the meanings of words. */
export function explanationLines({ title, steps }: Explanation): string[] {
  const lines = [title];
  const add = (step: Explanation["steps"][number], depth: number): void => {
    lines.push(`${"  ".repeat(depth)}* ${step.text}`);
    for (const child of step.children) add(child, depth + 1);
  };
  for (const step of steps) add(step, 0);
  return lines;
}
