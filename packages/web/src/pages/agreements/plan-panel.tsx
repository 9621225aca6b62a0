import type { ReactNode } from "react";
import { ReceiptCard } from "../../receipts/receipt.tsx";
import { Button } from "../../surface/button.tsx";
import { Panel } from "../../surface/panel.tsx";
import { Planned } from "./planned.tsx";
import type { Planning } from "./planning.ts";
import { Wrongs } from "./wrongs.tsx";

interface PlanPanelProps {
  readonly planning: Planning;
  /** Why there is nothing that could be planned. */
  readonly reason: string | undefined;
  /** Called once it is recorded. */
  readonly onRecorded: () => void;
  /** Goes to where something is wrong, where there is such a place. */
  readonly onGo?: (line: number, column: number | undefined) => void;
  /** What stands there until something was planned. */
  readonly children?: ReactNode;
}

/** An agreement, planned before it is recorded and recorded exactly as planned; above it the proof, once it is. */
export function PlanPanel({ planning, reason, onRecorded, onGo, children }: PlanPanelProps) {
  const { plan, wrong, receipt } = planning;
  return (
    <>
      {receipt === undefined ? undefined : <ReceiptCard receipt={receipt} title="The agreement is recorded" />}
      <Panel title="What it would change">
        <div className="space-y-4">
          <div className="flex flex-wrap gap-2">
            <Button onPress={() => void planning.makePlan()} disabledReason={reason}>
              Plan
            </Button>
            <Button
              writes
              operation="agreementApply"
              look="main"
              onPress={() => void planning.apply(onRecorded)}
              disabledReason={planning.whyNot}
            >
              Record as planned
            </Button>
          </div>
          {wrong === undefined ? undefined : <Wrongs {...wrong} {...(onGo === undefined ? {} : { onGo })} />}
          {plan === undefined ? undefined : <Planned plan={plan} />}
          {plan === undefined && wrong === undefined ? children : undefined}
        </div>
      </Panel>
    </>
  );
}
