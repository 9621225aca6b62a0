export { audit } from "./audit.ts";
export { type AuditedFeed, auditFeeds } from "./feeds.ts";
export type { Finding, Invariant } from "./finding.ts";
export { auditReplay, type RecordedCommand } from "./replay.ts";
