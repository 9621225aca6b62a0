import type { Expression, ImportDeclaration, ExportNamedDeclaration } from "oxc-parser";
import { Visitor } from "oxc-parser";
import type { Source } from "../sources.ts";
import { lineOf, parse } from "../sources.ts";

/** One mention of another module, in whatever form: a static or dynamic import, a re-export, a type taken by `import("...")`. */
export interface Import {
  /** As written; undefined where a dynamic import computes the name. */
  readonly specifier: string | undefined;
  /** Erased when the program runs. */
  readonly typeOnly: boolean;
  readonly line: number;
}

export function importsOf(source: Source): Import[] {
  const found: Import[] = [];
  const add = (specifier: string | undefined, typeOnly: boolean, start: number): void => {
    found.push({ specifier, typeOnly, line: lineOf(source, start) });
  };
  new Visitor({
    ImportDeclaration: (node) => add(node.source.value, isTypeOnly(node), node.start),
    ExportAllDeclaration: (node) => add(node.source.value, node.exportKind === "type", node.start),
    ExportNamedDeclaration(node) {
      if (node.source !== null) add(node.source.value, isTypeOnlyExport(node), node.start);
    },
    ImportExpression: (node) => add(literalText(node.source), false, node.start),
    TSImportType: (node) => add(node.source.value, true, node.start),
    TSExternalModuleReference: (node) => add(node.expression.value, false, node.start),
  }).visit(parse(source));
  return found;
}

function isTypeOnly(node: ImportDeclaration): boolean {
  if (node.importKind === "type") return true;
  const all = node.specifiers;
  return all.length > 0 && all.every((one) => one.type === "ImportSpecifier" && one.importKind === "type");
}

function isTypeOnlyExport(node: ExportNamedDeclaration): boolean {
  if (node.exportKind === "type") return true;
  return node.specifiers.length > 0 && node.specifiers.every((one) => one.exportKind === "type");
}

function literalText(node: Expression): string | undefined {
  if (node.type === "Literal" && typeof node.value === "string") return node.value;
  if (node.type === "TemplateLiteral" && node.expressions.length === 0)
    return node.quasis[0]?.value.cooked ?? undefined;
  return undefined;
}
