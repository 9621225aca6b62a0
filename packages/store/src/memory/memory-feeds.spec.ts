import { behavesAsFeedStore } from "../feeds/suite.fixture.ts";
import { MemoryFeedStore } from "./memory-feeds.ts";
import { MemoryStore } from "./memory-store.ts";

behavesAsFeedStore("in memory", () =>
  Promise.resolve({
    log: new MemoryStore({ clock: () => Date.now() }),
    feeds: new MemoryFeedStore(),
    close: () => Promise.resolve(),
  }),
);
