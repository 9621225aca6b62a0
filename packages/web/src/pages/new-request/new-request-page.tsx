import { ApiProblem, type Schemas } from "@offtake/client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { seatName, useBook, useBroker, useSeat } from "../../app/broker.ts";
import { useDraft } from "../../app/drafts.ts";
import { Loaded } from "../../app/loaded.tsx";
import { CopyAs } from "../../copy/copy-as.tsx";
import { NoneYet } from "../../lists/list-states.tsx";
import { Button } from "../../surface/button.tsx";
import { Panel } from "../../surface/panel.tsx";
import { useWriteReason } from "../../surface/read-only.ts";
import { tell } from "../../toasts/toasts.tsx";
import { CountField, WordsField } from "../fields.tsx";
import { PageTitle } from "../page-title.tsx";
import { PlanShown } from "./plan-shown.tsx";
import { NO_WISH, planWords, requestOf, type Wish, wishProblems } from "./wish.ts";

const SETTLE_MS = 400;

/** A request by form: beside it, as it is filled in, what would follow from it. Nothing is sent to anybody before it is submitted. */
export function NewRequestPage() {
  const { client } = useBroker();
  const seat = useSeat();
  const { currency } = useBook();
  const navigate = useNavigate();
  const [draft, change, drop] = useDraft<Wish>("request", NO_WISH);
  const [isSending, setSending] = useState(false);
  const [failure, setFailure] = useState<string>();
  const { fields } = draft;
  const problems = wishProblems(fields);
  const body = requestOf(fields, currency);
  const set = (part: Partial<Wish>): void => {
    setFailure(undefined);
    change({ ...fields, ...part });
  };
  const plan = usePlan(body, problems.size === 0);
  const submit = async (): Promise<void> => {
    setSending(true);
    try {
      const { value } = await client.call("requestSubmit", { params: { book: seat.book }, body, key: draft.key });
      drop();
      tell({ family: "secured", title: "Submitted", detail: value.data?.id ?? "" });
      if (value.data !== null) await navigate({ to: "/requests/$request", params: { request: value.data.id } });
    } catch (error) {
      setFailure(
        error instanceof ApiProblem
          ? `${error.problem.title}. ${error.problem.detail}`
          : "The broker could not be reached. Your draft is kept.",
      );
    } finally {
      setSending(false);
    }
  };
  const reason = useWriteReason(
    isSending
      ? "It is being sent"
      : fields.accelerator === ""
        ? "Say which accelerator"
        : problems.size > 0
          ? "Something above is not right yet"
          : undefined,
    "requestSubmit",
  );
  return (
    <>
      <PageTitle
        title="New request"
        under="What would follow from it stands beside it. Nobody is asked before you submit."
        actions={
          <CopyAs
            cli={planWords(fields, currency)}
            call={{ method: "POST", path: `/v1/books/${seat.book}/requests/plan`, body }}
          />
        }
      />
      <div className="grid grid-cols-1 items-start gap-4 lg:grid-cols-[24rem_minmax(0,1fr)]">
        <Panel title="Request" foot="Kept as a draft in this browser until you submit it.">
          <form
            className="space-y-4"
            onSubmit={(event) => {
              event.preventDefault();
              if (reason === undefined) void submit();
            }}
          >
            <WordsField
              label="Accelerator"
              value={fields.accelerator}
              onChange={(accelerator) => set({ accelerator })}
              problem={problems.get("accelerator")}
            />
            <div className="grid grid-cols-2 gap-3">
              <CountField
                label="How many"
                value={fields.count}
                onChange={(count) => set({ count })}
                problem={problems.get("count")}
              />
              <CountField
                label="In multiples of"
                value={fields.block}
                onChange={(block) => set({ block })}
                problem={problems.get("block")}
              />
              <WordsField
                label="From"
                value={fields.from}
                onChange={(from) => set({ from })}
                placeholder="2026-05-01"
                problem={fields.from === "" ? undefined : problems.get("from")}
              />
              <CountField
                label="Days"
                value={fields.days}
                onChange={(days) => set({ days })}
                problem={problems.get("days")}
              />
            </div>
            <WordsField
              label="Regions"
              value={fields.regions}
              onChange={(regions) => set({ regions })}
              note="With commas between; a star stands for the rest of a name."
            />
            <WordsField label="Purpose" value={fields.purpose} onChange={(purpose) => set({ purpose })} />
            <WordsField
              label="Price at most"
              value={fields.cap}
              onChange={(cap) => set({ cap })}
              unit={`${currency} per accelerator-hour`}
              problem={problems.get("cap")}
            />
            <WordsField
              label="Name (drawn when empty)"
              value={fields.id}
              onChange={(id) => set({ id })}
              problem={problems.get("id")}
            />
            {failure === undefined ? undefined : (
              <p role="alert" className="rounded-md border border-breach bg-breach-ground px-3 py-2 text-breach">
                {failure}
              </p>
            )}
            <div className="space-y-1">
              <Button type="submit" look="main" disabledReason={reason} className="h-9 w-full justify-center">
                Submit
              </Button>
              {reason === undefined ? undefined : <p className="text-xs text-ink-soft">{reason}</p>}
            </div>
          </form>
        </Panel>
        <Panel title="What would follow">
          {problems.size > 0 && plan.data === undefined ? (
            <NoneYet>
              Fill in what is asked for: who must be asked first, by when, and what it would cost will be here.
            </NoneYet>
          ) : (
            <Loaded query={plan} what="the plan">
              {({ requests }) => requests.map((one) => <PlanShown key={one.request} plan={one} />)}
            </Loaded>
          )}
        </Panel>
      </div>
    </>
  );
}

/** The plan of what is filled in, once nothing was typed for a moment; the one before stays until then. */
function usePlan(body: Schemas["RequestBody"], isWhole: boolean) {
  const { client } = useBroker();
  const seat = useSeat();
  const text = JSON.stringify(body);
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return useQuery({
    queryKey: [seatName(seat), "requestPlan", settled],
    enabled: isWhole && settled === text,
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => {
      const { value } = await client.call("requestPlan", {
        params: { book: seat.book },
        query: {},
        body: JSON.parse(settled) as Schemas["RequestBody"],
        signal,
      });
      return value.data;
    },
  });
}
