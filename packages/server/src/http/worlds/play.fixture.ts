import { servedBook } from "../world.fixture.ts";
import { NO_LEAK } from "./leaks.fixture.ts";
import { look } from "./looks.fixture.ts";
import { probe } from "./probe.fixture.ts";
import { CALLS_PER_SECOND, exhaust, overTheLine, reach } from "./reach.fixture.ts";
import {
  beginningOf,
  type OpenRequest,
  priceOf,
  type RivalBid,
  type Scene,
  SECOND,
  type SecretRequest,
  type Secrets,
  STEP,
  WATCHERS,
} from "./scene.fixture.ts";
import { MINUTE_MS, Randomness, World } from "./world.fixture.ts";

const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** Plays a scene with the secrets of one world, through the API, to its end. */
export async function playWorld(scene: Scene, secrets: Secrets, leak = NO_LEAK): Promise<World> {
  const randomness = new Randomness(scene.seed);
  const served = await servedBook(
    { callsPerSecond: CALLS_PER_SECOND },
    { commands: beginningOf(scene, secrets), nonce: () => randomness.next() },
  );
  const world = new World(served, randomness, leak);
  for (const { id } of secrets.rivals.slice(0, secrets.noise)) await makeNoise(world, id);
  for (const id of secrets.waiting) await world.does("lab", "POST", "requests", { ...WAITS, id });
  for (const [index, open] of scene.requests.entries()) {
    const secret = secrets.requests[index];
    if (secret === undefined) throw new Error("every request has its secrets");
    await playRequest(world, scene, open, secret);
  }
  for (const who of WATCHERS) {
    await look(world, who, "all");
    await reach(world, who);
    await overTheLine(world, who);
    await probe(world, who, scene.seed);
  }
  for (const who of WATCHERS) await exhaust(world, who);
  return world;
}

const WAITS = {
  accelerators: "H100",
  count: 64,
  regions: "us",
  window: { from: "2037-01-01", for: "7 days" },
  purpose: "inference",
  approvals: ["board"],
};

/** What rivals do that concerns nobody. */
async function makeNoise(world: World, id: string): Promise<void> {
  const answer = { id: `${id}.rule`, party: id, answer: "refuse", scope: { accelerators: ["A100"] } };
  await world.does(id, "PUT", `standing-answers/${id}.rule`, answer);
  for (let times = 0; times < 3; times += 1) await world.does(id, "GET", "feed");
}

async function playRequest(world: World, scene: Scene, open: OpenRequest, secret: SecretRequest): Promise<void> {
  await world.does("lab", "POST", "requests", {
    id: open.id,
    accelerators: "H100",
    count: open.noticed,
    regions: "us",
    window: { from: open.from, for: "7 days" },
    purpose: "inference",
    cap: open.cap,
    unfilled: secret.unfilled,
  });
  await answerNotices(world, open, secret);
  for (const who of WATCHERS) await look(world, who, "news");
  await playTender(world, open, secret);
  for (const who of WATCHERS) await look(world, who, "news");
  if (scene.confirmation === "by-signature") await confirmAwards(world);
  await world.waits(DAY_MS);
}

async function answerNotices(world: World, open: OpenRequest, secret: SecretRequest): Promise<void> {
  await world.waits(HOUR_MS);
  const first = await newest(world, "meridian", OPEN_NOTICES);
  if (open.answer === "silence") await world.waits(3 * DAY_MS);
  else {
    const body =
      open.answer === "refuse"
        ? { type: "refuse", reason: "full" }
        : { type: "accept", count: open.accepted, blocks: ["m1"] };
    await world.asks("meridian", "POST", `notices/${first}/answers`, { body });
  }
  await world.waits(30 * MINUTE_MS);
  const second = await newest(world, SECOND, OPEN_NOTICES);
  const { reason, left } = secret;
  const body =
    open.second === "refuse" ? { type: "refuse", reason } : { type: "accept", count: STEP - 1 - left, blocks: ["v1"] };
  await world.does(SECOND, "POST", `notices/${second}/answers`, body);
}

interface Listed {
  readonly id: string;
}

/** The id of the newest of a list. */
async function newest(world: World, who: string, list: string): Promise<string> {
  const { data } = await world.does(who, "GET", `${list}${list.includes("?") ? "&" : "?"}order=created`);
  const [first] = data as readonly Listed[];
  if (first === undefined) throw new Error(`${who} has one of ${list}`);
  return first.id;
}

const OPEN_NOTICES = "notices?status=open";
const OPEN_INVITATIONS = "invitations?status=open";

interface Act {
  readonly minute: number;
  readonly does: () => Promise<unknown>;
}

/** A day in which everybody bids at its own minute, and a little more for who comes late. */
async function playTender(world: World, open: OpenRequest, secret: SecretRequest): Promise<void> {
  const acts = [...bidsOfWatcher(world, open), ...secret.bids.flatMap((bid) => bidsOfRival(world, bid))];
  let minute = 0;
  for (const act of acts.sort((a, b) => a.minute - b.minute)) {
    await world.waits((act.minute - minute) * MINUTE_MS);
    minute = act.minute;
    await act.does();
  }
  await world.waits((LATE + 60 - minute) * MINUTE_MS);
}

const LATE = 24 * 60 + 5;
const VALID = "2036-12-31";

function bidsOfWatcher(world: World, open: OpenRequest): readonly Act[] {
  if (open.bid === "none") return [];
  const who = "northlight";
  const body = { count: open.shown, price: `${priceOf(open) / 100} USD/h`, blocks: ["n1"], validUntil: VALID };
  const place = async (): Promise<void> => {
    await world.asks(who, "POST", `invitations/${await newest(world, who, OPEN_INVITATIONS)}/bids`, { body });
    await look(world, who, "news");
  };
  const withdraw = async (): Promise<string> =>
    world.asks(who, "POST", `bids/${await newest(world, who, "bids")}/withdraw`);
  return [{ minute: 300, does: place }, ...(open.withdraws ? [{ minute: 900, does: withdraw }] : [])];
}

function bidsOfRival(world: World, { rival, cents, count, minute, fate }: RivalBid): readonly Act[] {
  const place = async (): Promise<void> => {
    const invitation = await newest(world, rival, fate === "late" ? "invitations" : OPEN_INVITATIONS);
    const price = `${cents / 100} USD/h`;
    const body = { count, price, blocks: [blockOf(rival)], validUntil: VALID };
    if (fate === "late") await world.tries(rival, "POST", `invitations/${invitation}/bids`, body);
    else await world.does(rival, "POST", `invitations/${invitation}/bids`, body);
  };
  if (fate === "late") return [{ minute: LATE, does: place }];
  const first: Act = { minute, does: place };
  if (fate === "stands") return [first];
  const withdraw = async (): Promise<unknown> =>
    world.does(rival, "POST", `bids/${await newest(world, rival, "bids")}/withdraw`);
  return [first, { minute: minute + 60, does: fate === "replaced" ? place : withdraw }];
}

/** A rival's first block. */
const blockOf = (rival: string): string => `${rival}-0`;

async function confirmAwards(world: World): Promise<void> {
  const { data } = await world.does("lab", "GET", "awards?status=issued");
  for (const { id } of data as readonly Listed[])
    await world.does("lab", "POST", `awards/${id}/decision`, { confirm: true });
}
