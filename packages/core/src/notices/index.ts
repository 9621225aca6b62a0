export * from "./allocate.ts";
export * from "./de-minimis.ts";
export * from "./judge.ts";
export * from "./last-to-send.ts";
export * from "./notice.ts";
export * from "./over-allotment.ts";
export * from "./stranded.ts";
export * from "./tolerance.ts";
