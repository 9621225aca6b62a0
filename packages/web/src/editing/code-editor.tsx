import { autocompletion, closeBrackets, type CompletionContext, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { yaml } from "@codemirror/lang-yaml";
import { HighlightStyle, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { type Diagnostic, linter, lintGutter, lintKeymap, setDiagnostics } from "@codemirror/lint";
import { Annotation, EditorState } from "@codemirror/state";
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers, placeholder } from "@codemirror/view";
import { parseAgreement } from "@offtake/wire/agreements";
import { publishedSchema } from "@offtake/wire/schemas";
import { tags } from "@lezer/highlight";
import { useEffect, useRef } from "react";
import { lineAround, offsetOf, type Place } from "./lines.ts";
import { placeOf } from "./place.ts";
import { keysAt, type Schema, valuesAt } from "./schema.ts";

export interface WrongAt {
  readonly place: Place;
  readonly message: string;
}

interface CodeEditorProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** The zone of the book: without one of its own an agreement has that. */
  readonly zone: string;
  /** What the broker found wrong, beside what is found while somebody writes. */
  readonly wrongs: readonly WrongAt[];
  /** Where to go: a new object goes there again. */
  readonly goTo: Place | undefined;
}

/** A text that was put in, not written: whoever put it in knows. */
const FromOutside = Annotation.define<boolean>();

const SCHEMA = publishedSchema("agreement") as Schema;

/**
 * A YAML editor for agreements: completes what the published schema knows, and marks what is wrong where it stands while somebody writes.
 * It has a root of its own, since the policy of the pages lets nobody write styles into the page; sheets of its own root it allows.
 */
