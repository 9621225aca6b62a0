import type { Scene } from "./scene.ts";

/** The explanation of a request for one reader; of the last one submitted where none is named. */
export function explanationFor(_scene: Scene, _to: string, _request: string | undefined): string | undefined {
  return undefined;
}
