import type { ReactNode } from "react";
import { Button } from "../surface/button.tsx";
import { Panel } from "../surface/panel.tsx";
import { useWriteReason } from "../surface/read-only.ts";

interface SendFormProps {
  readonly title: string;
  readonly foot: ReactNode;
  /** What is on the button that sends it. */
  readonly label: string;
  /** The operation of the API that sends it. */
  readonly operation: string;
  readonly look?: "main" | "severe";
  /** Why it cannot be sent now. */
  readonly reason: string | undefined;
  readonly failure: string | undefined;
  readonly onSend: () => void;
  readonly children: ReactNode;
}

/** A form that is sent to the broker: its button says what it does, or why it cannot be done now. */
export function SendForm({
  title,
  foot,
  label,
  operation,
  look = "main",
  reason: own,
  failure,
  onSend,
  children,
}: SendFormProps) {
  const reason = useWriteReason(own, operation);
  return (
    <Panel title={title} foot={foot}>
      <form
        className="space-y-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (reason === undefined) onSend();
        }}
      >
        {children}
        {failure === undefined ? undefined : (
          <p role="alert" className="rounded-md border border-breach bg-breach-ground px-3 py-2 text-breach">
            {failure}
          </p>
        )}
        <div className="space-y-1">
          <Button type="submit" look={look} disabledReason={reason} className="h-9 w-full justify-center">
            {label}
          </Button>
          {reason === undefined ? undefined : <p className="text-xs text-ink-soft">{reason}</p>}
        </div>
      </form>
    </Panel>
  );
}
