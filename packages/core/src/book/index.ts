export type { Command, CommandBody, CommandEnvelope, Rejection, RejectionCode } from "./commands.ts";
export type * from "./documents.ts";
export { evolve } from "./evolve.ts";
export { fold, type Recorded } from "./fold.ts";
export type * from "./events.ts";
export type { Hold, LotPhase, LotState, MarketState, RequestState } from "./request-state.ts";
export { openCount } from "./request-state.ts";
export { type CommandStamp, decide, type Decision, run, tidy } from "./run.ts";
export { BookState, type NoticeState } from "./state.ts";
