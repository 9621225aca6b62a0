import type { Page } from "playwright-core";

/**
 * What is plainly wrong on a page as it is drawn now, one line each: words that are cut or lie on one another, a panel that says nothing,
 * what only a program should read, headings out of order, a page that scrolls sideways.
 */
export async function plainFaults(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const faults: string[] = [];
    const short = (one: Element): string => one.outerHTML.replaceAll(/\s+/g, " ").slice(0, 160);
    const isSeen = (one: Element): boolean =>
      one.checkVisibility({ opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: true });
    /** Only for those who hear a page. */
    const isHeard = (one: Element): boolean =>
      one.closest(".sr-only") !== null || one.getBoundingClientRect().width <= 1;

    const room = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth > room)
      faults.push(`it scrolls sideways: ${document.documentElement.scrollWidth} px in ${room}`);

    const levels = [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")]
      .filter((one) => isSeen(one))
      .map((one) => [Number(one.tagName[1]), one.textContent ?? ""] as const);
    if (levels.filter(([level]) => level === 1).length !== 1) faults.push("it has not one heading of the first level");
    for (const [index, [level, text]] of levels.entries())
      if (level > (levels[index - 1]?.[0] ?? 0) + 1) faults.push(`heading ${level} out of order: ${text}`);

    for (const panel of document.querySelectorAll("main section")) {
      if (!isSeen(panel)) continue;
      const title = panel.querySelector("h2, h3")?.textContent ?? "";
      const words = (panel.textContent ?? "").replace(title, "").trim();
      if (words === "" && panel.querySelector("input, textarea, button, img") === null)
        faults.push(`a panel without words: ${title}`);
    }

    interface Word {
      readonly one: Element;
      readonly text: string;
      readonly boxes: readonly DOMRect[];
    }
    const words: Word[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const one = node.parentElement;
      const text = node.textContent?.trim() ?? "";
      if (one === null || text === "" || one.closest("script, style, title, desc, template") !== null) continue;
      if (!isSeen(one) || isHeard(one)) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const boxes = [...range.getClientRects()].filter(({ width, height }) => width > 1 && height > 1);
      if (boxes.length > 0) words.push({ one, text, boxes });
    }

    // What is written for programs stands in their type, and nowhere else.
    const FOR_PROGRAMS = "code, pre, .font-mono, textarea, input, .cm-editor";
    const RAW =
      /\bundefined\b|\bNaN\b|\[object |\bnull\b|\d{4}-\d\d-\d\dT\d\d|\b[a-z]+_[a-z_]+\b|\b(?:Infinity|Invalid Date)\b/;
    for (const { one, text } of words)
      if (RAW.test(text) && one.closest(FOR_PROGRAMS) === null) faults.push(`raw: ${text.slice(0, 120)}`);

    /** What shows a part of a box: every ancestor that cuts what leaves it. */
    const cutBy = (one: Element, box: DOMRect): Element | undefined => {
      for (let up: Element | null = one; up !== null && up !== document.body; up = up.parentElement) {
        const { overflowX, position } = getComputedStyle(up);
        if (position === "fixed") return undefined;
        if (overflowX === "visible") continue;
        // Somebody can go on in it by themselves.
        if (overflowX === "auto" || overflowX === "scroll") return undefined;
        const { left, right } = up.getBoundingClientRect();
        if (box.left < left - 1 || box.right > right + 1) return up;
      }
      return undefined;
    };
    for (const { one, text, boxes } of words)
      for (const box of boxes) {
        const cut = cutBy(one, box);
        // An ellipsis says that there is more, and pointing at it says what.
        const isSaid =
          cut !== undefined &&
          getComputedStyle(cut).textOverflow === "ellipsis" &&
          (cut.closest("[title]") ?? one.closest("[title]") ?? cut.closest("a, button, [role=row]")) !== null;
        if (cut !== undefined && !isSaid) faults.push(`cut: ${text.slice(0, 80)} in ${short(cut)}`);
      }

    /** Whether somebody sees it without going on in a part that scrolls by itself. */
    const isInSight = (one: Element, box: DOMRect): boolean => {
      for (let up: Element | null = one; up !== null && up !== document.body; up = up.parentElement) {
        const { overflowY, position } = getComputedStyle(up);
        if (position === "fixed") return true;
        const { top, bottom } = up.getBoundingClientRect();
        if (overflowY !== "visible" && (box.top < top - 1 || box.bottom > bottom + 1)) return false;
      }
      return true;
    };
    const lies = (a: DOMRect, b: DOMRect): boolean =>
      Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2 &&
      Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 4;
    /** What lies above the page on purpose: the header that stays, menus, toasts. */
    const layerOf = (one: Element): Element | null => {
      for (let up: Element | null = one; up !== null; up = up.parentElement)
        if (["fixed", "sticky"].includes(getComputedStyle(up).position)) return up;
      return null;
    };
    const placed = words
      .flatMap(({ one, text, boxes }) => boxes.map((box) => ({ one, text, box, layer: layerOf(one) })))
      .filter(({ one, box }) => cutBy(one, box) === undefined && isInSight(one, box))
      .toSorted((a, b) => a.box.top - b.box.top);
    for (const [index, a] of placed.entries())
      for (let at = index + 1; at < placed.length; at += 1) {
        const b = placed[at];
        if (b === undefined || b.box.top >= a.box.bottom) break;
        if (a.one === b.one || a.layer !== b.layer || !lies(a.box, b.box)) continue;
        faults.push(`on one another: ${a.text.slice(0, 60)} and ${b.text.slice(0, 60)}`);
      }
    return [...new Set(faults)];
  });
}
