import { isOfSigner } from "@offtake/core/notices";
import type { NoticeTale } from "../chronicle.ts";
import { sameClause, sameKeys, sameMembers, same, type Comparer, type Thing } from "../match.ts";
import type { Scene } from "../scene.ts";
import { isFractionWritten } from "../written.ts";
import type { Kind } from "./kind.ts";
import { clauseName, clauseText, labelOf } from "./names.ts";

const NOTICE_HANDLES = ["right", "to", "request", "lot", "kind", "round"] as const;

function who(scene: Scene, tale: NoticeTale) {
  const { notice } = tale.sent;
  return {
    right: clauseName(notice.right),
    to: notice.holder,
    request: notice.request,
    lot: labelOf(scene, notice.lot),
    kind: notice.kind,
    round: notice.round,
  };
}

export function noticeTitle(scene: Scene, tale: NoticeTale): string {
  const { right, to, request, lot, kind, round } = who(scene, tale);
  return `the ${kind} notice to ${to} (${clauseText(right)}, request ${request}, lot ${lot ?? "?"}, round ${round})`;
}

/** The last instant in time as it stands, with every extension. */
export function respondByOf(tale: NoticeTale): number | undefined {
  return tale.extensions.at(-1)?.respondBy ?? tale.received?.respondBy;
}

export function statusOf(tale: NoticeTale): string {
  return tale.closed?.status ?? (tale.received === undefined ? "sent" : "open");
}

function noticeThing(scene: Scene, tale: NoticeTale): Thing {
  const { notice } = tale.sent;
  const { thirdParty, terms } = notice;
  const shows =
    thirdParty === undefined
      ? undefined
      : {
          price: thirdParty.price,
          count: thirdParty.count,
          countMin: thirdParty.countMin,
          start: thirdParty.window.from,
          end: thirdParty.window.to,
          terms: thirdParty.stated,
        };
  const fields = {
    ...who(scene, tale),
    count: notice.count,
    price: thirdParty?.price ?? terms.price,
    product: terms.product,
    start: terms.window.from,
    sentAt: notice.sentAt,
    deliveredAt: tale.received?.deliveredAt,
    receivedAt: tale.received?.deemedReceivedAt,
    respondBy: respondByOf(tale),
    objectBy: tale.received?.objectBy,
    status: statusOf(tale),
    accepted: tale.closed?.count,
    contingent: notice.contingent,
    finalRound: notice.finalRound,
    version: notice.right.version,
    channel: tale.failures.at(-1)?.nextChannel ?? notice.channel,
    shows,
    identity: thirdParty === undefined ? undefined : (thirdParty.provider ?? "hidden"),
    missing: notice.missing,
  };
  return { title: noticeTitle(scene, tale), fields };
}

/** Terms of a third party: what is stated of them; those that have names as documents write them. */
const sameShown: Comparer = (expected, actual) => {
  const { terms, ...rest } = expected as Record<string, unknown>;
  if (!sameKeys(rest, actual)) return false;
  if (terms === undefined) return true;
  const stated = (actual as { readonly terms?: Readonly<Record<string, unknown>> }).terms ?? {};
  return Object.entries(terms as Record<string, string | number>).every(([name, value]) =>
    isTermWritten(stated[name], value),
  );
};

function isTermWritten(stated: unknown, value: string | number): boolean {
  if (typeof stated === "string") return stated === String(value);
  if (typeof stated !== "object" || stated === null) return false;
  return isFractionWritten(stated as { readonly num: bigint; readonly den: bigint }, String(value));
}

export const noticeKind: Kind = {
  things: (scene) => [...scene.chronicle.notices.values()].map((tale) => noticeThing(scene, tale)),
  handles: NOTICE_HANDLES,
  comparers: { right: sameClause, shows: sameShown, missing: sameMembers },
};

/** Holders in the order of their first notices, request by request. */
export const askedKind: Kind = {
  things: (scene) => {
    const orders = new Map<string, string[]>();
    for (const { sent } of scene.chronicle.notices.values()) {
      if (sent.notice.kind === "information") continue;
      const order = orders.get(sent.notice.request) ?? [];
      orders.set(sent.notice.request, order);
      if (!order.includes(sent.notice.holder)) order.push(sent.notice.holder);
    }
    return [...scene.chronicle.requests.keys()].map((request) => ({
      title: `those asked for request ${request}`,
      fields: { request, order: orders.get(request) ?? [] },
    }));
  },
  handles: ["request"],
  comparers: { order: same },
};

/** An answer as it was received, and once more as what it became: ratified, or its lateness waived. */
export const answerKind: Kind = {
  things: (scene) => [...scene.chronicle.notices.values()].flatMap((tale) => answersOf(scene, tale)),
  handles: ["by", "right", "request", "lot", "kind", "round"],
  comparers: { right: sameClause, defects: same },
};

function answersOf(scene: Scene, tale: NoticeTale): Thing[] {
  const { to: _, ...notice } = who(scene, tale);
  const things: Thing[] = [];
  for (const { by, answer } of tale.answers) {
    const count = answer.answer.type === "accept" ? (answer.answer.count ?? tale.sent.notice.count) : undefined;
    const fields = {
      ...notice,
      by,
      verdict: answer.verdict,
      defects: answer.defects,
      count,
      receivedAt: answer.receivedAt,
    };
    const title = `the answer of ${by} to ${noticeTitle(scene, tale)}`;
    things.push({ title, fields });
    for (const ratified of tale.ratified.filter((item) => answer.defects.some(isOfSigner) && item.by === by)) {
      const became = {
        ...fields,
        verdict: ratified.verdict,
        defects: ratified.verdict === "late" ? answer.defects : answer.defects.filter((defect) => !isOfSigner(defect)),
        receivedAt: ratified.at,
      };
      things.push({ title: `${title}, as ratified`, fields: became });
    }
    if (tale.latenessWaived !== undefined && answer.verdict === "late") {
      const became = { ...fields, verdict: "binding", defects: [], receivedAt: tale.latenessWaived.at };
      things.push({ title: `${title}, its lateness waived`, fields: became });
    }
  }
  return things;
}

export const extensionKind: Kind = {
  things: (scene) =>
    [...scene.chronicle.notices.values()].flatMap((tale) =>
      tale.extensions.map((event) => ({
        title: `the extension of ${noticeTitle(scene, tale)}`,
        fields: { ...who(scene, tale), until: event.respondBy, why: event.why },
      })),
    ),
  handles: NOTICE_HANDLES,
  comparers: { right: sameClause },
};
