import type { ReactNode } from "react";
import { useSeat } from "../../app/broker.ts";
import { type ClauseDraft, type Question, type TemplateName, TEMPLATES } from "../../drafting/index.ts";
import { Button } from "../../surface/button.tsx";
import { Panel } from "../../surface/panel.tsx";
import { WordsField } from "../fields.tsx";
import { QuestionField } from "./question-field.tsx";

interface QuestionsProps {
  readonly questions: readonly Question[];
  readonly answers: Readonly<Record<string, string>>;
  readonly onChange: (answers: Readonly<Record<string, string>>) => void;
  readonly problemOf: (question: string) => string | undefined;
  readonly parties: readonly string[];
}

/** Questions of a form: those that everybody is asked, and the rarer ones folded. */
export function Questions({ questions, answers, onChange, problemOf, parties }: QuestionsProps) {
  const field = (question: Question): ReactNode => (
    <QuestionField
      key={question.id}
      question={question}
      answer={answers[question.id] ?? ""}
      onChange={(answer) => onChange({ ...answers, [question.id]: answer })}
      problem={problemOf(question.id)}
      names={question.key[0] === "parties" || question.id === "holder" ? parties : []}
    />
  );
  const rare = questions.filter((one) => one.rare);
  return (
    <div className="space-y-4">
      <div className="grid gap-4 md:grid-cols-2">{questions.filter((one) => !one.rare).map(field)}</div>
      {rare.length === 0 ? undefined : (
        <details open={rare.some(({ id }) => problemOf(id) !== undefined) || undefined}>
          <summary className="cursor-pointer text-ink-soft">{rare.length} rarer points</summary>
          <div className="mt-3 grid gap-4 md:grid-cols-2">{rare.map(field)}</div>
        </details>
      )}
    </div>
  );
}

interface ClauseFormProps extends Omit<QuestionsProps, "answers" | "onChange"> {
  readonly number: number;
  readonly clause: ClauseDraft;
  readonly onChange: (clause: ClauseDraft) => void;
  readonly onRemove?: (() => void) | undefined;
  /** The day on which something is confirmed now. */
  readonly today: string;
  /** What was drafted, in words. */
  readonly children: ReactNode;
}

/** One clause: its template, its questions, what it says by then, and who compared that with the contract. */
export function ClauseForm({ number, clause, onChange, onRemove, today, children, ...form }: ClauseFormProps) {
  const template = TEMPLATES.find(({ name }) => name === clause.template);
  return (
    <Panel
      title={`Clause ${number}`}
      {...(onRemove === undefined
        ? {}
        : {
            actions: (
              <Button look="quiet" onPress={onRemove}>
                Remove
              </Button>
            ),
          })}
      {...(template === undefined ? {} : { foot: `In the contract: ${template.signs}` })}
    >
      <div className="space-y-5">
        <label className="block space-y-1">
          <span>What does the clause do?</span>
          <select
            value={clause.template}
            onChange={({ target }) => onChange({ template: target.value as TemplateName, answers: {} })}
            className="h-8 w-full rounded-md border border-field-line bg-panel px-2 text-ink"
          >
            {TEMPLATES.map(({ name, about, term }) => (
              <option key={name} value={name}>
                {about} ({term})
              </option>
            ))}
          </select>
        </label>
        <Questions {...form} answers={clause.answers} onChange={(answers) => onChange(changed(clause, { answers }))} />
        {children}
        <Reading clause={clause} onChange={onChange} today={today} />
      </div>
    </Panel>
  );
}

/** What was confirmed was what stood there: another answer is not confirmed. */
const changed = ({ template }: ClauseDraft, { answers }: Pick<ClauseDraft, "answers">): ClauseDraft => ({
  template,
  answers,
});

const LEGAL: readonly string[] = ["legal", "signatory"];

function Reading({ clause, onChange, today }: Pick<ClauseFormProps, "clause" | "onChange" | "today">) {
  const seat = useSeat();
  const mayConfirm = seat.roles.some((role) => LEGAL.includes(role));
  const { reading, ...rest } = clause;
  return (
    <fieldset className="space-y-2 rounded-md border border-line bg-sunken px-3 py-2">
      <legend className="px-1 text-xs text-ink-soft">Reading</legend>
      <label className="flex items-start gap-2">
        <input
          type="checkbox"
          checked={reading !== undefined}
          disabled={!mayConfirm}
          onChange={({ target }) =>
            onChange(target.checked ? { ...rest, reading: { by: seat.name ?? seat.person, at: today } } : rest)
          }
          className="mt-1 size-4 accent-(--accent)"
        />
        <span>
          What stands above was compared with the contract and is what it says.
          <span className="block text-xs text-ink-soft">
            {mayConfirm
              ? "Until somebody says so, every answer that rests on this clause says that nobody has."
              : "The role legal confirms readings. Recorded without, every answer that rests on this clause says so."}
          </span>
        </span>
      </label>
      {reading === undefined ? undefined : (
        <div className="grid gap-3 sm:grid-cols-2">
          <WordsField
            label="Compared by"
            value={reading.by}
            onChange={(by) => onChange({ ...rest, reading: { ...reading, by } })}
          />
          <WordsField
            label="On"
            value={reading.at}
            onChange={(at) => onChange({ ...rest, reading: { ...reading, at } })}
          />
        </div>
      )}
    </fieldset>
  );
}
