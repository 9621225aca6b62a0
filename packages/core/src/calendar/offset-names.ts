import { HOUR_MS } from "../kernel/index.ts";
import { formatOffset } from "./offset-text.ts";

/** Names of offsets, in hours, that people of the zone use and that mean one thing only. IST, BST of Dhaka and such stay out. */
const PACIFIC = { "-8": "PST", "-7": "PDT" };
const MOUNTAIN = { "-7": "MST", "-6": "MDT" };
const CENTRAL = { "-6": "CST", "-5": "CDT" };
const EASTERN = { "-5": "EST", "-4": "EDT" };
const WEST_EUROPE = { "0": "WET", "1": "WEST" };
const MID_EUROPE = { "1": "CET", "2": "CEST" };
const EAST_EUROPE = { "2": "EET", "3": "EEST" };
const EAST_AUSTRALIA = { "10": "AEST", "11": "AEDT" };

const ABBREVIATIONS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  UTC: { "0": "UTC" },
  "Etc/UTC": { "0": "UTC" },
  "America/Los_Angeles": PACIFIC,
  "America/Vancouver": PACIFIC,
  "America/Denver": MOUNTAIN,
  "America/Phoenix": MOUNTAIN,
  "America/Chicago": CENTRAL,
  "America/New_York": EASTERN,
  "America/Toronto": EASTERN,
  "America/Halifax": { "-4": "AST", "-3": "ADT" },
  "America/Anchorage": { "-9": "AKST", "-8": "AKDT" },
  "Pacific/Honolulu": { "-10": "HST" },
  "Europe/London": { "0": "GMT", "1": "BST" },
  "Atlantic/Reykjavik": { "0": "GMT" },
  "Europe/Lisbon": WEST_EUROPE,
  "Europe/Amsterdam": MID_EUROPE,
  "Europe/Berlin": MID_EUROPE,
  "Europe/Brussels": MID_EUROPE,
  "Europe/Copenhagen": MID_EUROPE,
  "Europe/Luxembourg": MID_EUROPE,
  "Europe/Madrid": MID_EUROPE,
  "Europe/Oslo": MID_EUROPE,
  "Europe/Paris": MID_EUROPE,
  "Europe/Prague": MID_EUROPE,
  "Europe/Rome": MID_EUROPE,
  "Europe/Stockholm": MID_EUROPE,
  "Europe/Vienna": MID_EUROPE,
  "Europe/Warsaw": MID_EUROPE,
  "Europe/Zurich": MID_EUROPE,
  "Europe/Athens": EAST_EUROPE,
  "Europe/Helsinki": EAST_EUROPE,
  "Asia/Tokyo": { "9": "JST" },
  "Asia/Seoul": { "9": "KST" },
  "Asia/Hong_Kong": { "8": "HKT" },
  "Australia/Brisbane": EAST_AUSTRALIA,
  "Australia/Melbourne": EAST_AUSTRALIA,
  "Australia/Sydney": EAST_AUSTRALIA,
  "Australia/Perth": { "8": "AWST" },
  "Pacific/Auckland": { "12": "NZST", "13": "NZDT" },
};

/**
 * "PDT" where the zone has a name for that offset that means one thing only, else "UTC-07:00".
 *
 * @param offsetMs what the clocks of the zone are ahead of UTC: who calls knows it, so that whoever only shows instants needs no zone library
 */
export function nameOfOffset(zone: string, offsetMs: number): string {
  return ABBREVIATIONS[zone]?.[String(offsetMs / HOUR_MS)] ?? `UTC${formatOffset(offsetMs)}`;
}
