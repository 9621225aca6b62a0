import { readContexts, writeContexts } from "../../broker/contexts.ts";
import { lineOf } from "../../broker/connect.ts";
import { asked } from "../../broker/failures.ts";
import { EXIT, type ExitCode } from "../../terminal/exit-codes.ts";
import { tellFailure } from "../../terminal/failures.ts";
import type { Io } from "../../terminal/io.ts";

/** Ends a session and forgets its contexts; also where the broker has forgotten it already, or is gone. */
export async function logOut(io: Io, options: { readonly context?: string }): Promise<ExitCode> {
  const line = lineOf(io, options);
  if (!line.ok) return tellFailure(io, line.failure, false);
  const kept = readContexts(io);
  if (!kept.ok) return tellFailure(io, kept.failure, false);
  const { context: name, client } = line.value;
  const context = name === undefined ? undefined : kept.value.contexts[name];
  if (context === undefined)
    return tellFailure(
      io,
      { code: "usage", message: "what the environment says is not kept here; unset OFFTAKE_TOKEN", exit: EXIT.usage },
      false,
    );
  const isSession = context.token.startsWith("offs_");
  const ended = isSession ? await asked(line.value, () => client.call("sessionEnd", {})) : undefined;
  const contexts = Object.fromEntries(
    Object.entries(kept.value.contexts).filter(([, one]) => one.token !== context.token),
  );
  const { current } = kept.value;
  const written = writeContexts(io, {
    contexts,
    ...(current === undefined || !Object.hasOwn(contexts, current) ? {} : { current }),
  });
  if (!written.ok) return tellFailure(io, written.failure, false);
  io.out(`Logged out of ${context.address}\n`);
  if (ended?.ok === false && ended.failure.code !== "not_authenticated")
    io.err(`offtake: the broker could not be told: ${ended.failure.message}\n`);
  if (!isSession) io.err("offtake: the key is still good; an administrator can end it\n");
  return EXIT.ok;
}
