/** What every answer of a broker says beside what was asked: which build of the console it serves, and whether anything can be changed. */
export interface ServerSays {
  readonly build: string | undefined;
  readonly isReadOnly: boolean;
}

/** What was said last. Whoever looks is told when it becomes otherwise. */
export class ServerState {
  private says: ServerSays = { build: undefined, isReadOnly: false };
  private readonly listeners = new Set<() => void>();

  /** An answer without these headers, as of a proxy in between, says nothing. */
  learn(headers: Headers): void {
    const build = headers.get("offtake-console") ?? this.says.build;
    const readOnly = headers.get("offtake-read-only");
    const isReadOnly = readOnly === null ? this.says.isReadOnly : readOnly === "true";
    if (build === this.says.build && isReadOnly === this.says.isReadOnly) return;
    this.says = { build, isReadOnly };
    for (const heard of this.listeners) heard();
  }

  readonly read = (): ServerSays => this.says;

  readonly onChange = (heard: () => void): (() => void) => {
    this.listeners.add(heard);
    return () => this.listeners.delete(heard);
  };
}
