export { countText, moneyText, rateText, shareText, windowText } from "./amounts.ts";
export { ExplanationContext } from "./context.ts";
export { explain, explainAll } from "./explain.ts";
export type { Audience, Caveat, ClauseRef, Deadline, Explanation, Step } from "./explanation.ts";
export { FIRST_WORDS, glossaryMarkdown, OTHER_WORDS, type Word, WORDS } from "./glossary.ts";
export { clauseText } from "./lookup.ts";
export { codeText, factsText, listText, NOT_APPLYING, RIGHT_EFFECT } from "./phrases.ts";
export { type RenderOptions, renderText } from "./render.ts";
export { type ExplainedWord, FirstAppearances } from "./words.ts";
