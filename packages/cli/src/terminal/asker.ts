import { isCancel, log, password, select, text } from "@clack/prompts";

/** What a person chose where the contract leaves it open. */
export const LEFT_OPEN = "?";

export interface Option {
  readonly value: string;
  readonly label: string;
  readonly hint?: string;
}

export interface TextQuestion {
  readonly why: string;
  readonly placeholder: string;
  /** What stands where nothing is typed; undefined: something must be. */
  readonly open: string | undefined;
  /** What is wrong with what was typed; undefined: nothing. */
  readonly check: (typed: string) => string | undefined;
}

/** Somebody who can be asked. Every answer is undefined where the person left. */
export interface Asker {
  choose(message: string, options: readonly Option[], why?: string): Promise<string | undefined>;
  text(message: string, question: TextQuestion): Promise<string | undefined>;
  confirm(message: string): Promise<boolean | undefined>;
}

/** The person at the terminal. Questions go to stderr, so that what is made can be sent on from stdout. */
export function personAtTerminal(): Asker {
  const output = process.stderr;
  const ended = (value: string | symbol | undefined): string | undefined =>
    isCancel(value) ? undefined : typeof value === "string" ? value : "";
  return {
    choose: async (message, options, why) => {
      if (why !== undefined) log.message(why, { output });
      return ended(
        await select({ message, options: options.map(({ hint, ...one }) => (hint ? { ...one, hint } : one)), output }),
      );
    },
    text: async (message, { why, placeholder, open, check }) => {
      log.message(open === undefined ? why : `${why} Nothing typed: ${open}.`, { output });
      const typed = await text({
        message,
        placeholder,
        output,
        validate: (value) => {
          const isEmpty = value === undefined || value.trim() === "";
          if (isEmpty) return open === undefined ? "This must be answered." : undefined;
          return value.trim() === LEFT_OPEN ? undefined : check(value);
        },
      });
      const answer = ended(typed);
      return answer?.trim() === "" ? LEFT_OPEN : answer;
    },
    confirm: async (message) => {
      const options = [
        { value: "no", label: "no" },
        { value: "yes", label: "yes" },
      ];
      const answer = ended(await select({ message, options, output }));
      return answer === undefined ? undefined : answer === "yes";
    },
  };
}

/** Something secret, typed without being shown; undefined where the person left. */
export async function secretAtTerminal(message: string): Promise<string | undefined> {
  const typed = await password({ message, output: process.stderr });
  return isCancel(typed) ? undefined : typed;
}
