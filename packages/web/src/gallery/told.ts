/// <reference types="vite/client" />
import type { Schemas } from "@offtake/client";
import type { BookEvent } from "@offtake/core/book";
import { feedOf, foldView, listed, type ViewKind } from "@offtake/core/disclosure";
import { explainAll } from "@offtake/core/explanation";
import { formatInstant, type PartyId } from "@offtake/core/kernel";
import { runStory } from "@offtake/sim/stories";
import type { SourceFile } from "@offtake/wire/source";
import { parseStory } from "@offtake/wire/stories";
import { encodeView } from "@offtake/wire/views";

const FILES = import.meta.glob<string>("../../../../scenarios/{aurora,stargate-2025}/**/*.yaml", {
  query: "?raw",
  import: "default",
  eager: true,
});

/** What a kind of object is called in the API's document. */
interface Told {
  readonly requests: Schemas["Request"];
  readonly notices: Schemas["Notice"];
  readonly awards: Schemas["Award"];
  readonly invitations: Schemas["Invitation"];
  readonly bids: Schemas["Bid"];
  readonly agreements: Schemas["Agreement"];
  readonly blocks: Schemas["BlockKept"];
  readonly parties: Schemas["PartyKnown"];
  readonly commitments: Schemas["Commitment"];
}

/** The file of a path below `scenarios`, or all files of a folder there. */
function filesAt(path: string): readonly SourceFile[] {
  return Object.entries(FILES)
    .map(([name, text]) => ({ name: name.replace("../../../../scenarios/", ""), text }))
    .filter(({ name }) => name === path || name.startsWith(`${path}/`));
}

const histories = new Map<string, readonly BookEvent[]>();

/** Everything that happens in a story that ships, in order. */
export function historyOf(story: string): readonly BookEvent[] {
  const known = histories.get(story);
  if (known !== undefined) return known;
  const parsed = parseStory(only(filesAt(`${story}/story.yaml`)), {
    resolve: (reference, from) => filesAt(new URL(reference, `file:///${from}`).pathname.slice(1)),
  });
  if (!parsed.ok) throw new Error(parsed.problems.map(({ line, message }) => `${line}: ${message}`).join("\n"));
  const history = runStory(parsed.value).play.book.history();
  histories.set(story, history);
  return history;
}

/** What a party of a story has been told up to an instant, as the API tells it. */
export function toldTo(party: string, until: string, story = "aurora") {
  const history = historyOf(story).filter(({ at }) => at <= Date.parse(until));
  const feed = feedOf(history, party as PartyId);
  const view = foldView(feed);
  const all = <Kind extends ViewKind & keyof Told>(kind: Kind): readonly Told[Kind][] =>
    [...view[kind]].map(([id, object]) => {
      const { status, deadline } = listed(kind, object as never);
      return {
        id,
        status,
        ...(deadline === undefined ? {} : { deadline: formatInstant(deadline) }),
        updatedAt: formatInstant(history.at(-1)?.at ?? (0 as never)),
        view: encodeView(kind, object as never, "told"),
      } as unknown as Told[Kind];
    });
  return { all, explanations: explainAll(feed) };
}

/** The first of a list that must not be empty. */
export function only<Value>(values: readonly Value[]): Value {
  const [value] = values;
  if (value === undefined) throw new Error("nothing was told");
  return value;
}
