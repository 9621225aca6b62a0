import type { AgreementVersion } from "@offtake/core/agreements";
import type { CommandBody } from "@offtake/core/book";
import { readingConfirmationBody } from "@offtake/wire/api";
import type { AnyCall } from "./call.ts";
import type { Shown } from "./shown.ts";
import { time } from "./people-values.ts";
import { notFound, problem } from "./problems.ts";

/**
 * The next version of an agreement, in which the reading of a clause is confirmed and nothing else differs. What both sides signed of open
 * notices was of the version before, and is not said again.
 */
export async function confirmReading(_id: string, call: AnyCall, seen: Shown<"agreements">): Promise<CommandBody> {
  const { clause: wanted, by } = await call.read(readingConfirmationBody);
  const { appliesToOpenNotices: _, ...before } = seen.view.agreement as AgreementVersion;
  const clause = before.clauses.find((one) => one.id === wanted);
  if (clause === undefined) throw notFound();
  if (clause.reading !== undefined) throw problem("decided_already");
  const { view } = await call.node();
  const reading = { by: by ?? (await nameOf(call)), at: time(view.now).slice(0, "2026-01-01".length) };
  const body = {
    type: "recordAgreement",
    activate: seen.object.status === "active" || seen.object.status === "conflicted",
    agreement: {
      ...before,
      version: before.version + 1,
      clauses: before.clauses.map((one) => (one.id === wanted ? { ...one, reading } : one)),
    },
  } as const satisfies CommandBody;
  const { office } = call.services;
  return office === undefined ? body : office.texts.shown(call.book, body, call.principal.party);
}

/** By what name the caller is known in its own house; by its id where it has none. */
async function nameOf({ services, seat, principal }: AnyCall): Promise<string> {
  const member = await services.people?.members.find(seat, principal.person);
  return member?.name ?? principal.person;
}
