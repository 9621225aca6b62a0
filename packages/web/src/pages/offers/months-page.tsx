import { useParams } from "@tanstack/react-router";
import { useState } from "react";
import { acceleratorHoursText, countOf, percentText } from "../../amounts/counts.ts";
import { moneyText } from "../../amounts/money.ts";
import { useSeat } from "../../app/broker.ts";
import { Loaded } from "../../app/loaded.tsx";
import { useReading } from "../../app/queries.ts";
import { basisOf } from "../../clock/basis.ts";
import { DeadlineClock } from "../../clock/deadline-clock.tsx";
import { CopyAs } from "../../copy/copy-as.tsx";
import { NoneYet } from "../../lists/list-states.tsx";
import { KeyFigures } from "../../surface/key-figures.tsx";
import { Panel } from "../../surface/panel.tsx";
import { Waits } from "../approvals/waits.tsx";
import { WordsField } from "../fields.tsx";
import { PageTitle } from "../page-title.tsx";
import { SendForm } from "../send-form.tsx";
import { MonthsBecame } from "./months-became.tsx";
import { MonthsGrid } from "./months-grid.tsx";
import { type MonthsAnswering, useMonthsAnswering } from "./months-answering.ts";
import {
  isWaiting,
  type MonthAsked,
  type MonthRow,
  monthRows,
  monthsAsked,
  monthSums,
  priceProblem,
} from "./months.ts";
import { useOpenMonths } from "./months-open.ts";

/** All that waits for an answer, what ends first before: a month that is asked about is among them. */
const WAITING = { status: "sent,open", order: "deadline", limit: 1_000 } as const;

/** Months of a request, each with its own notice, answered together: what is asked, what one has, what one gives. */
export function MonthsPage() {
  const { request = "" } = useParams({ strict: false });
  const query = useReading("noticeList", { query: WAITING });
  return (
    <Loaded query={query} what="the months">
      {({ data }) => <Months key={request} request={request} months={monthsAsked(data, request)} />}
    </Loaded>
  );
}

interface MonthsProps {
  readonly request: string;
  readonly months: readonly MonthAsked[];
}

function Months({ request, months }: MonthsProps) {
  const seat = useSeat();
  const answering = useMonthsAnswering(request);
  const { fields, answered, approvals } = answering;
  const [first] = months;
  const capacity = useCapacity(months);
  // What was just answered waits no more, also before the list has been read again.
  const over = new Set(answered.flatMap(({ data }) => (isWaiting(data) ? [] : [data.id])));
  const open = useOpenMonths(months).filter(({ notice }) => !over.has(notice.id));
  const rows = monthRows(open, fields, capacity.data?.data);
  const from = nameOfBuyer(first?.notice ?? answered[0]?.data);
  return (
    <>
      <PageTitle
        title={from === undefined ? "Months" : `Months asked by ${from}`}
        under={
          <>
            Each month of <span className="font-mono text-xs">{request}</span> has its own notice; together they are
            answered in one go.
          </>
        }
        actions={
          <CopyAs
            cli={[
              "notice",
              "months",
              request,
              ...rows.flatMap(({ name, count }) => (count === undefined ? [] : ["--month", `${name}=${count}`])),
            ]}
            call={{ method: "GET", path: `/v1/books/${seat.book}/notices?status=sent%2Copen` }}
          />
        }
      />
      <div className="space-y-4">
        <Waits approvals={approvals} />
        {answered.length === 0 ? undefined : <MonthsBecame answered={answered} />}
        {rows.length === 0 ? (
          answered.length > 0 || approvals.length > 0 ? undefined : (
            <Panel padded={false}>
              <NoneYet command="offtake notices">
                Nothing of {request} waits for your answer. Months that you are asked about will be here.
              </NoneYet>
            </Panel>
          )
        ) : (
          <Answer request={request} rows={rows} answering={answering} isKnown={capacity.data !== undefined} />
        )}
      </div>
    </>
  );
}

/** Also once all of it is answered, and the notices wait no more. */
const nameOfBuyer = (notice: MonthAsked["notice"] | undefined): string | undefined =>
  notice?.view.as === "party" ? notice.view.notice.fromName : undefined;

const RFC = (at: number): string => new Date(at).toISOString().replace(/\.\d+Z$/, "Z");

/** One's own capacity over all that is asked for. */
function useCapacity(months: readonly MonthAsked[]) {
  const windows = months.map(({ notice }) => notice.view.notice.terms.window);
  const isAsked = windows.length > 0;
  const query = isAsked
    ? {
        from: RFC(Math.min(...windows.map(({ from }) => Date.parse(from)))),
        to: RFC(Math.max(...windows.map(({ to }) => Date.parse(to)))),
      }
    : {};
  return useReading("capacityRead", { query }, isAsked);
}

interface AnswerProps {
  readonly request: string;
  readonly rows: readonly MonthRow[];
  readonly answering: MonthsAnswering;
  readonly isKnown: boolean;
}

