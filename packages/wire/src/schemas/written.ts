const LINE_CHARS_MAX = 140;

/** JSON for reading and for keeping: what fits into a line stands in one, the rest is indented by two blanks. */
export function writtenSchema(value: unknown, indent = "", before = 0): string {
  const short = JSON.stringify(value);
  if (typeof value !== "object" || value === null || indent.length + before + short.length <= LINE_CHARS_MAX)
    return short;
  const inner = `${indent}  `;
  const lines = Array.isArray(value)
    ? value.map((item) => inner + writtenSchema(item, inner))
    : Object.entries(value).map(([key, item]) => {
        const head = `${JSON.stringify(key)}: `;
        return inner + head + writtenSchema(item, inner, head.length);
      });
  const [open, close] = Array.isArray(value) ? ["[", "]"] : ["{", "}"];
  return `${open}\n${lines.join(",\n")}\n${indent}${close}`;
}
