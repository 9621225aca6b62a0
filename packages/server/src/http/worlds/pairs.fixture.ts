import { type Leak, NO_LEAK } from "./leaks.fixture.ts";
import { playWorld } from "./play.fixture.ts";
import { drawScene, drawSecrets, type Scene } from "./scene.fixture.ts";
import type { Heard } from "./world.fixture.ts";

/** What each watcher of a world heard, in order. */
export type Told = ReadonlyMap<string, readonly Heard[]>;

/** The first thing that a watcher could tell two worlds apart by. */
export interface Difference {
  readonly scene: string;
  readonly watcher: string;
  readonly question: string;
  readonly one: string;
  readonly other: string;
}

export interface Compared {
  readonly scenes: number;
  readonly worlds: number;
  readonly pairs: number;
  /** Answers that were compared, each with its status, headers and bytes. */
  readonly answers: number;
  readonly bytes: number;
  readonly differences: readonly Difference[];
}

export interface ComparedOptions {
  readonly seed: string;
  readonly scenes: number;
  /** Of one scene, each with secrets of its own; every two of them are a pair. */
  readonly worldsEach: number;
  readonly leak?: Leak;
  /** Go on after the first difference? */
  readonly all?: boolean;
  readonly play?: (scene: Scene, draw: string, leak: Leak) => Promise<Told>;
  readonly progress?: (pairs: number) => void;
}

/** Plays scenes in several worlds each and compares, for every two worlds of a scene, all that each watcher heard, byte by byte. */
export async function compareWorlds(options: ComparedOptions): Promise<Compared> {
  const { seed, scenes, worldsEach, leak = NO_LEAK, all = false, play = playAlone, progress } = options;
  const sum = { scenes: 0, worlds: 0, pairs: 0, answers: 0, bytes: 0 };
  const differences: Difference[] = [];
  for (let index = 0; index < scenes; index += 1) {
    const scene = drawScene(`${seed} ${index}`);
    const told: Told[] = [];
    for (let draw = 0; draw < worldsEach; draw += 1) {
      const now = await play(scene, String(draw), leak);
      for (const before of told) {
        const found = differenceOf(scene.seed, before, now);
        if (found !== undefined) differences.push(found);
        sum.pairs += 1;
        for (const heard of now.values())
          for (const { answer } of heard) {
            sum.answers += 1;
            sum.bytes += answer.length;
          }
      }
      told.push(now);
      sum.worlds += 1;
    }
    sum.scenes += 1;
    if (differences.length > 0 && !all) break;
    progress?.(sum.pairs);
  }
  return { ...sum, differences };
}

async function playAlone(scene: Scene, draw: string, leak: Leak): Promise<Told> {
  const world = await playWorld(scene, drawSecrets(scene, draw), leak);
  await world.served.close();
  return world.heard;
}

function differenceOf(scene: string, one: Told, other: Told): Difference | undefined {
  for (const watcher of new Set([...one.keys(), ...other.keys()])) {
    const [left, right] = [one.get(watcher) ?? [], other.get(watcher) ?? []];
    for (let index = 0; index < Math.max(left.length, right.length); index += 1) {
      const [a, b] = [left[index], right[index]];
      if (a?.question === b?.question && a?.answer === b?.answer) continue;
      const question = a?.question ?? "";
      return {
        scene,
        watcher,
        question,
        one: a?.answer ?? "",
        other: (b?.question === question ? b : undefined)?.answer ?? "",
      };
    }
  }
  return undefined;
}

/** A difference in a few words, with what stands around its first byte. */
export function described({ scene, watcher, question, one, other }: Difference): string {
  let at = 0;
  while (at < one.length && one[at] === other[at]) at += 1;
  const near = (text: string): string => text.slice(Math.max(0, at - 60), at + 90).replaceAll("\n", " ");
  return `scene ${scene}: ${watcher}, ${question}: ...${near(one)}... or ...${near(other)}...`;
}
