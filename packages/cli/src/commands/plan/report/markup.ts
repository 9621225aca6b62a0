/** Text for HTML and SVG, in content and in attributes. */
export function escaped(text: string | number): string {
  return String(text)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

/** `<tag attributes>content</tag>`; the content is markup already, attributes are not. */
export function element(tag: string, attributes: Readonly<Record<string, string | number>>, content = ""): string {
  const written = Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${escaped(value)}"`)
    .join("");
  return `<${tag}${written}>${content}</${tag}>`;
}

export const joined = (parts: readonly string[]): string => parts.join("\n");

export interface Cell {
  readonly text: string;
  readonly align?: "right";
  /** Markup in place of the text. */
  readonly markup?: string;
}

/** A table with a caption, the first cell of each row its head. */
export function table(caption: string, columns: readonly Cell[], rows: readonly (readonly Cell[])[]): string {
  const cell = (tag: string, one: Cell, more: Readonly<Record<string, string>> = {}): string =>
    element(tag, { ...(one.align === undefined ? {} : { class: "num" }), ...more }, one.markup ?? escaped(one.text));
  const head = element("tr", {}, columns.map((one) => cell("th", one, { scope: "col" })).join(""));
  const body = rows.map((row) =>
    element(
      "tr",
      {},
      row.map((one, index) => (index === 0 ? cell("th", one, { scope: "row" }) : cell("td", one))).join(""),
    ),
  );
  const inside = `${element("caption", {}, escaped(caption))}<thead>${head}</thead><tbody>${body.join("")}</tbody>`;
  return element(
    "div",
    { class: "scroll", tabindex: 0, role: "region", "aria-label": caption },
    element("table", {}, inside),
  );
}
