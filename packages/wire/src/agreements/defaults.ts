/** Takes what a document states, and remembers the name of everything that it left to its default. */
export class Defaults {
  readonly names: string[] = [];

  take<Value>(name: string, stated: Value | undefined, fallback: Value): Value {
    if (stated !== undefined) return stated;
    this.names.push(name);
    return fallback;
  }

  /** For a parameter whose absence means something: nothing stands in its place, and that is a default too. */
  absent<Value>(name: string, stated: Value | undefined): Value | undefined {
    if (stated === undefined) this.names.push(name);
    return stated;
  }
}
