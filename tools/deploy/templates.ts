import { stringify } from "yaml";

// Renders the templates of our chart as Helm would, for the lint of this folder: there is no Helm where the checks run. It knows the
// actions that our templates use and throws on every other one, so that a template never passes because something in it was
// not understood.

type Node =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "value"; readonly expression: string }
  | { readonly kind: "if" | "with"; readonly expression: string; readonly body: Node[]; readonly otherwise: Node[] };

/** Defined templates by name. */
export type Templates = Map<string, readonly Node[]>;

/** Reads a template file; what it defines goes into `templates`. */
export function parseTemplate(text: string, templates: Templates): readonly Node[] {
  const pieces = text.split(/(\{\{-?[\s\S]*?-?\}\})/);
  const root: Node[] = [];
  // What is being filled, and where it goes on when its block ends.
  const open: { into: Node[]; readonly block: Extract<Node, { body: Node[] }> | "define" }[] = [];
  let into = root;
  for (const [index, piece] of pieces.entries()) {
    if (index % 2 === 0) {
      let kept = piece;
      if (pieces[index - 1]?.endsWith("-}}") === true) kept = kept.trimStart();
      if (pieces[index + 1]?.startsWith("{{-") === true) kept = kept.trimEnd();
      if (kept !== "") into.push({ kind: "text", text: kept });
      continue;
    }
    const action = piece.replace(/^\{\{-?\s*|\s*-?\}\}$/g, "");
    const [word = ""] = action.split(/\s/);
    if (word === "end") {
      const ended = open.pop();
      if (ended === undefined) throw new Error("{{ end }} without a beginning");
      into = ended.into;
    } else if (word === "else") {
      const block = open.at(-1)?.block;
      if (block === undefined || block === "define") throw new Error("{{ else }} outside of a block");
      into = block.otherwise;
    } else if (word === "define") {
      const name = /^define "([^"]+)"$/.exec(action)?.[1];
      if (name === undefined) throw new Error(`not understood: ${piece}`);
      const body: Node[] = [];
      templates.set(name, body);
      open.push({ into, block: "define" });
      into = body;
    } else if (word === "if" || word === "with") {
      const block: Extract<Node, { body: Node[] }> = {
        kind: word,
        expression: action.slice(word.length).trim(),
        body: [],
        otherwise: [],
      };
      into.push(block);
      open.push({ into, block });
      into = block.body;
    } else into.push({ kind: "value", expression: action });
  }
  if (open.length > 0) throw new Error("a block is not ended");
  return root;
}

/** The text of parsed nodes with `dot` as what `.` stands for. */
export function render(nodes: readonly Node[], dot: unknown, templates: Templates): string {
  let out = "";
  for (const node of nodes) {
    if (node.kind === "text") out += node.text;
    else if (node.kind === "value") out += textOf(evaluate(node.expression, dot, templates));
    else {
      const value = evaluate(node.expression, dot, templates);
      out += isTrue(value)
        ? render(node.body, node.kind === "with" ? value : dot, templates)
        : render(node.otherwise, dot, templates);
    }
  }
  return out;
}

const TOKEN = /\s*("(?:[^"\\]|\\.)*"|\(|\)|\||\.[\w.]*|\d+|[A-Za-z]\w*)/y;

function evaluate(expression: string, dot: unknown, templates: Templates): unknown {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < expression.trimEnd().length) {
    const at = TOKEN.lastIndex;
    const token = TOKEN.exec(expression)?.[1];
    if (token === undefined) throw new Error(`not understood at ${at}: ${expression}`);
    tokens.push(token);
  }
  const value = pipeline();
  if (tokens.length > 0) throw new Error(`not understood: ${tokens.join(" ")} in ${expression}`);
  return value;

  function pipeline(): unknown {
    let last = command([]);
    while (tokens[0] === "|") {
      tokens.shift();
      last = command([last]);
    }
    return last;
  }

  function command(piped: readonly unknown[]): unknown {
    const first = tokens.shift();
    if (first === undefined) throw new Error(`nothing to evaluate in ${expression}`);
    if (!/^[A-Za-z]/.test(first)) {
      if (piped.length > 0) throw new Error(`${first} is no function in ${expression}`);
      return operand(first);
    }
    const args: unknown[] = [];
    while (tokens.length > 0 && tokens[0] !== "|" && tokens[0] !== ")") args.push(operand(tokens.shift() ?? ""));
    return call(first, [...args, ...piped]);
  }

  function operand(token: string): unknown {
    if (token === "(") {
      const value = pipeline();
      if (tokens.shift() !== ")") throw new Error(`a bracket is not closed in ${expression}`);
      return value;
    }
    if (token.startsWith('"')) return JSON.parse(token);
    if (/^\d+$/.test(token)) return Number(token);
    if (token.startsWith(".")) return lookUp(dot, token);
    throw new Error(`not understood: ${token} in ${expression}`);
  }

  function call(name: string, args: readonly unknown[]): unknown {
    const [a, b] = args;
    switch (name) {
      case "include": {
        const body = templates.get(String(a));
        if (body === undefined) throw new Error(`there is no template ${String(a)}`);
        return render(body, b, templates);
      }
      case "default":
        return isTrue(b) ? b : a;
      case "contains":
        return String(b).includes(String(a));
      case "printf":
        return String(a)
          .split("%s")
          .reduce((made, part, index) => made + textOf(args[index]) + part);
      case "quote":
        return JSON.stringify(textOf(a));
      case "trunc":
        return String(b).slice(0, Number(a));
      case "trimSuffix":
        return String(b).endsWith(String(a)) ? String(b).slice(0, -String(a).length) : b;
      case "toYaml":
        return stringify(a, { lineWidth: 0 }).trimEnd();
      case "nindent":
        return `\n${String(b)}`.replaceAll(/\n(?=.)/g, `\n${" ".repeat(Number(a))}`);
      default:
        throw new Error(`the function ${name} is not known to this lint: ${expression}`);
    }
  }
}

/** A key that is not there is a mistake in our templates, so it is one here; in Helm it would be empty. */
function lookUp(dot: unknown, path: string): unknown {
  let value = dot;
  for (const key of path.split(".").filter((part) => part !== "")) {
    if (typeof value !== "object" || value === null || !(key in value)) throw new Error(`${path} is not there`);
    value = (value as Readonly<Record<string, unknown>>)[key];
  }
  return value;
}

function isTrue(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0;
  if (typeof value === "object" && value !== null) return Object.keys(value).length > 0;
  return value !== undefined && value !== null && value !== false && value !== "" && value !== 0;
}

function textOf(value: unknown): string {
  return typeof value === "object" && value !== null ? JSON.stringify(value) : String(value);
}
