import type { ReactNode } from "react";
import { FieldError, Input, Label, NumberField, Text, TextArea, TextField } from "react-aria-components";

const INPUT =
  "h-8 w-full rounded-md border border-field-line bg-panel px-2.5 text-ink outline-none focus:border-accent focus:outline-2 focus:outline-accent data-[invalid]:border-breach data-[disabled]:opacity-55";

interface FieldProps {
  readonly label: string;
  readonly note?: ReactNode;
  /** What is wrong with it, and what to do. */
  readonly problem?: string | undefined;
  readonly isDisabled?: boolean;
}

interface CountFieldProps extends FieldProps {
  readonly value: number;
  readonly onChange: (value: number) => void;
  readonly min?: number;
  readonly max?: number;
}

/** A whole number, typed with or without separators. */
export function CountField({
  label,
  note,
  problem,
  value,
  onChange,
  min = 0,
  max,
  isDisabled = false,
}: CountFieldProps) {
  return (
    <NumberField
      value={value}
      onChange={(next) => onChange(Number.isNaN(next) ? 0 : next)}
      minValue={min}
      {...(max === undefined ? {} : { maxValue: max })}
      step={1}
      isInvalid={problem !== undefined}
      isDisabled={isDisabled}
      formatOptions={{ maximumFractionDigits: 0 }}
      className="flex min-w-0 flex-col gap-1"
    >
      <Label className="text-xs text-ink-soft">{label}</Label>
      <Input className={`${INPUT} text-right`} />
      <Below note={note} problem={problem} />
    </NumberField>
  );
}

interface WordsFieldProps extends FieldProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly unit?: string;
  readonly placeholder?: string;
}

/** A text, or an amount that stays a text so that no digit is lost. */
export function WordsField({
  label,
  note,
  problem,
  value,
  onChange,
  unit,
  placeholder,
  isDisabled = false,
}: WordsFieldProps) {
  return (
    <TextField
      value={value}
      onChange={onChange}
      isInvalid={problem !== undefined}
      isDisabled={isDisabled}
      className="flex min-w-0 flex-col gap-1"
    >
      <Label className="text-xs text-ink-soft">{label}</Label>
      <span className="flex items-center gap-2">
        <Input
          className={`${INPUT} ${unit === undefined ? "" : "text-right"}`}
          {...(placeholder === undefined ? {} : { placeholder })}
        />
        {unit === undefined ? undefined : <span className="whitespace-nowrap text-xs text-ink-soft">{unit}</span>}
      </span>
      <Below note={note} problem={problem} />
    </TextField>
  );
}

interface MomentFieldProps {
  readonly label: string;
  /** RFC 3339, in whole minutes of UTC; absent where none is said. */
  readonly value: string | undefined;
  readonly onChange: (value: string | undefined) => void;
}

/** A minute, in UTC, in the field that browsers have for it. */
export function MomentField({ label, value, onChange }: MomentFieldProps) {
  return (
    <label className="flex min-w-0 flex-col gap-1">
      <span className="text-xs text-ink-soft">{label}</span>
      <input
        type="datetime-local"
        value={value?.slice(0, 16) ?? ""}
        onChange={({ target }) => onChange(target.value === "" ? undefined : `${target.value}:00Z`)}
        className={INPUT}
      />
    </label>
  );
}

interface OneOfProps<Value extends string> {
  readonly label: string;
  /** Empty where none is chosen. */
  readonly value: Value | "";
  readonly values: readonly (readonly [Value, string])[];
  readonly onChange: (value: Value) => void;
  /** What stands there until one is chosen. */
  readonly none: string;
}

/** One of many, such as one of a party's people. */
export function OneOf<Value extends string>({ label, value, values, onChange, none }: OneOfProps<Value>) {
  return (
    <label className="flex min-w-0 flex-col gap-1">
      <span className="text-xs text-ink-soft">{label}</span>
      <select value={value} onChange={({ target }) => onChange(target.value as Value)} className={INPUT}>
        <option value="" disabled>
          {none}
        </option>
        {values.map(([one, word]) => (
          <option key={one} value={one}>
            {word}
          </option>
        ))}
      </select>
    </label>
  );
}

interface LongTextFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly note?: ReactNode;
}

/** Some sentences. */
export function LongTextField({ label, value, onChange, note }: LongTextFieldProps) {
  return (
    <TextField value={value} onChange={onChange} className="flex min-w-0 flex-col gap-1">
      <Label className="text-xs text-ink-soft">{label}</Label>
      <TextArea rows={2} maxLength={2_000} className={`${INPUT} h-auto py-1.5`} />
      <Below note={note} problem={undefined} />
    </TextField>
  );
}

function Below({ note, problem }: Pick<FieldProps, "note" | "problem">) {
  return (
    <>
      {note === undefined ? undefined : (
        <Text slot="description" className="text-xs text-ink-soft">
          {note}
        </Text>
      )}
      <FieldError className="text-xs text-breach">{problem}</FieldError>
    </>
  );
}

interface ChoiceProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly values: readonly (readonly [Value, string])[];
  readonly onChange: (value: Value) => void;
  readonly isDisabled?: boolean;
}

/** One of a few, all of them in sight. */
export function Choice<Value extends string>({
  label,
  value,
  values,
  onChange,
  isDisabled = false,
}: ChoiceProps<Value>) {
  return (
    <fieldset disabled={isDisabled} className="min-w-0">
      <legend className="mb-1 text-xs text-ink-soft">{label}</legend>
      <div className="flex flex-wrap gap-1 rounded-md border border-line bg-sunken p-1">
        {values.map(([one, word]) => (
          <label
            key={one}
            className={`flex h-7 flex-1 cursor-pointer items-center justify-center whitespace-nowrap rounded px-2.5 has-focus-visible:outline-2 has-focus-visible:outline-accent ${one === value ? "border border-line bg-raised font-medium" : "border border-transparent text-ink-soft hover:text-ink"}`}
          >
            <input
              type="radio"
              name={label}
              value={one}
              checked={one === value}
              onChange={() => onChange(one)}
              className="sr-only"
            />
            {word}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
