export interface Column {
  readonly title: string;
  readonly align?: "left" | "right";
}

/** Columns apart by two blanks, no lines: copies well and reads without a terminal. Cells are cut nowhere. */
export function tableText(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const widths = columns.map((column, index) =>
    Math.max(column.title.length, ...rows.map((row) => lengthOf(row[index] ?? ""))),
  );
  const line = (cells: readonly string[]): string =>
    columns
      .map((column, index) => pad(cells[index] ?? "", widths[index] ?? 0, column.align ?? "left"))
      .join("  ")
      .trimEnd();
  return [line(columns.map((column) => column.title)), ...rows.map(line)].map((text) => `${text}\n`).join("");
}

function pad(text: string, width: number, align: "left" | "right"): string {
  const blanks = " ".repeat(Math.max(0, width - lengthOf(text)));
  return align === "left" ? text + blanks : blanks + text;
}

/** Characters as seen: colour codes take no place. */
function lengthOf(text: string): number {
  // oxlint-disable-next-line no-control-regex
  return Array.from(text.replaceAll(/\u001b\[\d+m/g, "")).length;
}

/** Breaks at blanks so that no line is longer than `width`, save for words that are. */
export function wrapText(text: string, width: number, indent = ""): string {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/).filter((item) => item !== "")) {
    if (line !== "" && indent.length + line.length + 1 + word.length > width) {
      lines.push(indent + line);
      line = word;
    } else {
      line = line === "" ? word : `${line} ${word}`;
    }
  }
  if (line !== "") lines.push(indent + line);
  return lines.join("\n");
}

/** Breaks each line of an indented list, what follows below the text of its bullet. */
export function wrapList(text: string, width: number): string {
  return text
    .split("\n")
    .map((line) => {
      const [head = ""] = /^ *(?:[*·!-] )?/.exec(line) ?? [];
      const hang = " ".repeat(head.length);
      return head + wrapText(line.slice(head.length), width, hang).slice(hang.length);
    })
    .join("\n");
}
