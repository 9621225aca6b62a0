import { type Cell, cellText } from "./cells.ts";
import { readLength } from "./lengths.ts";
import { folded, isNothing, keep, NOTHING, read, type Reading, refuse, shown } from "./reading.ts";

const AUTOMATIC =
  /^(?:yes|ja|oui|y|j|o|x|true|automatic(?:ally)?|auto|automatisch|automatique|tacit|tacite|auto renewal|tacite reconduction)$/;
const NONE = /^(?:no|nein|non|n|false|none|keine|aucun|aucune|ends|endet|not renewed)$/;
const EVERGREEN =
  /^(?:evergreen|indefinite|open ended|until terminated|unbefristet|auf unbestimmte zeit|indeterminee|duree indeterminee)$/;

/** How an agreement goes on after its term: `none`, `evergreen`, or the length of each renewal. */
export function readRenewal(cell: Cell, unit: string | undefined): Reading {
  if (cell.kind === "truth") return cell.value ? keep("it renews itself, and for how long is not said") : read("none");
  const text = cellText(cell);
  const words = folded(text);
  if (NONE.test(words)) return read("none");
  if (text === "" || isNothing(text)) return NOTHING;
  if (EVERGREEN.test(words)) return read("evergreen");
  if (AUTOMATIC.test(words)) return keep("it renews itself, and for how long is not said");
  const length = text
    .replace(
      /^(?:yes|ja|oui|auto(?:matic(?:ally)?|matisch|matique)?|renews?|verlängert(?: sich)?|reconduction|tacite)[\s,:;–-]*/gi,
      "",
    )
    .replace(/^(?:for|by|um|je|jeweils|de|pour|another|weitere|successive)\s+/gi, "")
    .replace(/[\s,]*(?:each|terms?|periods?|renewals?|at a time)$/i, "");
  const yearly = /^(?:yearly|annual(?:ly)?|jährlich|annuelle(?:ment)?)$/i.test(length) ? read("1 year") : undefined;
  const reading = yearly ?? readLength({ kind: "text", text: length }, { unit, months: true });
  if (reading.kind === "read" && /business/.test(reading.value))
    return refuse("wrong_unit", `${shown(text)}: a term runs in days, months or years`);
  return reading.kind === "refused"
    ? { ...reading, expected: "none, evergreen, or a term such as 12 months" }
    : reading;
}
