import { expect, test } from "vitest";
import { ServerState } from "./server-state.ts";

const said = (build: string, readOnly: string) =>
  new Headers({ "offtake-console": build, "offtake-read-only": readOnly });

test("what answers say is kept, and told only where it becomes otherwise", () => {
  const state = new ServerState();
  let told = 0;
  const stop = state.onChange(() => (told += 1));
  expect(state.read()).toEqual({ build: undefined, isReadOnly: false });
  state.learn(said("a", "false"));
  state.learn(said("a", "false"));
  expect([state.read(), told]).toEqual([{ build: "a", isReadOnly: false }, 1]);
  state.learn(said("b", "true"));
  expect([state.read(), told]).toEqual([{ build: "b", isReadOnly: true }, 2]);
  stop();
  state.learn(said("c", "false"));
  expect([state.read().build, told]).toEqual(["c", 2]);
});

test("an answer that does not say it changes nothing", () => {
  const state = new ServerState();
  state.learn(said("a", "true"));
  state.learn(new Headers({ "content-type": "text/html" }));
  expect(state.read()).toEqual({ build: "a", isReadOnly: true });
});
