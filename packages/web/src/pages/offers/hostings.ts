import type { Operations, Schemas } from "@offtake/client";

type Entry = Operations["feedRead"]["answer"]["data"][number];
type Part = Extract<Schemas["Award"]["view"], { as: "party" }>["hosted"][number];

export interface HostedPart extends Part {
  readonly status: "named" | "awarded";
}

/** The parts that one was named for, and those that were awarded: once each, as it stands. */
export function hostedOf(
  entries: readonly Pick<Entry, "type" | "event">[],
  awards: readonly Pick<Schemas["Award"], "view">[],
): readonly HostedPart[] {
  const parts = new Map<string, HostedPart>();
  for (const { type, event } of entries) {
    if (type !== "hostNamed") continue;
    const { part, seller, count, window } = event as unknown as Part;
    parts.set(part, { part, seller, count, window, status: "named" });
  }
  for (const { view } of awards) {
    if (view.as !== "party") continue;
    for (const part of view.hosted) parts.set(part.part, { ...part, status: "awarded" });
  }
  return [...parts.values()];
}
