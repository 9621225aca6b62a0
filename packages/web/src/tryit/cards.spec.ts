import { expect, test } from "vitest";
import { toldTo } from "../gallery/told.ts";
import { cardsOf } from "./cards.ts";

function cardsAt(until: string) {
  const { all } = toldTo("aurora-labs", until);
  const bidder = toldTo("ember", until);
  return cardsOf({
    requests: all("requests"),
    notices: all("notices"),
    invitations: bidder.all("invitations"),
    bids: bidder.all("bids"),
  });
}

const states = (until: string): readonly string[] => cardsAt(until).map(({ id, state }) => `${id} ${state}`);

test("when the story opens the holder of the right has the word", () => {
  expect(states("2026-03-02T17:00:00Z")).toEqual([
    "submit done",
    "answer next",
    "clock later",
    "bid later",
    "award later",
    "evidence later",
  ]);
  expect(cardsAt("2026-03-02T17:00:00Z")[1]).toMatchObject({
    as: "meridian",
    object: expect.stringMatching(/^ntc_/) as string,
  });
});

test("after the answer the bidder is invited", () => {
  expect(states("2026-03-10T00:00:00Z")).toEqual([
    "submit done",
    "answer done",
    "clock done",
    "bid next",
    "award later",
    "evidence later",
  ]);
  expect(cardsAt("2026-03-10T00:00:00Z")[3]).toMatchObject({ object: expect.stringMatching(/^inv_/) as string });
});

test("after the bid the close is awaited", () => {
  expect(states("2026-03-11T18:00:00Z").slice(3)).toEqual(["bid done", "award next", "evidence later"]);
});

test("after the award the evidence is left", () => {
  expect(states("2026-12-31T00:00:00Z").slice(3)).toEqual(["bid done", "award done", "evidence next"]);
});

test("before anything is asked, asking is next", () => {
  expect(cardsOf({ requests: [], notices: [], invitations: [], bids: [] })[0]).toEqual({ id: "submit", state: "next" });
});
