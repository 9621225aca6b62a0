export * from "./exchange-rate.ts";
export * from "./levelised.ts";
export * from "./match.ts";
export * from "./movement.ts";
export * from "./tier.ts";
