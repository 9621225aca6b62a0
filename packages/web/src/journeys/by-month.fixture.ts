import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { ServedStory } from "./served-story.fixture.ts";

const AGREEMENT = fileURLToPath(
  new URL("../../../../scenarios/aurora/agreements/meridian-master.yaml", import.meta.url),
);
const REQUEST = {
  schema: "offtake/request@1",
  id: "by-month",
  shorthand: "h100:1024",
  block: 4,
  regions: "us-*",
  purpose: "training",
  cap: "2.60 USD/h",
  window: { from: "2026-08-01", to: "2026-10-31" },
};

async function taken(answer: Response): Promise<Response> {
  if (!answer.ok) throw new Error(await answer.text());
  return answer;
}

/** The story of Aurora Labs, where Meridian may choose by month by now, and three months have been asked for. */
export async function storyByMonth(): Promise<ServedStory> {
  const story = await ServedStory.start();
  const text = readFileSync(AGREEMENT, "utf8").replace("minimum: 256 }", "minimum: 256, byMonth: true }");
  const files = { files: [{ name: "meridian-master.yaml", text }] };
  const plan = await taken(await story.call("aurora-labs", "POST", "/agreements/plan", files));
  const ifMatch = { "if-match": plan.headers.get("etag") ?? "" };
  await taken(await story.call("aurora-labs", "POST", "/agreements/apply", files, ifMatch));
  await taken(await story.call("aurora-labs", "POST", "/requests", REQUEST));
  return story;
}

interface Notices {
  readonly data: readonly {
    readonly id: string;
    readonly view: { readonly notice: { readonly request: string; readonly count: number } };
  }[];
}

/** Meridian refuses all three months: they go to the market, in one tender. */
export async function refuseMonths(story: ServedStory): Promise<void> {
  const { data } = (await (await story.call("meridian", "GET", "/notices?limit=50")).json()) as Notices;
  const months = data.filter(({ view }) => view.notice.count === 1_024);
  const answers = months.map(({ id }) => ({ notice: id, type: "refuse" }));
  await taken(await story.call("meridian", "POST", "/notices/answers", { answers }));
}