function Answer({ request, rows, answering, isKnown }: AnswerProps) {
  const { fields, set, draft, isSending, failure, send } = answering;
  const sums = monthSums(rows);
  const { answered, open } = sums;
  const oversold = rows.filter(({ count, left }) => count !== undefined && count > 0 && left !== undefined && left < 0);
  const wrongPrice = priceProblem(rows, fields.price);
  const accepted = answered.filter(({ count }) => (count ?? 0) > 0);
  const refused = answered.length - accepted.length;
  const [isTouched, setTouched] = useState(false);
  const reason =
    answered.length === 0
      ? "Fill in a month at least"
      : isSending
        ? "It is being sent"
        : rows.some(({ problem }) => problem !== undefined)
          ? "Something in the grid is not right yet"
          : wrongPrice !== undefined
            ? wrongPrice
            : oversold.length > 0 && !fields.knowsOversold
              ? "Say that you know of the oversale"
              : undefined;
  const clock = oneClock(rows);
  return (
    <div className="grid grid-cols-1 items-start gap-4 lg:grid-cols-[minmax(0,1fr)_24rem]">
      <div className="space-y-4">
        <KeyFigures
          figures={[
            { label: "Asked for", value: acceleratorHoursText(sums.asked), note: countOf(rows.length, "month") },
            {
              label: "You give",
              value: acceleratorHoursText(sums.given),
              note: percentText(sums.given, sums.asked),
            },
            { label: "Value", value: sums.value === undefined ? "–" : moneyText(sums.value) },
          ]}
        />
        <MonthsGrid
          request={request}
          rows={rows}
          counts={fields.counts}
          onCounts={(counts) => set({ counts })}
          isOneDeadline={clock !== undefined}
          isKnown={isKnown}
        />
      </div>
      <div className="space-y-4 lg:sticky lg:top-16">
        {clock === undefined ? undefined : (
          <Panel>
            <DeadlineClock
              at={clock.respondBy}
              zone={clock.zone}
              label="Answer by"
              basis={basisOf(clock)}
              silence="A month that is not answered lapses then: what is asked of it goes to others."
              since={clock.deemedReceivedAt}
            />
          </Panel>
        )}
        <SendForm
          title="Your answer"
          foot={
            draft.keptAt === undefined
              ? "Kept as a draft in this browser while you fill it in."
              : `Draft kept ${new Date(draft.keptAt).toLocaleTimeString()}`
          }
          label={labelOf(accepted.length, refused)}
          operation="noticeAnswerSeveral"
          look={accepted.length === 0 && refused > 0 ? "severe" : "main"}
          reason={reason}
          failure={failure}
          onSend={() => void send(rows)}
        >
          <WordsField
            label="Price for all of them"
            value={fields.price}
            onChange={(price) => {
              setTouched(true);
              set({ price: price.trim() });
            }}
            unit={`${rows[0]?.notice.view.notice.terms.price?.currency ?? "USD"} per accelerator-hour`}
            note="Left empty, each goes at the price that it is asked at."
            problem={isTouched || accepted.length > 0 ? wrongPrice : undefined}
          />
          {refused === 0 ? undefined : (
            <WordsField
              label="Why what you refuse (the buyer reads it)"
              value={fields.reason}
              onChange={(why) => set({ reason: why })}
            />
          )}
          <Said rows={rows} open={open} accepted={accepted.length} refused={refused} />
          {oversold.length === 0 ? undefined : (
            <label className="flex items-start gap-2 rounded-md border border-attention bg-attention-ground px-3 py-2">
              <input
                type="checkbox"
                checked={fields.knowsOversold}
                onChange={(event) => set({ knowsOversold: event.target.checked })}
                className="mt-0.5 size-4 shrink-0"
              />
              <span>
                <span aria-hidden="true" className="text-attention">
                  ▲{" "}
                </span>
                In {oversold.map(({ name }) => name).join(", ")} more is promised with it than you have on record. I
                know, and answer all the same.
              </span>
            </label>
          )}
        </SendForm>
      </div>
    </div>
  );
}

/** The clock of all months, where they fall due at one time. */
function oneClock(rows: readonly MonthRow[]) {
  const clocks = rows.map(({ notice }) => notice.view.clock);
  return clocks.every((one) => one?.respondBy === clocks[0]?.respondBy) ? clocks[0] : undefined;
}

function labelOf(accepted: number, refused: number): string {
  if (accepted === 0) return refused === 0 ? "Answer" : `Refuse ${countOf(refused, "month")}`;
  return `Accept ${countOf(accepted, "month")}${refused === 0 ? "" : `, refuse ${refused}`}`;
}

interface SaidProps {
  readonly rows: readonly MonthRow[];
  readonly open: readonly MonthRow[];
  readonly accepted: number;
  readonly refused: number;
}

/** What is sent with it, and what is not: a month that is not answered stays open until its deadline. */
function Said({ rows, open, accepted, refused }: SaidProps) {
  const parts = rows.filter(({ count, asked }) => count !== undefined && count > 0 && count < asked);
  return (
    <ul className="space-y-1 text-ink-soft">
      {accepted === 0 ? undefined : (
        <li>
          {countOf(accepted, "acceptance")} in time {accepted === 1 ? "binds" : "bind"} you.
        </li>
      )}
      {parts.length === 0 ? undefined : (
        <li>What you do not take of {namesOf(parts)} is refused with it, and may go to others.</li>
      )}
      {refused === 0 ? undefined : <li>{countOf(refused, "month")} refused may go to others.</li>}
      {open.length === 0 ? undefined : (
        <li>
          <span aria-hidden="true" className="text-attention">
            ▲{" "}
          </span>
          <strong className="font-medium text-ink">Not answered: {namesOf(open)}.</strong> Each stays open until its
          deadline, and lapses then.
        </li>
      )}
    </ul>
  );
}

const namesOf = (rows: readonly MonthRow[]): string => rows.map(({ name }) => name).join(", ");
