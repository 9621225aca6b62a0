import type { Schemas } from "@offtake/client";
import { capacityText } from "../../amounts/counts.ts";
import type { QueueEntry } from "./queue-page.tsx";

export const KIND_WORD: Readonly<Record<QueueEntry["kind"], string>> = {
  requests: "Request",
  notices: "Notice",
  invitations: "Invitation",
  awards: "Award",
  conflicts: "Conflict",
};

interface Ask {
  readonly title: string;
  readonly detail: string;
}

/** What an entry is about, in a few words. */
export function askOf({ kind, object }: QueueEntry, nameOf: (party: string) => string): Ask {
  switch (kind) {
    case "requests":
      return { title: object.id, detail: linesText((object as Schemas["Request"]).view.request.lines) };
    case "notices": {
      const { notice } = (object as Schemas["Notice"]).view;
      const to = "from" in notice ? `from ${notice.fromName}` : `to ${nameOf(notice.holder)}`;
      return {
        title: capacityText(notice.count, notice.terms.acceleratorType),
        detail: `${to}, for ${notice.request}`,
      };
    }
    case "invitations": {
      const { view } = object as Schemas["Invitation"];
      const [line] = view.lines;
      const [accelerator] = line?.alternatives ?? [];
      return {
        title:
          line === undefined ? object.id : `up to ${capacityText(line.countUpTo, accelerator?.acceleratorType ?? "")}`,
        detail: `of ${view.buyerName}`,
      };
    }
    case "awards": {
      const { view } = object as Schemas["Award"];
      const lines = view.as === "keeper" ? view.award.lines : view.supplied;
      const count = lines.reduce((sum, line) => sum + line.count, 0);
      const request = view.as === "keeper" ? ` for ${view.award.request}` : "";
      return { title: object.id, detail: `${count.toLocaleString("en-US")} accelerators${request}` };
    }
    case "conflicts": {
      const { view } = object as Schemas["Conflict"];
      return { title: `${view.agreement} ${view.clause}`, detail: `against ${view.withAgreement} ${view.withClause}` };
    }
  }
}

/** The lines of a request in a few words: "4,096 × h100-sxm-80gb". */
export function linesText(lines: Schemas["shared-request"]["lines"]): string {
  return lines.map(({ count, accelerators }) => capacityText(count, accelerators[0]?.acceleratorType ?? "")).join(", ");
}

/** The page of an entry; nothing where it has none. */
export function placeOf({ kind, object }: QueueEntry, isKeeper: boolean) {
  switch (kind) {
    case "requests":
      return { to: "/requests/$request", params: { request: object.id } } as const;
    case "notices": {
      const { notice } = (object as Schemas["Notice"]).view;
      if (isKeeper && !("from" in notice))
        return { to: "/requests/$request", params: { request: notice.request } } as const;
      return { to: "/offers/$notice", params: { notice: object.id } } as const;
    }
    case "invitations":
      return { to: "/lots/$invitation", params: { invitation: object.id } } as const;
    case "awards": {
      const { view } = object as Schemas["Award"];
      if (view.as !== "keeper") return { to: "/awards" } as const;
      return { to: "/requests/$request", params: { request: view.award.request } } as const;
    }
    case "conflicts":
      return {
        to: "/agreements/$agreement",
        params: { agreement: (object as Schemas["Conflict"]).view.agreement },
      } as const;
  }
}
