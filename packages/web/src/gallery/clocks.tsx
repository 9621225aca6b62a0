import { basisOf } from "../clock/basis.ts";
import { DeadlineClock } from "../clock/deadline-clock.tsx";
import { Instant } from "../clock/instant.tsx";
import { ViewingContext } from "../clock/viewing.ts";
import { Window } from "../clock/window.tsx";
import { StageLadder } from "../ladder/stage-ladder.tsx";
import { stagesOf } from "../ladder/stages.ts";
import { Panel } from "../surface/panel.tsx";
import { Room, Shown } from "./room.tsx";
import { only, toldTo } from "./told.ts";

const ZONES = { contract: "America/Los_Angeles", local: "Europe/Berlin" };
const AT = "2026-03-10T00:00:00Z";

const LEFT = [
  ["days", "2026-03-02T17:11:12Z"],
  ["under a day", "2026-03-09T14:30:00Z"],
  ["under an hour", "2026-03-09T23:47:48Z"],
  ["passed", "2026-03-10T00:00:00.001Z"],
] as const;

export function Clocks({ now }: { readonly now: number }) {
  const { all } = toldTo("aurora-labs", new Date(now).toISOString());
  const { clock } = only(all("notices")).view;
  const basis = clock === undefined ? [] : basisOf(clock, { n: 5, unit: "business-days", calendars: ["us-federal"] });
  return (
    <Room title="Clocks and stages">
      <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-4">
        {LEFT.map(([name, at]) => (
          <ViewingContext key={name} value={{ choice: "contract", zones: ZONES, now: () => Date.parse(at) }}>
            <Panel title={name}>
              <DeadlineClock
                at={AT}
                zone={ZONES.contract}
                label="Answer by"
                since="2026-03-02T17:00:00Z"
                basis={basis}
                silence="No answer = refused."
              />
            </Panel>
          </ViewingContext>
        ))}
      </div>
      <Panel title="Instants and windows">
        <ul className="space-y-1">
          <li>
            <Instant at={AT} isDeadline />
          </li>
          <li>
            <Window span={{ from: "2026-05-01T00:00:00Z", to: "2026-07-30T00:00:00Z" }} />
          </li>
        </ul>
      </Panel>
      <Panel title="Stages">
        <div className="space-y-6">
          {["2026-03-02T17:00:00Z", "2026-03-12T20:00:00Z", "2026-12-31T00:00:00Z"].map((at) => {
            const told = toldTo("aurora-labs", at);
            return (
              <Shown key={at} name={at}>
                <StageLadder stages={stagesOf(only(told.all("requests")), told.all("notices"))} />
              </Shown>
            );
          })}
        </div>
      </Panel>
    </Room>
  );
}
