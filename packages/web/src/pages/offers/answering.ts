import { statusText } from "@offtake/core/explanation";
import type { Operations, Schemas } from "@offtake/client";
import { useBroker, useSeat } from "../../app/broker.ts";
import { type Draft, useDraft } from "../../app/drafts.ts";
import { useSeen } from "../../app/seen.ts";
import { type Sending, useSending } from "../../app/sending.ts";
import { nextTick } from "../../clock/countdown.ts";
import { useNow } from "../../clock/viewing.ts";
import type { Change } from "../../surface/changed-since.tsx";
import { type AnswerFields, type AnswerProblem, type AnswerRules, bodyOf, problemsOf } from "./answer.ts";
import { noticeChanges } from "./notice-changes.ts";

type Answered = Operations["noticeAnswer"]["answer"];

/** An answer that is being filled in: its fields, what is wrong with them, and what has happened meanwhile. */
export interface Answering {
  readonly fields: AnswerFields;
  readonly set: (part: Partial<AnswerFields>) => void;
  readonly draft: Draft<AnswerFields>;
  readonly problems: readonly AnswerProblem[];
  /** Why nothing can be answered any more. */
  readonly closed: string | undefined;
  readonly changes: readonly Change[];
  readonly acknowledge: () => void;
  readonly sending: Sending<Answered>;
  readonly send: () => Promise<void>;
}

const ANSWERABLE: ReadonlySet<string> = new Set(["open", "sent", "part_accepted", "accepted"]);

/** Kept as a draft until it is recorded in time, sent once however often it is pressed, shut at the deadline. */
export function useAnswering(notice: Schemas["Notice"], rules: AnswerRules): Answering {
  const { client } = useBroker();
  const { book } = useSeat();
  const start: AnswerFields = {
    way: "part",
    own: rules.asked,
    through: 0,
    host: "",
    price: rules.cap === undefined ? "" : trimmed(rules.cap.amount),
    reason: "",
    knowsOversold: false,
  };
  const [draft, change, drop] = useDraft(`answer ${notice.id}`, start);
  // Whom the clause names is known once the agreement has been read.
  const named = rules.passThrough?.hosts?.[0] ?? "";
  const fields = draft.fields.host === "" ? { ...draft.fields, host: named } : draft.fields;
  const sending = useSending<Answered>();
  const own = ownAnswer(sending.sent);
  const { seen, acknowledge } = useSeen(notice, notice.updatedAt, false);
  const send = async (): Promise<void> => {
    const sent = await sending.send(() =>
      client.call("noticeAnswer", { params: { book, notice: notice.id }, body: bodyOf(fields, rules), key: draft.key }),
    );
    // What came too late, or after another answer of one's party, is answered with a problem: what was filled in stays.
    if (sent !== undefined) drop();
  };
  return {
    fields,
    set: (part) => {
      sending.clear();
      change({ ...fields, ...part });
    },
    draft,
    problems: problemsOf(fields, rules),
    closed: useClosed(notice),
    changes: noticeChanges(seen, notice, own),
    acknowledge,
    sending,
    send,
  };
}

/** The answer that one has just given, with what became of it. */
export const ownAnswer = (sent: Answered | undefined) => sent?.data?.view.answers.at(-1);

/** Why nothing can be answered any more; nothing while it can. Known without a reload: the clock of the broker is in the page. */
function useClosed({ status, view }: Schemas["Notice"]): string | undefined {
  const deadline = view.clock === undefined ? undefined : Date.parse(view.clock.respondBy);
  const now = useNow((shown) => (deadline === undefined || shown > deadline ? undefined : nextTick(deadline, shown)));
  if (view.answers.some(({ verdict }) => verdict === "binding" || verdict === "refusal"))
    return "An answer of your party stands, and binds";
  if (!ANSWERABLE.has(status)) return `The notice is ${statusText(status)}`;
  return deadline !== undefined && now > deadline ? "The deadline has passed" : undefined;
}

/** "2.600000" as people write it: two digits at least. */
const trimmed = (amount: string): string => amount.replace(/(\.\d{2}\d*?)0+$/, "$1");
