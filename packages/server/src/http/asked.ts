import type { ViewObject } from "@offtake/core/disclosure";
import type { AskedFor, PersonId } from "../people/index.ts";
import { actOfRequest, moneyText } from "./acts.ts";
import { amountOfRequest } from "./amounts.ts";
import type { AnyCall } from "./call.ts";
import { findObject, shown } from "./shown.ts";

const PAGE = 200;

/** What a request asks of its approvers: those that it names, and those that its award has come to need. */
export function askedFor({ request, approvals, askedAt, askedBy }: ViewObject<"requests">): AskedFor {
  const amount = amountOfRequest(request);
  const raised = approvals.filter(({ before, status }) => before === "award" && status === "awaited");
  return {
    request: request.id,
    names: [...new Set([...request.approvals, ...raised.map(({ approval }) => approval)])],
    askedAt,
    askedBy: askedBy as PersonId | undefined,
    act: { amount: amount === undefined ? null : moneyText(amount), ...actOfRequest(request) },
  };
}

/**
 * Brings what waits for approvers in line with what the requests of the party ask now, before it is read or decided: an award may have come to
 * need one, a request may be over, and whoever was to note it may have stopped in between.
 */
export async function alignApprovals(call: AnyCall): Promise<void> {
  const { register, seat, services, book, principal } = call;
  const { approvals } = register;
  const left = new Map((await approvals.waitingRequests(seat)).map((one) => [one.request, one.askedAt]));
  let after: string | undefined;
  do {
    const query = { kind: "requests", status: ["awaiting_approval"], order: "id", limit: PAGE } as const;
    const page = await services.telling.store.listObjects(
      book,
      principal.party,
      after === undefined ? query : { ...query, after },
    );
    const asked = page.objects.map((object) => askedFor(shown("requests", object).view));
    for (const one of await approvals.notYetAsked(seat, asked)) await approvals.asked(seat, one);
    for (const { request } of asked) left.delete(request);
    after = page.next;
  } while (after !== undefined);
  for (const [request, askedAt] of left) {
    const view = (await findObject(call, "requests", request))?.view;
    if (view === undefined || view.closed || view.outcome === "withdrawn") await approvals.over(seat, request);
    else if (view.askedAt > askedAt) await approvals.asked(seat, askedFor(view));
  }
}
