import type { Schemas } from "@offtake/client";
import { useState } from "react";
import { useActing } from "../../app/acting.ts";
import { useBroker, useSeat } from "../../app/broker.ts";
import { Loaded } from "../../app/loaded.tsx";
import { useReading } from "../../app/queries.ts";
import { Instant } from "../../clock/instant.tsx";
import { useViewing } from "../../clock/viewing.ts";
import { Badge } from "../../states/badge.tsx";
import { Button } from "../../surface/button.tsx";
import { Panel } from "../../surface/panel.tsx";
import { AddForm } from "../admin/add-form.tsx";
import { MomentField, OneOf } from "../fields.tsx";
import { useColleagues } from "./colleagues.ts";

/** Who decides in whose place while somebody is away. Never on what that person proposed. */
export function Deputies() {
  const query = useReading("deputyList", {});
  const { now } = useViewing();
  const [isAdding, setIsAdding] = useState(false);
  return (
    <>
      <Panel
        title="Deputies"
        padded={false}
        actions={
          <Button look="quiet" onPress={() => setIsAdding(true)}>
            Name a deputy
          </Button>
        }
        foot="A deputy decides in the place of who is away, never on what that person proposed, and does not pass it on."
      >
        <Loaded query={query} what="deputies">
          {({ data }) => {
            const current = data.filter(({ to }) => to === undefined || Date.parse(to) > now());
            return current.length === 0 ? (
              <p className="px-4 py-3 text-ink-soft">Nobody stands in for anybody.</p>
            ) : (
              <ul className="divide-y divide-line">
                {current.map((one) => (
                  <Deputy key={`${one.person} ${one.deputy} ${one.from}`} told={one} />
                ))}
              </ul>
            );
          }}
        </Loaded>
      </Panel>
      {isAdding ? <NameDeputy onDone={() => setIsAdding(false)} /> : undefined}
    </>
  );
}

function Deputy({ told: { person, deputy, from, to } }: { readonly told: Schemas["Deputy"] }) {
  const { client } = useBroker();
  const { book, person: self, roles } = useSeat();
  const { now } = useViewing();
  const { isBusy, act } = useActing();
  const { nameOf } = useColleagues();
  const name = (one: string): string => (one === self ? "you" : nameOf(one));
  const isEndable = person === self || roles.includes("admin");
  const end = (): Promise<boolean> =>
    act(() => client.call("deputyEnd", { params: { book }, body: { person, deputy } }), "That is over");
  return (
    <li className="flex items-start justify-between gap-2 px-4 py-2.5">
      <div className="min-w-0">
        <p>
          <span className="font-medium">{name(deputy)}</span> for {name(person)}
          {Date.parse(from) > now() ? undefined : (
            <span className="ml-2">
              <Badge family="waiting" word="Now" />
            </span>
          )}
        </p>
        <p className="text-xs text-ink-soft">
          <Instant at={from} /> → {to === undefined ? "without end" : <Instant at={to} />}
        </p>
      </div>
      {isEndable ? (
        <Button
          writes
          look="quiet"
          onPress={() => void end()}
          disabledReason={isBusy ? "It is being sent" : undefined}
          aria-label={`End: ${name(deputy)} for ${name(person)}`}
        >
          End
        </Button>
      ) : undefined}
    </li>
  );
}

const WEEK_MS = 604_800_000;

function NameDeputy({ onDone }: { readonly onDone: () => void }) {
  const { client } = useBroker();
  const { book, person: self, roles } = useSeat();
  const { now } = useViewing();
  const { isBusy, act } = useActing();
  const { members, nameOf } = useColleagues();
  const minute = (at: number): string => `${new Date(at).toISOString().slice(0, 16)}:00Z`;
  const [person, setPerson] = useState(self);
  const [deputy, setDeputy] = useState("");
  const [from, setFrom] = useState<string | undefined>(() => minute(now()));
  const [to, setTo] = useState<string | undefined>(() => minute(now() + WEEK_MS));
  const reason =
    deputy === ""
      ? "Choose who stands in"
      : deputy === person
        ? "Nobody stands in for themselves"
        : from === undefined || to === undefined
          ? "Say from when to when"
          : Date.parse(to) <= Date.parse(from)
            ? "It ends before it begins"
            : isBusy
              ? "It is being sent"
              : undefined;
  const add = async (): Promise<void> => {
    const body = { person, deputy, from: from ?? "", to: to ?? "" };
    const worked = await act(
      () => client.call("deputySet", { params: { book }, body }),
      `${nameOf(deputy)} stands in for ${person === self ? "you" : nameOf(person)}`,
    );
    if (worked) onDone();
  };
  const people = members.map((one) => [one.person, one.person === self ? "you" : nameOf(one.person)] as const);
  return (
    <AddForm title="Name a deputy" label="Name" reason={reason} onAdd={() => void add()} onDone={onDone}>
      <div className="grid gap-4 sm:grid-cols-2">
        {roles.includes("admin") ? (
          <OneOf label="Who is away" value={person} values={people} onChange={setPerson} none="Choose" />
        ) : undefined}
        <OneOf
          label="Who stands in"
          value={deputy}
          values={people.filter(([one]) => one !== person)}
          onChange={setDeputy}
          none="Choose"
        />
        <MomentField label="From (UTC)" value={from} onChange={setFrom} />
        <MomentField label="Until (UTC)" value={to} onChange={setTo} />
      </div>
    </AddForm>
  );
}
