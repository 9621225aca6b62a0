import type { Schemas } from "@offtake/client";
import { useState } from "react";
import { useActing } from "../../app/acting.ts";
import { useBroker, useSeat } from "../../app/broker.ts";
import { Loaded } from "../../app/loaded.tsx";
import { useReading } from "../../app/queries.ts";
import { Button } from "../../surface/button.tsx";
import { Confirm } from "../../surface/confirm.tsx";
import { Panel } from "../../surface/panel.tsx";
import { AddForm } from "../admin/add-form.tsx";
import { type Role, RolesField } from "../admin/roles-field.tsx";
import { CountField, WordsField } from "../fields.tsx";
import { useColleagues } from "./colleagues.ts";
import { KINDS, kindWord, moneyOf, ruleText } from "./told.ts";

type Rule = Schemas["ApprovalRule"];

/** Which acts of the party need whose approval; an administrator changes them. */
export function Rules() {
  const { roles } = useSeat();
  const query = useReading("approvalRuleList", {});
  const [isAdding, setIsAdding] = useState(false);
  return (
    <>
      <Panel
        title="Rules"
        padded={false}
        actions={
          roles.includes("admin") ? (
            <Button look="quiet" onPress={() => setIsAdding(true)}>
              Add a rule
            </Button>
          ) : undefined
        }
        foot="From when they are set. What waits already goes on under the rule as it was."
      >
        <Loaded query={query} what="rules">
          {({ data }) =>
            data.length === 0 ? (
              <p className="px-4 py-3 text-ink-soft">
                No rule: nothing but what a request itself names waits for anybody.
              </p>
            ) : (
              <ul className="divide-y divide-line">
                {data.map((rule) => (
                  <RuleTold key={rule.id} rule={rule} />
                ))}
              </ul>
            )
          }
        </Loaded>
      </Panel>
      {isAdding ? <AddRule onDone={() => setIsAdding(false)} /> : undefined}
    </>
  );
}

function RuleTold({ rule }: { readonly rule: Rule }) {
  const { client } = useBroker();
  const { book, roles } = useSeat();
  const { act } = useActing();
  const { nameOf } = useColleagues();
  const [isRemoving, setIsRemoving] = useState(false);
  const remove = (): Promise<boolean> =>
    act(() => client.call("approvalRuleRemove", { params: { book, rule: rule.id } }), `Rule ${rule.id} is removed`);
  return (
    <li className="flex items-start justify-between gap-2 px-4 py-2.5">
      <div className="min-w-0">
        <p className="font-mono text-xs">{rule.id}</p>
        <p>{rule.kinds.map(kindWord).join(", ")}</p>
        <p className="text-xs text-ink-soft">{ruleText(rule, nameOf)}</p>
      </div>
      {roles.includes("admin") ? (
        <Button writes look="quiet" onPress={() => setIsRemoving(true)} aria-label={`Remove rule ${rule.id}`}>
          Remove
        </Button>
      ) : undefined}
      <Confirm
        isOpen={isRemoving}
        onClose={() => setIsRemoving(false)}
        onConfirm={() => {
          setIsRemoving(false);
          void remove();
        }}
        title={`Remove rule ${rule.id}?`}
        typed={rule.id}
        label="Remove"
      >
        What it held back from now on goes ahead at once. What waits already still waits.
      </Confirm>
    </li>
  );
}

const ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;

function AddRule({ onDone }: { readonly onDone: () => void }) {
  const { client } = useBroker();
  const { book } = useSeat();
  const { isBusy, act } = useActing();
  const [id, setId] = useState("");
  const [kinds, setKinds] = useState<Rule["kinds"]>([]);
  const [from, setFrom] = useState("");
  const [people, setPeople] = useState(1);
  const [roles, setRoles] = useState<readonly Role[]>([]);
  const isAmount = from.trim() === "" || moneyOf(from.trim()) !== undefined;
  const reason = !ID.test(id)
    ? "A name of letters, digits and dashes is needed"
    : kinds.length === 0
      ? "Choose what needs approval"
      : roles.length === 0
        ? "Choose who approves"
        : !isAmount
          ? "Write the amount as 100000 USD"
          : isBusy
            ? "It is being sent"
            : undefined;
  const add = async (): Promise<void> => {
    const body = { kinds, roles, people, ...(from.trim() === "" ? {} : { from: from.trim() }) };
    const given = { params: { book, rule: id }, body };
    if (await act(() => client.call("approvalRuleSet", given), `Rule ${id} holds from now on`)) onDone();
  };
  return (
    <AddForm title="Add a rule" label="Add" reason={reason} onAdd={() => void add()} onDone={onDone}>
      <div className="grid gap-4 sm:grid-cols-2">
        <WordsField label="Name of the rule" value={id} onChange={setId} placeholder="large-requests" />
        <WordsField
          label="From this amount on"
          value={from}
          onChange={setFrom}
          placeholder="100000 USD"
          note="Any amount when left empty. An amount that is not known counts as large."
          problem={isAmount ? undefined : "Write it as 100000 USD"}
        />
      </div>
      <fieldset>
        <legend className="mb-1 text-xs text-ink-soft">What needs approval</legend>
        <div className="grid gap-1 sm:grid-cols-2">
          {KINDS.map((kind) => (
            <label key={kind} className="flex min-h-7 cursor-pointer items-center gap-2 rounded px-1.5 hover:bg-hover">
              <input
                type="checkbox"
                checked={kinds.includes(kind)}
                onChange={() => setKinds(kinds.includes(kind) ? kinds.filter((one) => one !== kind) : [...kinds, kind])}
                className="size-4 accent-(--accent)"
              />
              {kindWord(kind)}
            </label>
          ))}
        </div>
      </fieldset>
      <RolesField value={roles} onChange={setRoles} />
      <CountField label="How many different people" value={people} onChange={setPeople} min={1} max={20} />
    </AddForm>
  );
}
