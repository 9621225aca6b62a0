export { countText, moneyText, rateText, shareText, windowText } from "./amounts.ts";
export { ExplanationContext } from "./context.ts";
export { explain, explainAll } from "./explain.ts";
export type { Audience, Caveat, ClauseRef, Deadline, Explanation, Step } from "./explanation.ts";
export { FIRST_WORDS, glossaryMarkdown, OTHER_WORDS, type Word, WORDS } from "./glossary.ts";
export { codeText } from "./phrases.ts";
export { type RenderOptions, renderText } from "./render.ts";
export { type ExplainedWord, FirstAppearances } from "./words.ts";
