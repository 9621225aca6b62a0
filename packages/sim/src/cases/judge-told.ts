import { eventTypes, isEventType } from "./event-types.ts";
import type { Fields } from "./match.ts";
import { explanationFor } from "./explanation.ts";
import { feedIn, isParty, type Scene } from "./scene.ts";
import { isWritten, says, valueAt, writtenAs } from "./written.ts";

type Verdict = string | undefined;
type Written = string | number | boolean;
type Told = { readonly type: string };

interface ToldFields {
  readonly party: string;
  readonly text?: readonly string[];
  readonly event?: string;
  readonly with?: Readonly<Record<string, Written>>;
  readonly times?: number;
}

/** What a party is told: read from its feed, which is all that it ever gets. */
export function judgeSees(fields: Fields, scene: Scene): Verdict {
  const { party, text, event, with: values, times } = fields as unknown as ToldFields;
  if (!isParty(scene, party)) return `there is no party ${party}`;
  const feed = feedIn(scene, party);
  const missing = text?.find((item) => !feed.some((told) => says(told, item)));
  if (missing !== undefined) return `${party} is nowhere told "${missing}"`;
  return event === undefined ? undefined : judgeEvents(feed, event, values ?? {}, times, `in the feed of ${party}`);
}

/**
 * What a party is not told. What it is not told must stand somewhere in the log: a text that nobody could have read, for want of
 * ever having been recorded, proves nothing.
 */
export function judgeNeverSees(fields: Fields, scene: Scene): Verdict {
  const { party, text, event } = fields as unknown as ToldFields;
  if (!isParty(scene, party)) return `there is no party ${party}`;
  const feed = feedIn(scene, party);
  for (const item of text ?? []) {
    const told = feed.find((one) => says(one, item));
    if (told !== undefined) return `${party} is told "${item}" by ${told.type}`;
    if (!scene.chronicle.events.some((one) => says(one, item)))
      return `"${item}" stands nowhere in the log, so nobody could have been told`;
  }
  if (event === undefined) return undefined;
  if (!isEventType(event)) return noSuchType(event);
  return feed.some(({ type }) => type === event) ? `${party} is told of ${event}` : undefined;
}

/** An event of the log by its type and some of its values. */
export function judgeEvent(fields: Fields, { chronicle }: Scene): Verdict {
  const {
    name,
    with: values,
    times,
  } = fields as unknown as { readonly name: string } & Pick<ToldFields, "with" | "times">;
  return judgeEvents(chronicle.events, name, values ?? {}, times, "in the log");
}

function judgeEvents(
  events: readonly Told[],
  name: string,
  values: Readonly<Record<string, Written>>,
  times: number | undefined,
  where: string,
): Verdict {
  if (!isEventType(name)) return noSuchType(name);
  const ofType = events.filter(({ type }) => type === name);
  const wanted = Object.entries(values);
  const found = ofType.filter((event) => wanted.every(([path, value]) => isWritten(valueAt(event, path), value)));
  if (times === undefined ? found.length > 0 : found.length === times) return undefined;
  if (times !== undefined && found.length > 0) return `${found.length} of them stand ${where}`;
  const last = ofType.at(-1);
  if (last === undefined) return `no ${name} stands ${where}`;
  const differs = wanted
    .filter(([path, value]) => !isWritten(valueAt(last, path), value))
    .map(([path, value]) => `${path} is ${writtenAs(valueAt(last, path))}, not ${value}`);
  return `of ${ofType.length} ${name} ${where}, none fits; in the last, ${differs.join("; ")}`;
}

function noSuchType(name: string): string {
  const near = eventTypes().filter(
    (type) => type.toLowerCase().includes(name.toLowerCase()) || name.toLowerCase().includes(type.toLowerCase()),
  );
  return `there is no type of event ${name}${near.length === 0 ? "" : `; there is ${near.slice(0, 3).join(", ")}`}`;
}

/** What the explanation of a request says to its reader. */
export function judgeExplains(fields: Fields, scene: Scene): Verdict {
  const { to, request, contains } = fields as {
    readonly to: string;
    readonly request?: string;
    readonly contains: readonly string[];
  };
  const text = explanationFor(scene, to, request);
  if (text === undefined)
    return request === undefined ? "there is no request to explain" : `request ${request} was never submitted`;
  const flat = text.replaceAll(/\s+/g, " ");
  const missing = contains.find((item) => !flat.includes(item.replaceAll(/\s+/g, " ")));
  return missing === undefined ? undefined : `the explanation for ${to} does not say "${missing}"; it says:\n${text}`;
}
