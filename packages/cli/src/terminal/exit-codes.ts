/** What the exit code of the command says. Stable: scripts depend on it. */
export const EXIT = {
  ok: 0,
  /** Something that was asked did not hold: a case failed, a command of a story was rejected. */
  failed: 1,
  /** Changes are present, only with `--detailed-exitcode`; or the person left at a question. */
  changes: 2,
  /** The command line itself is wrong. */
  usage: 3,
  /** Nobody is logged in, or no longer. */
  notAuthenticated: 4,
  /** A file, a story, a request that is not there. */
  notFound: 5,
  /** Something is there already, or has moved on. */
  conflict: 6,
  /** A document is not valid. */
  invalid: 7,
  /** It ended, and less came out than was asked for. */
  short: 8,
  /** What was waited for did not come in time. */
  timedOut: 124,
  interrupted: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** For `--help`: the codes that every command may end with. */
export const EXIT_HELP = `Exit codes:
  0 ok  1 failed  2 changes present (only with --detailed-exitcode), or left at a question
  3 wrong usage  4 not logged in  5 not found, or not yours  6 there already, or moved on
  7 invalid document  8 less than was asked for  124 waited too long  130 interrupted`;
