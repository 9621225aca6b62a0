import { existsSync, readdirSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { nearNames } from "@offtake/wire/problems";
import type { SourceFile } from "@offtake/wire/source";
import { EXIT } from "../terminal/exit-codes.ts";
import { done, failed, fileFailure, type Outcome } from "../terminal/failures.ts";
import { readText } from "./files.ts";

const FILE = "story.yaml";

/** Where stories are looked for by name: below where the command stands, then those that come with Offtake. */
function shelves(cwd: string): string[] {
  const own = fileURLToPath(new URL("../../../../scenarios", import.meta.url));
  return [...new Set([join(cwd, "scenarios"), own])];
}

/** A story by its file, its folder or its name. */
export function findStory(story: string, cwd: string): Outcome<SourceFile> {
  const path = [resolve(cwd, story), ...(/[/\\]/.test(story) ? [] : shelves(cwd).map((shelf) => join(shelf, story)))]
    .map(storyFileOf)
    .find((found) => found !== undefined);
  if (path === undefined) return failed(noStory(story, cwd));
  const file = readText(path, cwd);
  return file.ok ? done(file.value) : failed(fileFailure(file.problem));
}

function storyFileOf(path: string): string | undefined {
  if (!existsSync(path)) return undefined;
  if (!statSync(path).isDirectory()) return path;
  const file = join(path, FILE);
  return existsSync(file) ? file : undefined;
}

function noStory(story: string, cwd: string) {
  const names = [...new Set(shelves(cwd).flatMap(storiesOn))].sort();
  const near = nearNames(story, names);
  const known = names.length === 0 ? "" : `; there is ${names.join(", ")}`;
  // Whoever names a file means that file; what stories there are is said beside.
  const what = /[\\/]|\.ya?ml$/.test(story) ? "no such file or story:" : "no story";
  return {
    code: "story_not_found",
    message: `there is ${what} ${story.slice(0, 200)}${known}`,
    exit: EXIT.notFound,
    didYouMean: near,
  };
}

function storiesOn(shelf: string): string[] {
  if (!existsSync(shelf)) return [];
  return readdirSync(shelf).filter((name) => existsSync(join(shelf, name, FILE)));
}
