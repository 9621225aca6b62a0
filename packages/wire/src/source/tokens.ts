import { Composer, type CST, type Document, Lexer, type LineCounter, Parser } from "yaml";
import type { DocumentCode } from "../problems/index.ts";
import type { Limits } from "./limits.ts";

export interface Refusal {
  readonly code: DocumentCode;
  readonly offset: number;
  readonly message: string;
}

/** A stray bracket costs the parser more than anything else; past so many the text is hopeless. */
const ERROR_TOKENS_MAX = 50;

/**
 * Splits and composes one YAML document, and stops as soon as a limit is passed. Duplicate keys are left for later: the
 * library's own check compares all keys of a map with all others.
 */
export function composeOne(text: string, limits: Limits, lines: LineCounter): Document.Parsed | Refusal {
  const tokens = splitTokens(text, limits, lines);
  if (!Array.isArray(tokens)) return tokens;
  const composer = new Composer({ uniqueKeys: false, lineCounter: lines, prettyErrors: false, version: "1.2" });
  const [first, second] = [...composer.compose(tokens, true, text.length)];
  if (second !== undefined) {
    return { code: "several_documents", offset: second.range[0], message: "a second document begins here" };
  }
  return first ?? { code: "empty_document", offset: 0, message: "there is nothing in it" };
}

function splitTokens(text: string, limits: Limits, lines: LineCounter): CST.Token[] | Refusal {
  const parser = new Parser(lines.addNewLine);
  lines.addNewLine(0);
  const tokens: CST.Token[] = [];
  let count = 0;
  let errors = 0;
  const keep = (token: CST.Token): void => {
    tokens.push(token);
    if (token.type === "error") errors += 1;
  };
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) keep(token);
    count += 1;
    const refusal = passedLimit(parser, count, errors, tokens, limits);
    if (refusal !== undefined) return refusal;
  }
  for (const token of parser.end()) keep(token);
  return tokens;
}

/** A map or list stands twice on the parser's stack at most, and the document and the value in hand stand there too. */
function passedLimit(
  parser: Parser,
  count: number,
  errors: number,
  tokens: readonly CST.Token[],
  limits: Limits,
): Refusal | undefined {
  const { offset } = parser;
  if (parser.stack.length > limits.depth + 2) {
    return { code: "too_deep", offset, message: `lists and maps are nested more than ${limits.depth} deep` };
  }
  if (count > limits.tokens) return { code: "too_large", offset, message: "the file holds too many values" };
  if (errors > ERROR_TOKENS_MAX) return { code: "not_yaml", offset, message: "too many stray characters" };
  if (tokens.length > 1000) return { code: "several_documents", offset, message: "too many documents or directives" };
  return undefined;
}
