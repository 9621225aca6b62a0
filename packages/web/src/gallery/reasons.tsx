import type { Schemas } from "@offtake/client";
import { Panel } from "../surface/panel.tsx";
import { Timeline } from "../timeline/timeline.tsx";
import { WhyPanel } from "../why/why-panel.tsx";
import { Room } from "./room.tsx";
import { only, toldTo } from "./told.ts";

const HASH = "5b1e0c7d9f2a4e6b8c1d3f5a7b9e0c2d4f6a8b0c1e3d5f7a9b1c3e5d7f9a0b2c";

/** As the API tells it: instants are texts there. */
const told = (explanation: unknown): Schemas["Explanation"] => explanation as Schemas["Explanation"];

export function Reasons() {
  const award = told(only(toldTo("aurora-labs", "2026-12-31T00:00:00Z").explanations));
  const many = toldTo("openai", "2030-01-01T00:00:00Z", "stargate-2025").explanations.map(told);
  const longest = many.toSorted((a, b) => b.steps.length - a.steps.length)[0] ?? award;
  return (
    <Room title="Why, and what happened">
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <Panel title="Why this order">
          <WhyPanel
            explanation={award}
            clauseHref={(agreement, clause) => `#${agreement}/${clause}`}
            objectHref={(id) => `#${id}`}
            foot={{ coreVersion: "0.1.0", events: 42, hash: HASH }}
          />
        </Panel>
        <div className="space-y-4">
          <Panel title="Every clause, also those that do not apply">
            <WhyPanel explanation={longest} isBrief foot={{ coreVersion: "0.1.0", events: 118, hash: HASH }} />
          </Panel>
          <Panel title="Timeline">
            <Timeline
              zone="America/Los_Angeles"
              entries={[
                { id: "1", at: "2026-03-02T17:00:03Z", text: "Notice sent to Meridian Cloud", family: "waiting" },
                {
                  id: "2",
                  at: "2026-03-02T17:00:04Z",
                  text: "Delivered",
                  detail: "webhook, answered 200",
                  family: "waiting",
                },
                {
                  id: "3",
                  at: "2026-03-09T23:20:07Z",
                  text: "Accepted 2,500 of 4,096",
                  detail: "800 of them run by Corvid Cloud",
                  family: "secured",
                },
                { id: "4", at: "2026-03-10T00:00:00Z", text: "Deadline of the notice", isDeadline: true },
                { id: "5", at: "2026-03-10T00:00:05Z", text: "1,596 opened to the market", family: "waiting" },
              ]}
            />
          </Panel>
        </div>
      </div>
    </Room>
  );
}
