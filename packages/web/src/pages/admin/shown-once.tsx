import { CopyButton } from "../../copy/copy-button.tsx";
import { Button } from "../../surface/button.tsx";

interface ShownOnceProps {
  readonly title: string;
  readonly secret: string;
  readonly note: string;
  readonly onDone: () => void;
}

/** A secret that the broker shows this once and never again. */
export function ShownOnce({ title, secret, note, onDone }: ShownOnceProps) {
  return (
    <div role="status" className="space-y-2 rounded-lg border border-attention bg-attention-ground px-4 py-3">
      <p className="font-medium">{title}</p>
      <p className="flex flex-wrap items-center gap-2">
        <code className="min-w-0 select-all break-all rounded border border-line bg-panel px-2 py-1 font-mono text-xs">
          {secret}
        </code>
        <CopyButton text={secret} look="plain">
          Copy
        </CopyButton>
        <Button onPress={onDone}>I have it</Button>
      </p>
      <p className="text-xs text-ink-soft">{note}</p>
    </div>
  );
}