export function CodeEditor({ label, value, onChange, zone, wrongs, goTo }: CodeEditorProps) {
  const place = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(undefined);
  const told = useRef(onChange);
  useEffect(() => {
    told.current = onChange;
  }, [onChange]);
  useEffect(() => {
    const host = place.current;
    if (host === null) return undefined;
    const root = host.shadowRoot ?? host.attachShadow({ mode: "open", delegatesFocus: true });
    const made = new EditorView({
      root,
      parent: root,
      state: EditorState.create({ doc: value, extensions: extensionsOf(label, zone, (text) => told.current(text)) }),
    });
    view.current = made;
    return () => made.destroy();
    // What is written comes from the editor itself; what comes from elsewhere is put in below.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [label, zone]);
  useEffect(() => {
    const made = view.current;
    if (made === undefined || made.state.doc.toString() === value) return;
    made.dispatch({
      changes: { from: 0, to: made.state.doc.length, insert: value },
      annotations: FromOutside.of(true),
    });
  }, [value]);
  useEffect(() => {
    const made = view.current;
    if (made === undefined || wrongs.length === 0) return;
    const text = made.state.doc.toString();
    made.dispatch(
      setDiagnostics(
        made.state,
        wrongs.map((wrong) => diagnosticOf(text, wrong)),
      ),
    );
  }, [wrongs]);
  useEffect(() => {
    const made = view.current;
    if (made === undefined || goTo === undefined) return;
    const at = offsetOf(made.state.doc.toString(), goTo);
    made.dispatch({ selection: { anchor: at }, scrollIntoView: true });
    made.focus();
  }, [goTo]);
  return <div ref={place} className="h-[32rem] min-w-0 overflow-hidden rounded-md border border-field-line" />;
}

function extensionsOf(label: string, zone: string, changed: (text: string) => void) {
  return [
    lineNumbers(),
    history(),
    drawSelection(),
    highlightActiveLine(),
    closeBrackets(),
    yaml(),
    indentUnit.of("  "),
    syntaxHighlighting(COLOURS),
    lintGutter(),
    linter(({ state }) => check(state.doc.toString(), zone), { delay: 400 }),
    autocompletion({ override: [complete], icons: false }),
    placeholder("schema: offtake/agreement@1"),
    // Escape and then Tab leaves the editor: nobody is caught in it.
    keymap.of([...completionKeymap, ...defaultKeymap, ...historyKeymap, ...lintKeymap, indentWithTab]),
    EditorView.contentAttributes.of({ "aria-label": label, spellcheck: "false" }),
    EditorView.updateListener.of((update) => {
      if (update.docChanged && !update.transactions.some((one) => one.annotation(FromOutside)))
        changed(update.state.doc.toString());
    }),
    THEME,
  ];
}

function check(text: string, zone: string): readonly Diagnostic[] {
  if (text.trim() === "") return [];
  const parsed = parseAgreement({ name: "agreement.yaml", text }, { zone: zone as never });
  if (parsed.ok) return [];
  return parsed.problems.map(({ line, column, message, expected, didYouMean = [] }) => {
    const near = didYouMean.length === 0 ? "" : ` Did you mean ${didYouMean.join(" or ")}?`;
    const wanted = expected === "" ? "" : `; expected: ${expected}.`;
    return diagnosticOf(text, { place: { line, column }, message: `${message}${wanted}${near}` });
  });
}

/** From the place to the end of its word; the whole line where nothing stands there. */
function diagnosticOf(text: string, { place, message }: WrongAt): Diagnostic {
  const from = offsetOf(text, place);
  const word = /^[^\s:,[\]{}]+/.exec(text.slice(from))?.[0] ?? "";
  const [start, end] = lineAround(text, place);
  return word === ""
    ? { from: start, to: end, severity: "error", message }
    : { from, to: from + word.length, severity: "error", message };
}

function complete(context: CompletionContext) {
  const place = placeOf(context.state.doc.sliceString(0, context.pos));
  if (place === undefined || (place.word === "" && !context.explicit)) return null;
  const isKey = place.key === undefined;
  const found = place.key === undefined ? keysAt(SCHEMA, place) : valuesAt(SCHEMA, place, place.key);
  return {
    from: context.pos - place.word.length,
    validFor: /^[\w.-]*$/,
    options: found.map(({ word, about, isRequired }) => ({
      label: word,
      type: isKey ? "property" : "enum",
      apply: isKey ? `${word}: ` : word,
      ...(about === "" ? {} : { info: about }),
      ...(isRequired ? { detail: "needed", boost: 1 } : {}),
    })),
  };
}

const COLOURS = HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: "var(--accent)" },
  { tag: [tags.string, tags.special(tags.string), tags.attributeValue], color: "var(--ink)" },
  { tag: [tags.comment, tags.lineComment], color: "var(--ink-soft)", fontStyle: "italic" },
  { tag: [tags.separator, tags.punctuation, tags.squareBracket, tags.brace], color: "var(--ink-soft)" },
]);

const THEME = EditorView.theme({
  "&": { height: "100%", fontSize: "12px", backgroundColor: "var(--panel)", color: "var(--ink)" },
  "&.cm-focused": { outline: "2px solid var(--accent)", outlineOffset: "-2px" },
  ".cm-scroller": { fontFamily: '"IBM Plex Mono", monospace', lineHeight: "1.6" },
  ".cm-content": { caretColor: "var(--ink)" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  ".cm-gutters": { backgroundColor: "var(--sunken)", color: "var(--ink-soft)", border: "none" },
  ".cm-activeLine": { backgroundColor: "var(--hover)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
    backgroundColor: "var(--selected)",
  },
  ".cm-placeholder": { color: "var(--ink-soft)" },
  ".cm-tooltip": {
    backgroundColor: "var(--raised)",
    color: "var(--ink)",
    border: "1px solid var(--line-strong)",
    borderRadius: "6px",
    maxWidth: "32rem",
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]": {
    backgroundColor: "var(--accent)",
    color: "var(--on-accent)",
  },
  ".cm-completionDetail": { fontStyle: "normal", color: "inherit" },
  ".cm-diagnostic-error": { borderLeft: "4px solid var(--breach)" },
  ".cm-lintRange-error": {
    backgroundImage: "none",
    textDecoration: "underline wavy var(--breach)",
    textUnderlineOffset: "3px",
  },
  ".cm-lint-marker-error": { content: "none" },
  ".cm-lint-marker-error::before": { content: '"✕"', color: "var(--breach)", fontSize: "11px" },
});
