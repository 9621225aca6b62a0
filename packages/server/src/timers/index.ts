export { startTimers, type Timers, type TimersOptions } from "./timers.ts";
