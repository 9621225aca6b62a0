import { type BrokerOptions, lineOf } from "../../broker/connect.ts";
import { asked } from "../../broker/failures.ts";
import { saved } from "../../broker/saved.ts";
import type { ExitCode } from "../../terminal/exit-codes.ts";
import { tellFailure } from "../../terminal/failures.ts";
import type { Io } from "../../terminal/io.ts";

export interface BundleOptions extends BrokerOptions {
  readonly out: string;
}

export async function supportBundle(io: Io, options: BundleOptions): Promise<ExitCode> {
  const json = options.json === true;
  const line = lineOf(io, options);
  if (!line.ok) return tellFailure(io, line.failure, json);
  const answer = await asked(line.value, async () => {
    const response = await line.value.client.send("supportBundleRead", {});
    return new Uint8Array(await response.arrayBuffer());
  });
  return answer.ok ? saved(io, options.out, answer.value, json) : tellFailure(io, answer.failure, json);
}
