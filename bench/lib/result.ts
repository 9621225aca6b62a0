/** What a figure was measured beside, in the same run on the same machine. */
export interface Beside {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
}

/** One measured figure, as `npm run -s bench -- NAME --json` prints it. */
export interface Result {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** Undefined where a figure has nothing to stand beside, such as a size. */
  readonly beside?: Beside | undefined;
  /** `value` over `beside.value`. */
  readonly ratio?: number | undefined;
  /** What was asked for, in words that name the unit: "at least 30000/s". */
  readonly bar?: string | undefined;
  /** Whether the bar is met; undefined where there is no bar. */
  readonly holds?: boolean | undefined;
}

/** What follows NAME on the command line, apart from `--json`: options that the measurement says it has, each with its value. */
export interface BenchOptions {
  readonly args: readonly string[];
  /** Says how far it is, on stderr. */
  readonly progress: (line: string) => void;
}

/** A module `bench/<name>.ts` exports these. */
export interface Bench {
  readonly name: string;
  readonly summary: string;
  /** What may follow NAME, such as `--pairs N` or `--durable`, and what it says; nothing when absent. Anything else is refused. */
  readonly options?: Readonly<Record<string, string>>;
  run(options: BenchOptions): Promise<readonly Result[]>;
}
