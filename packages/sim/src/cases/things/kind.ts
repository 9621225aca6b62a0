import type { Comparer, Thing } from "../match.ts";
import type { Scene } from "../scene.ts";

/** How expectations of one kind are held against what happened. */
export interface Kind {
  readonly things: (scene: Scene) => readonly Thing[];
  /** Fields that say which thing is meant. `not` needs one that has them all. */
  readonly handles: readonly string[];
  readonly comparers?: Readonly<Record<string, Comparer>>;
  /** Makes one thing of all that have the same handles, where a stated count is that of all together. */
  readonly joined?: (things: readonly Thing[]) => readonly Thing[];
}
