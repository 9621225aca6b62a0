export { checkMarket, type Problem } from "./check.ts";
export { randomMarket } from "./market.ts";
export { Broken, Play } from "./play.ts";
export { otherWorld, type TwoWorlds } from "./two-worlds.ts";
