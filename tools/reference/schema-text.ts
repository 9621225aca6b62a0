/** The part of JSON Schema that the published schemas use. */
export interface Node {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Node>>;
  readonly required?: readonly string[];
  readonly items?: Node;
  readonly additionalProperties?: Node | boolean;
  readonly anyOf?: readonly Node[];
  readonly allOf?: readonly Node[];
  readonly oneOf?: readonly Node[];
  readonly enum?: readonly string[];
  readonly const?: string;
  readonly $ref?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly examples?: readonly unknown[];
  readonly definitions?: Readonly<Record<string, Node>>;
}

export interface KeyRow {
  readonly key: string;
  readonly takes: string;
  readonly standard: string;
  readonly meaning: string;
}

type Link = (kind: string) => string;

const kindOf = (node: Node): string | undefined => (node.$ref ?? node.allOf?.[0]?.$ref)?.replace("#/definitions/", "");

/** One row for each key, and for the keys of groups that have no name of their own, under a path such as `tail.days`. */
export function keyRows(node: Node, link: Link, prefix = ""): KeyRow[] {
  const required = new Set(node.required ?? []);
  return Object.entries(node.properties ?? {}).flatMap(([name, child]) => {
    const key = `${prefix}${name}`;
    const { meaning, standard } = split(child.description ?? "");
    const row = { key, takes: typeText(child, link), standard: required.has(name) ? "required" : standard, meaning };
    return [
      row,
      ...groupsIn(child).flatMap(({ group, isList }) => keyRows(group, link, `${key}${isList ? "[]" : ""}.`)),
    ];
  });
}

/** "..., Default: 5." apart: what it means and what stands in its place. */
function split(description: string): { meaning: string; standard: string } {
  const match = /\s*Default: (.+?)\.(?=\s|$)/.exec(description);
  if (match === null) return { meaning: description, standard: "" };
  return { meaning: description.replace(match[0], "").trim(), standard: match[1] ?? "" };
}

/** Groups of keys without a name inside a value. */
function groupsIn(node: Node): { group: Node; isList: boolean }[] {
  if (kindOf(node) !== undefined) return [];
  if (node.properties !== undefined) return [{ group: node, isList: false }];
  const found = (node.anyOf ?? node.oneOf ?? []).flatMap(groupsIn);
  const inList = node.items === undefined ? [] : groupsIn(node.items).map(({ group }) => ({ group, isList: true }));
  const all = [...found, ...inList];
  return all.filter(({ group }, index) => all.findIndex((one) => sameKeys(one.group, group)) === index);
}

const sameKeys = (a: Node, b: Node): boolean =>
  Object.keys(a.properties ?? {}).join() === Object.keys(b.properties ?? {}).join();

/** What a key takes, in words. */
export function typeText(node: Node, link: Link): string {
  const kind = kindOf(node);
  if (kind !== undefined) return link(kind);
  if (node.const !== undefined) return `\`${node.const}\``;
  if (node.enum !== undefined) return node.enum.map((one) => `\`${one}\``).join(", ");
  const alternatives = node.anyOf ?? node.oneOf;
  if (alternatives !== undefined) return alternativesText(alternatives, link);
  if (node.items !== undefined) return `list of ${typeText(node.items, link)}`;
  if (node.properties !== undefined) return "keys below";
  if (typeof node.additionalProperties === "object") return `by name: ${typeText(node.additionalProperties, link)}`;
  return plainText(node);
}

function alternativesText(alternatives: readonly Node[], link: Link): string {
  const [first, second] = alternatives;
  if (first !== undefined && alternatives.length === 2 && second?.items !== undefined && same(first, second.items)) {
    return `${typeText(first, link)}, or a list`;
  }
  return [...new Set(alternatives.map((one) => typeText(one, link)))].join(" or ");
}

const same = (a: Node, b: Node): boolean => JSON.stringify(a) === JSON.stringify(b);

function plainText(node: Node): string {
  switch (node.type) {
    case "boolean":
      return "`true`, `false`";
    case "integer":
      return node.minimum === undefined || node.maximum === undefined
        ? "whole number"
        : `whole number, ${node.minimum} to ${node.maximum}`;
    case "number":
      return "number";
    case "string":
      return "text";
    default:
      return "anything";
  }
}
