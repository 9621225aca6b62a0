import type { Schemas } from "@offtake/client";
import { useState } from "react";
import { useActing } from "../../app/acting.ts";
import { useBroker, useSeat } from "../../app/broker.ts";
import { Loaded } from "../../app/loaded.tsx";
import { useReading } from "../../app/queries.ts";
import { agoText } from "../../clock/countdown.ts";
import { useViewing } from "../../clock/viewing.ts";
import { CopyAs } from "../../copy/copy-as.tsx";
import { NoneYet } from "../../lists/list-states.tsx";
import { Badge } from "../../states/badge.tsx";
import type { StateShown } from "../../states/families.ts";
import { Button } from "../../surface/button.tsx";
import { Confirm } from "../../surface/confirm.tsx";
import { Panel } from "../../surface/panel.tsx";
import { useWriteReason } from "../../surface/read-only.ts";
import { Due } from "../due.tsx";
import { CountField, WordsField } from "../fields.tsx";
import { PageTitle } from "../page-title.tsx";
import { type Role, RolesField } from "./roles-field.tsx";
import { ShownOnce } from "./shown-once.tsx";

type KeyTold = Schemas["ApiKey"];

/** Keys for machines: each belongs to a person, and can do no more than that person. */
export function KeysPage() {
  const { book } = useSeat();
  const query = useReading("keyList", {});
  const [isMaking, setIsMaking] = useState(false);
  const [made, setMade] = useState<Schemas["ApiKeyMade"]>();
  return (
    <>
      <PageTitle
        title="API keys"
        under="For machines. Each belongs to a person, does no more than that person may, and ends by itself."
        actions={
          <>
            <CopyAs cli={["key", "list"]} call={{ method: "GET", path: `/v1/books/${book}/keys` }} />
            <Button look="main" onPress={() => setIsMaking(true)}>
              New key
            </Button>
          </>
        }
      />
      <div className="space-y-4">
        {made === undefined ? undefined : (
          <ShownOnce
            title="The new key"
            secret={made.shown}
            note={`It is not shown again. It ends on ${made.expiresAt}.`}
            onDone={() => setMade(undefined)}
          />
        )}
        {isMaking ? <NewKey onDone={() => setIsMaking(false)} onMade={setMade} /> : undefined}
        <Loaded query={query} what="keys">
          {({ data }) =>
            data.length === 0 ? (
              <Panel padded={false}>
                <NoneYet action={{ label: "New key", onPress: () => setIsMaking(true) }} command="offtake key create">
                  Keys for programs will be here, with when each was used last.
                </NoneYet>
              </Panel>
            ) : (
              <ul className="divide-y divide-line rounded-lg border border-line bg-panel">
                {data.map((key) => (
                  <Key key={key.key} told={key} onMade={setMade} />
                ))}
              </ul>
            )
          }
        </Loaded>
      </div>
    </>
  );
}

interface NewKeyProps {
  readonly onDone: () => void;
  readonly onMade: (made: Schemas["ApiKeyMade"]) => void;
}

const DAYS = 90;

function NewKey({ onDone, onMade }: NewKeyProps) {
  const { client } = useBroker();
  const { book, person } = useSeat();
  const { isBusy, act } = useActing();
  const [label, setLabel] = useState("");
  const [days, setDays] = useState(DAYS);
  const [roles, setRoles] = useState<readonly Role[]>([]);
  const make = async (): Promise<void> => {
    const body = { person, label: label.trim(), roles, days };
    const worked = await act(async () =>
      onMade((await client.call("keyCreate", { params: { book }, body })).value.data),
    );
    if (worked) onDone();
  };
  const reason = useWriteReason(
    label.trim() === ""
      ? "Say what it is for"
      : roles.length === 0
        ? "Choose at least one role"
        : isBusy
          ? "It is being made"
          : undefined,
  );
  return (
    <Panel title="New key">
      <form
        className="space-y-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (reason === undefined) void make();
        }}
      >
        <div className="grid gap-4 sm:grid-cols-[1fr_8rem]">
          <WordsField
            label="What it is for"
            value={label}
            onChange={setLabel}
            placeholder="CI of the training cluster"
          />
          <CountField label="Ends after days" value={days} onChange={setDays} min={1} max={366} />
        </div>
        <RolesField value={roles} onChange={setRoles} />
        <div className="flex gap-2">
          <Button type="submit" look="main" disabledReason={reason}>
            Make key
          </Button>
          <Button onPress={onDone}>Cancel</Button>
        </div>
      </form>
    </Panel>
  );
}

function stateOfKey({ revokedAt, expiresAt }: KeyTold, now: number): StateShown {
  if (revokedAt !== null) return { family: "neutral", word: "Revoked" };
  return Date.parse(expiresAt) < now ? { family: "neutral", word: "Ended" } : { family: "secured", word: "Active" };
}

function Key({ told, onMade }: { readonly told: KeyTold; readonly onMade: NewKeyProps["onMade"] }) {
  const { client } = useBroker();
  const { book } = useSeat();
  const { isBusy, act } = useActing();
  const { now } = useViewing();
  const [isRevoking, setIsRevoking] = useState(false);
  const { key, person, label, roles, expiresAt, lastUsedAt } = told;
  const state = stateOfKey(told, now());
  const params = { book, key };
  const revoke = async (): Promise<void> => {
    setIsRevoking(false);
    await act(() => client.call("keyRevoke", { params }), `The key for ${label} is revoked`);
  };
  const rotate = (): Promise<boolean> =>
    act(async () => onMade((await client.call("keyRotate", { params, body: { overlapDays: 7 } })).value.data));
  return (
    <li className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2 px-4 py-3">
      <div className="min-w-0">
        <p className="flex flex-wrap items-center gap-2 font-medium">
          {label} <Badge {...state} />
        </p>
        <p className="text-xs text-ink-soft">
          <span className="font-mono">{key}</span> · of <span className="font-mono">{person}</span> · {roles.join(", ")}
        </p>
        <p className="mt-1 text-xs text-ink-soft">
          {lastUsedAt === null ? "never used" : `used ${agoText(Date.parse(lastUsedAt), now())}`}
        </p>
      </div>
      {state.word === "Active" ? (
        <div className="flex flex-wrap items-center gap-2">
          <span className="mr-2 text-xs">
            <Due at={expiresAt} />
          </span>
          <Button
            writes
            look="quiet"
            onPress={() => void rotate()}
            disabledReason={isBusy ? "Something is on its way" : undefined}
          >
            Renew
          </Button>
          <Button writes look="quiet" onPress={() => setIsRevoking(true)}>
            Revoke
          </Button>
        </div>
      ) : undefined}
      <Confirm
        isOpen={isRevoking}
        onClose={() => setIsRevoking(false)}
        onConfirm={() => void revoke()}
        title={`Revoke the key for ${label}?`}
        typed={key}
        label="Revoke"
      >
        Whatever uses it is shut out at once.
      </Confirm>
    </li>
  );
}
