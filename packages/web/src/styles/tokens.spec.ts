import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

const css = readFileSync(new URL("./tokens.css", import.meta.url), "utf8");

const THEMES = ["light", "dark"] as const;
type Theme = (typeof THEMES)[number];

/** A token as the sheet has it: `--name: light-dark(#light, #dark);`. */
function colour(name: string, theme: Theme): string {
  const match = new RegExp(`--${name}: light-dark\\((#[0-9a-f]{6}), (#[0-9a-f]{6})\\)`).exec(css);
  const value = match?.[theme === "light" ? 1 : 2];
  if (value === undefined) throw new Error(`there is no token ${name}`);
  return value;
}

/** Relative luminance, as WCAG 2.2 defines it. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

const FAMILIES = ["neutral", "waiting", "secured", "attention", "breach"] as const;
const GROUNDS = ["page", "panel", "raised", "sunken", "hover", "selected"] as const;

describe.each(THEMES)("colours of the %s theme", (theme) => {
  test.each(FAMILIES)("%s can be read on its own ground and on every surface", (family) => {
    const own = contrast(colour(family, theme), colour(`${family}-ground`, theme));
    const lowest = Math.min(...GROUNDS.map((ground) => contrast(colour(family, theme), colour(ground, theme))));
    expect(Math.min(own, lowest)).toBeGreaterThanOrEqual(4.5);
  });

  test.each(["ink", "ink-soft", "ink-faint"])("%s can be read on every surface", (ink) => {
    const lowest = Math.min(...GROUNDS.map((ground) => contrast(colour(ink, theme), colour(ground, theme))));
    expect(lowest).toBeGreaterThanOrEqual(4.5);
  });

  test("what is written on a filled ground can be read", () => {
    expect(contrast(colour("on-accent", theme), colour("accent", theme))).toBeGreaterThanOrEqual(4.5);
    expect(contrast(colour("on-accent", theme), colour("accent-hover", theme))).toBeGreaterThanOrEqual(4.5);
    expect(contrast(colour("on-secured-fill", theme), colour("secured-fill", theme))).toBeGreaterThanOrEqual(4.5);
  });

  test("the lines of fields and the fill of a bar stand out from what is around them", () => {
    for (const ground of ["panel", "page"] as const) {
      expect(contrast(colour("field-line", theme), colour(ground, theme))).toBeGreaterThanOrEqual(3);
      expect(contrast(colour("secured-fill", theme), colour(ground, theme))).toBeGreaterThanOrEqual(3);
    }
  });
});
