import type { Page } from "playwright-core";

/** What makes a page scroll sideways: nothing but a table or a chart may, and those in themselves (WCAG 1.4.10). */
export async function wideAt(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const room = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= room) return [];
    const over = [...document.querySelectorAll("body *")].filter((one) => one.getBoundingClientRect().right > room + 1);
    return [`${document.documentElement.scrollWidth} px: ${over.at(-1)?.outerHTML.slice(0, 200) ?? ""}`];
  });
}

/**
 * What cannot be told any more where the system's own few colours take the place of ours: words and lines that are drawn, states that
 * only a ground told, what is pressed or where one is.
 */
export async function lostWithoutColours(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const lost: string[] = [];
    const isSeen = (one: Element): boolean =>
      one.getClientRects().length > 0 && getComputedStyle(one).visibility === "visible";
    const probe = document.body.appendChild(document.createElement("i"));
    probe.style.backgroundColor = "Canvas";
    const ground = getComputedStyle(probe).backgroundColor;
    probe.remove();
    const short = (one: Element): string => one.outerHTML.slice(0, 160);
    for (const drawn of document.querySelectorAll("main svg")) {
      if (!isSeen(drawn)) continue;
      const parts = [...drawn.querySelectorAll("path, line, rect, circle, polyline, polygon, text")];
      const shows = (one: Element): boolean => {
        const { fill, stroke } = getComputedStyle(one);
        return [fill, stroke].some((colour) => colour !== "none" && colour !== ground);
      };
      if (parts.length > 0 && !parts.some(shows)) lost.push(`nothing of a drawing is seen: ${short(drawn)}`);
    }
    // A state has a line around it in the place of its ground.
    for (const badge of document.querySelectorAll("[data-badge]"))
      if (isSeen(badge) && Number.parseFloat(getComputedStyle(badge).borderTopWidth) === 0)
        lost.push(`a state without a line around it: ${short(badge)}`);
    // What is pressed, chosen or open differs from its neighbours by more than its ground.
    const chosen = "[aria-pressed=true], [aria-current=page], [aria-selected=true]";
    for (const one of document.querySelectorAll(`main :is(${chosen})`)) {
      const others = [...(one.parentElement?.parentElement?.querySelectorAll("a, button, [role=tab]") ?? [])].filter(
        (other) => other !== one && other.tagName === one.tagName && !other.matches(chosen) && isSeen(other),
      );
      const look = (of: Element): string => {
        const { borderBottomWidth, borderTopWidth, outlineWidth, outlineStyle, fontWeight, textDecorationLine } =
          getComputedStyle(of);
        const sign = of.querySelector("[aria-hidden=true]") !== null;
        return [
          borderBottomWidth,
          borderTopWidth,
          outlineWidth,
          outlineStyle,
          fontWeight,
          textDecorationLine,
          sign,
        ].join(" ");
      };
      if (isSeen(one) && others.length > 0 && others.every((other) => look(other) === look(one)))
        lost.push(`what is chosen looks like what is not: ${short(one)}`);
    }
    return lost;
  });
}
