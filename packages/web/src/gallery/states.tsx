import { moneyText, shortMoneyText } from "../amounts/money.ts";
import { PartyStrip } from "../parties/party-strip.tsx";
import { Badge } from "../states/badge.tsx";
import { FAMILIES, MEANING } from "../states/families.ts";
import { stateOf } from "../states/state-of.ts";
import { Button } from "../surface/button.tsx";
import { KeyFigures } from "../surface/key-figures.tsx";
import { Panel } from "../surface/panel.tsx";
import { Room, Shown } from "./room.tsx";

const TOTAL = { amount: "21894019.20", currency: "USD" };

const KINDS = [
  [
    "requests",
    ["open", "awaiting_approval", "held", "resting", "awarded_full", "awarded_part", "unfilled", "withdrawn"],
  ],
  ["notices", ["sent", "open", "accepted", "part_accepted", "refused", "lapsed", "waived", "suspended"]],
  ["agreements", ["draft", "signed", "active", "conflicted", "suspended", "terminated"]],
  ["awards", ["issued", "held", "confirmed", "defaulted"]],
] as const;

export function States() {
  return (
    <Room title="States, figures, buttons">
      <Panel title="Five families">
        <dl className="grid gap-2 sm:grid-cols-5">
          {FAMILIES.map((family) => (
            <div key={family} className="space-y-1">
              <dt>
                <Badge family={family} word={family} />
              </dt>
              <dd className="text-xs text-ink-soft">{MEANING[family]}</dd>
              <dd>
                <Badge family={family} word="in part" partial />
              </dd>
            </div>
          ))}
        </dl>
      </Panel>
      <Panel title="Words of each kind">
        <div className="space-y-3">
          {KINDS.map(([kind, statuses]) => (
            <Shown key={kind} name={kind}>
              <div className="flex flex-wrap gap-2">
                {statuses.map((status) => (
                  <Badge key={status} {...stateOf(kind, status)} />
                ))}
              </div>
            </Shown>
          ))}
        </div>
      </Panel>
      <KeyFigures
        figures={[
          { label: "Asked for", value: "4,096", note: "× h100-sxm-80gb" },
          { label: "Covered", value: "2,500", note: "61.0 %", family: "secured" },
          { label: "Total", value: shortMoneyText(TOTAL), exact: moneyText(TOTAL), note: moneyText(TOTAL) },
          { label: "Blended", value: moneyText({ amount: "2.4746", currency: "USD" }), note: "per accelerator-hour" },
          { label: "Due in", value: "6 m 12 s", note: "bids by 17:00 PDT", family: "breach" },
        ]}
      />
      <div className="overflow-hidden rounded-lg border border-line">
        <PartyStrip name="Ember Compute" why="demo">
          <Button look="plain">See as Aurora Labs</Button>
        </PartyStrip>
      </div>
      <Panel title="Buttons">
        <div className="flex flex-wrap items-center gap-2">
          <Button look="main">Submit answer</Button>
          <Button>Preview as buyer</Button>
          <Button look="quiet">Cancel</Button>
          <Button look="severe">Terminate</Button>
          <Button look="main" disabledReason="The deadline has passed">
            Submit answer
          </Button>
        </div>
      </Panel>
    </Room>
  );
}
