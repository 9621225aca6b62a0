export * from "./exchange-rate.ts";
export * from "./levelised.ts";
export * from "./match.ts";
export * from "./tier.ts";
