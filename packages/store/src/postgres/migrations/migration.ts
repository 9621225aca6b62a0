/** A step of the schema: forward only. What an older node still needs is taken away one release later than it is replaced. */
export interface Migration {
  readonly version: number;
  readonly name: string;
  readonly sql: string;
}
