import { type Logger, pino } from "pino";

/**
 * The broker's own log, a line of JSON for each thing that happened, on stderr. It says that something happened and how it went, never
 * what was in it: no bodies, no prices, no names, no credentials.
 */
export function newLog(level: "silent" | "info" | "debug" = "info"): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      // What calls carry to be known by must not get in, whatever else is logged one day.
      redact: {
        paths: ["headers", "*.headers", "authorization", "*.authorization", "cookie", "*.cookie", "body", "*.body"],
        remove: true,
      },
    },
    pino.destination({ dest: 2, sync: true }),
  );
}
