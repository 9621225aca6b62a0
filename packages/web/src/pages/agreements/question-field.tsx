import { useId } from "react";
import type { Question } from "../../drafting/index.ts";

interface QuestionFieldProps {
  readonly question: Question;
  readonly answer: string;
  readonly onChange: (answer: string) => void;
  readonly problem?: string | undefined;
  /** Ids that answers to this question usually are. */
  readonly names?: readonly string[];
}

const FIELD =
  "h-8 w-full rounded-md border border-field-line bg-panel px-2.5 text-ink outline-none focus:border-accent focus:outline-2 focus:outline-accent aria-invalid:border-breach";

/** One question of a template, with what a lawyer calls it, what hangs on it, and what stands where nobody answers. */
export function QuestionField({ question, answer, onChange, problem, names = [] }: QuestionFieldProps) {
  const id = useId();
  const { asks, term, why, choices = [], orElse, required, standard, examples } = question;
  const stands = required
    ? "Must be answered."
    : standard === undefined
      ? "May be left out."
      : `Left open: ${standard}.`;
  const isChoice = question.type === "choice" && orElse === undefined && choices.length > 0;
  const options = question.type === "yes-no" ? YES_NO : choices;
  const told = {
    id,
    value: answer,
    "aria-describedby": `${id}-note`,
    ...(problem === undefined ? {} : { "aria-invalid": true as const }),
  };
  return (
    <div className="min-w-0 space-y-1">
      <label htmlFor={id} className="block">
        {asks} <span className="text-xs text-ink-soft">({term})</span>
      </label>
      {isChoice || question.type === "yes-no" ? (
        <select {...told} onChange={({ target }) => onChange(target.value)} className={FIELD}>
          <option value="">{required ? "Choose" : "Left open"}</option>
          {options.map(({ value, means }) => (
            <option key={value} value={value}>
              {means === value ? value : `${value}: ${means}`}
            </option>
          ))}
        </select>
      ) : question.key[0] === "text" ? (
        <textarea
          {...told}
          onChange={({ target }) => onChange(target.value)}
          rows={3}
          placeholder={examples[0] ?? ""}
          className={`${FIELD} h-auto py-1.5`}
        />
      ) : (
        <>
          <input
            {...told}
            onChange={({ target }) => onChange(target.value)}
            spellCheck={false}
            placeholder={examples[0] ?? ""}
            list={`${id}-list`}
            className={FIELD}
          />
          <datalist id={`${id}-list`}>
            {[...names, ...choices.map(({ value }) => value), ...examples].map((value) => (
              <option key={value} value={value} />
            ))}
          </datalist>
        </>
      )}
      <p id={`${id}-note`} className="text-xs text-ink-soft">
        {problem === undefined ? undefined : <span className="block text-breach">✕ {problem}</span>}
        {why} {stands}
      </p>
    </div>
  );
}

const YES_NO = [
  { value: "yes", means: "yes" },
  { value: "no", means: "no" },
];
