import type { Offer } from "@offtake/core/book";
import type { Book } from "@offtake/wire/book";
import type { Expectation, Step } from "@offtake/wire/cases";
import type { Origin } from "@offtake/wire/source";
import { expectedText, failureAt, requestIn } from "./failure.ts";
import { judge } from "./judge.ts";
import { Play } from "./play.ts";
import type { CaseFailure } from "./result.ts";
import type { Scene } from "./scene.ts";

export type { Play } from "./play.ts";

/** What cases and stories have in common: a world, what happens in it, and what then holds. */
export interface Playable {
  readonly id: string;
  readonly world: Book;
  readonly script: readonly Step[];
  readonly expect: readonly Expectation[];
}

export interface Onlooker {
  /** After each expectation was held against its scene; `happened` says what was otherwise. */
  readonly hold?: (expectation: Expectation, scene: Scene, happened: string | undefined) => void;
  readonly step?: (step: Step, scene: Scene) => void;
}

export interface Played {
  readonly play: Play;
  readonly failures: readonly CaseFailure[];
  readonly end: Scene;
}

const NOWHERE: Origin = { file: "", line: 1, column: 1, path: "" };

/**
 * Plays a script in a book of its own and holds every expectation against what happened then. Beside those, a failure is: a world
 * that the core will not take, a step that is rejected where no rejection is expected, a broken belief of the broker, and a
 * history that the audit finds fault with or that does not replay to the same bytes.
 */
export function playScript(document: Playable, offers: readonly Offer[], onlooker: Onlooker = {}): Played {
  const { id, world, script, expect } = document;
  const play = new Play(id);
  const [first] = script;
  const failures: CaseFailure[] = [];
  const ended = (): Played => ({ play, failures, end: play.end() });
  const origin = first?.origin ?? NOWHERE;
  if (first === undefined) return ended();
  const refused = play.open(world, first.receivedAt ?? first.at, offers);
  if (refused !== undefined) {
    const { command, rejection } = refused;
    failures.push(
      failureAt(
        origin,
        play.end(),
        "a world that fits together",
        `${command} was rejected with ${rejection.code}: ${rejection.detail}`,
      ),
    );
    return ended();
  }
  const hold = (expectation: Expectation, scene: Scene): void => {
    const happened = judge(expectation, scene);
    if (happened !== undefined)
      failures.push(
        failureAt(expectation.origin, scene, expectedText(expectation), happened, requestIn(expectation, scene)),
      );
    onlooker.hold?.(expectation, scene, happened);
  };
  for (const step of script) {
    const scene = attempt(() => play.step(step));
    if ("broke" in scene) {
      failures.push(
        failureAt(step.origin, play.end(), `${step.verb} is decided`, `the broker broke down: ${scene.broke}`),
      );
      return ended();
    }
    for (const expectation of step.expect) hold(expectation, scene);
    onlooker.step?.(step, scene);
    if (scene.rejection === undefined || step.expect.some(({ kind }) => kind === "rejected")) continue;
    const { code, detail } = scene.rejection;
    failures.push(failureAt(step.origin, scene, `${step.verb} is accepted`, `it was rejected with ${code}: ${detail}`));
  }
  const end = play.end();
  for (const expectation of expect) hold(expectation, end);
  for (const { invariant, message, ids } of play.findings()) {
    failures.push(
      failureAt(origin, end, `a history in which invariant ${invariant} holds`, `${message} (${ids.join(", ")})`),
    );
  }
  return { play, failures, end };
}

/** A broken belief of the broker fails the case in which it came to light, and no other. */
function attempt<Value extends object>(act: () => Value): Value | { readonly broke: string } {
  try {
    return act();
  } catch (error) {
    return { broke: error instanceof Error ? error.message : String(error) };
  }
}
