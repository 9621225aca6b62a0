import { type ReactNode, useEffect, useState } from "react";
import { Button } from "../surface/button.tsx";

interface CopyButtonProps {
  readonly text: string;
  readonly children: ReactNode;
  readonly look?: "plain" | "quiet";
  readonly label?: string;
}

const SHOWN_MS = 1_600;

/** Puts a text on the clipboard, exactly as it is, and says so. Where the browser allows no clipboard the text is shown for copying by hand. */
export function CopyButton({ text, children, look = "quiet", label }: CopyButtonProps) {
  const [state, setState] = useState<"idle" | "copied" | "refused">("idle");
  useEffect(() => {
    if (state !== "copied") return undefined;
    const timer = setTimeout(() => setState("idle"), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [state]);
  const copy = (): void => {
    navigator.clipboard.writeText(text).then(
      () => setState("copied"),
      () => setState("refused"),
    );
  };
  return (
    <>
      <Button look={look} onPress={copy} {...(label === undefined ? {} : { "aria-label": label })}>
        {state === "copied" ? "Copied" : children}
      </Button>
      <span aria-live="polite" className="sr-only">
        {state === "copied" ? "Copied" : ""}
      </span>
      {state === "refused" ? (
        <input
          readOnly
          aria-label="Copy by hand"
          value={text}
          className="w-64 rounded border border-field-line bg-panel px-2 font-mono text-xs"
          autoFocus
          onFocus={(event) => event.target.select()}
        />
      ) : undefined}
    </>
  );
}
