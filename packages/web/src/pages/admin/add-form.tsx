import type { ReactNode } from "react";
import { Button } from "../../surface/button.tsx";
import { Panel } from "../../surface/panel.tsx";
import { useWriteReason } from "../../surface/read-only.ts";

interface AddFormProps {
  readonly title: string;
  /** What is on the button that does it. */
  readonly label: string;
  /** Why it cannot be done now. */
  readonly reason: string | undefined;
  readonly onAdd: () => void;
  readonly onDone: () => void;
  readonly children: ReactNode;
}

/** Adds something to what the party has, or lets it be. */
export function AddForm({ title, label, reason: own, onAdd, onDone, children }: AddFormProps) {
  const reason = useWriteReason(own);
  return (
    <Panel title={title}>
      <form
        className="space-y-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (reason === undefined) onAdd();
        }}
      >
        {children}
        <div className="flex gap-2">
          <Button type="submit" look="main" disabledReason={reason}>
            {label}
          </Button>
          <Button onPress={onDone}>Cancel</Button>
        </div>
      </form>
    </Panel>
  );
}
