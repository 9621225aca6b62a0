import { useNavigate } from "@tanstack/react-router";
import { useMemo } from "react";
import { useDraft } from "../../app/drafts.ts";
import { useReading } from "../../app/queries.ts";
import { countOf } from "../../amounts/counts.ts";
import { useViewing } from "../../clock/viewing.ts";
import { AGREEMENT_QUESTIONS, asksOf, type ClauseDraft, type Draft, draftOf, TEMPLATES } from "../../drafting/index.ts";
import { Button } from "../../surface/button.tsx";
import { Panel } from "../../surface/panel.tsx";
import { ClauseForm, Questions } from "./clause-form.tsx";
import { PlanPanel } from "./plan-panel.tsx";
import { usePlanning } from "./planning.ts";
import { Said } from "./said.tsx";

const FIRST: ClauseDraft = { template: "ask-first", answers: {} };
const START: Draft = { head: {}, clauses: [FIRST] };
const FILE = "agreement.yaml";

/** The form itself: the head, clauses from templates, what they say, who compared it with the contract, and then the same plan as a file has. */
export function DraftForm() {
  const navigate = useNavigate();
  const { now } = useViewing();
  const { data: known } = useReading("partyList", { query: { limit: 1_000 } });
  const [{ fields, key, keptAt }, change, drop] = useDraft("agreement by form", START);
  const [, changeFile] = useDraft("agreement file", { text: "" });
  const drafted = useMemo(() => draftOf(fields), [fields]);
  const planning = usePlanning({ files: [{ name: FILE, text: drafted.text ?? "" }] }, key, "The agreement is recorded");
  const parties = (known?.data ?? []).map(({ view }) => view.id);
  const write = (next: Draft): void => {
    planning.forget();
    change(next);
  };
  // What nobody has touched yet is not wrong, only not there.
  const problemOf = (clause: number | undefined, question: string): string | undefined => {
    const answer = clause === undefined ? fields.head[question] : fields.clauses[clause]?.answers[question];
    if (answer === undefined) return undefined;
    return drafted.wrong.find((one) => one.clause === clause && one.question === question)?.message;
  };
  const missing = drafted.wrong.length;
  const why =
    missing === 0 ? undefined : `${countOf(missing, "answer")} ${missing === 1 ? "is" : "are"} missing or wrong`;
  const today = new Date(now()).toISOString().slice(0, 10);
  const put = (index: number, clause: ClauseDraft | undefined): void =>
    write({
      ...fields,
      clauses: fields.clauses.flatMap((one, at) => (at !== index ? [one] : clause === undefined ? [] : [clause])),
    });
  return (
    <div className="grid grid-cols-1 items-start gap-4 xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
      <div className="space-y-4">
        <Panel
          title="The agreement"
          foot={keptAt === undefined ? "Kept in this browser while you answer." : "Draft kept in this browser."}
        >
          <Questions
            questions={asksOf(AGREEMENT_QUESTIONS, fields.head)}
            answers={fields.head}
            onChange={(head) => write({ ...fields, head })}
            problemOf={(question) => problemOf(undefined, question)}
            parties={parties}
          />
        </Panel>
        {fields.clauses.map((clause, index) => {
          const said = drafted.clauses[index];
          return (
            <ClauseForm
              // A clause has nothing but its place.
              key={`${index} ${clause.template}`}
              number={index + 1}
              clause={clause}
              questions={asksOf(
                TEMPLATES.find(({ name }) => name === clause.template)?.questions ?? [],
                clause.answers,
              )}
              onChange={(next) => put(index, next)}
              onRemove={fields.clauses.length === 1 ? undefined : () => put(index, undefined)}
              problemOf={(question) => problemOf(index, question)}
              parties={parties}
              today={today}
            >
              {said === undefined ? undefined : <Said drafted={said} answers={clause.answers} />}
            </ClauseForm>
          );
        })}
        <Button onPress={() => write({ ...fields, clauses: [...fields.clauses, FIRST] })}>Add a clause</Button>
      </div>
      <div className="space-y-4 xl:sticky xl:top-16">
        <PlanPanel planning={planning} reason={why} onRecorded={drop}>
          {why === undefined ? undefined : <p className="text-ink-soft">{why}.</p>}
        </PlanPanel>
        {drafted.text === undefined ? undefined : (
          <Panel
            title="As a file"
            actions={
              <Button
                look="quiet"
                onPress={() => {
                  changeFile({ text: drafted.text ?? "" });
                  setTimeout(() => void navigate({ to: "/record-agreement" }), KEPT_AFTER_MS);
                }}
              >
                Go on in the editor
              </Button>
            }
          >
            <pre
              tabIndex={0}
              aria-label="The agreement as a file"
              className="max-h-96 overflow-auto font-mono text-xs leading-5"
            >
              {drafted.text}
            </pre>
          </Panel>
        )}
      </div>
    </div>
  );
}

/** A draft is kept once nobody has typed for a moment. */
const KEPT_AFTER_MS = 500;
