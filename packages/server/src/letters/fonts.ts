import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

/** A face that letters are set in. */
export type Face = "regular" | "bold" | "italic";

const PACKAGE = "@expo-google-fonts/noto-serif";
const FILES: Readonly<Record<Face, string>> = {
  regular: "400Regular/NotoSerif_400Regular.ttf",
  bold: "700Bold/NotoSerif_700Bold.ttf",
  italic: "400Regular_Italic/NotoSerif_400Regular_Italic.ttf",
};

let faces: Readonly<Record<Face, Buffer>> | undefined;

/** Noto Serif (SIL Open Font License 1.1): Latin, Greek and Cyrillic. Read once. */
export function letterFaces(): Readonly<Record<Face, Buffer>> {
  const { resolve } = createRequire(import.meta.url);
  const read = (face: Face): Buffer => readFileSync(resolve(`${PACKAGE}/${FILES[face]}`));
  faces ??= { regular: read("regular"), bold: read("bold"), italic: read("italic") };
  return faces;
}

/** A letter has characters that no font at hand can show: printed without them, a name would be another's. */
export class MissingGlyphs extends Error {
  readonly code = "letter_font_missing";
  readonly characters: string;

  constructor(characters: string) {
    super(`No font at hand shows ${characters}. Name a font file that does, and the letter is set with it as well.`);
    this.name = "MissingGlyphs";
    this.characters = characters;
  }
}
