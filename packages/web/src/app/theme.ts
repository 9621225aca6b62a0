import { useSyncExternalStore } from "react";

/** As the system has it, or as somebody chose for this browser. */
export type Theme = "system" | "light" | "dark";

const KEY = "offtake-theme";
const THEMES: readonly Theme[] = ["system", "light", "dark"];
const listeners = new Set<() => void>();

function stored(): Theme {
  try {
    const found = localStorage.getItem(KEY);
    return THEMES.find((theme) => theme === found) ?? "system";
  } catch {
    return "system";
  }
}

let theme = stored();

function show(): void {
  if (theme === "system") delete document.documentElement.dataset["theme"];
  else document.documentElement.dataset["theme"] = theme;
}

/** Once, before anything is drawn. */
export const startTheme = show;

export function setTheme(chosen: Theme): void {
  theme = chosen;
  try {
    localStorage.setItem(KEY, chosen);
  } catch {
    // A browser that keeps nothing: the choice holds until the page is left.
  }
  show();
  for (const changed of listeners) changed();
}

export function useTheme(): Theme {
  return useSyncExternalStore(
    (changed) => {
      listeners.add(changed);
      return () => listeners.delete(changed);
    },
    () => theme,
  );
}

/** What one gets by pressing: the other of light and dark, and never by surprise. */
export function otherTheme(current: Theme): Theme {
  const isDark = current === "dark" || (current === "system" && matchMedia("(prefers-color-scheme: dark)").matches);
  return isDark ? "light" : "dark";
}
