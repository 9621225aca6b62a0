import type { Operations } from "@offtake/client";
import { useState } from "react";
import { useActing } from "../../app/acting.ts";
import { useBroker, useSeat } from "../../app/broker.ts";
import { useReading } from "../../app/queries.ts";
import { CopyAs } from "../../copy/copy-as.tsx";
import { CopyButton } from "../../copy/copy-button.tsx";
import { Instant } from "../../clock/instant.tsx";
import { NoneYet } from "../../lists/list-states.tsx";
import { Badge } from "../../states/badge.tsx";
import { Button } from "../../surface/button.tsx";
import { Confirm } from "../../surface/confirm.tsx";
import { WordsField } from "../fields.tsx";
import { PageTitle } from "../page-title.tsx";
import { AddForm } from "./add-form.tsx";
import { Deliveries } from "./deliveries.tsx";
import { OwnList } from "./own-list.tsx";
import { ShownOnce } from "./shown-once.tsx";

export type EndpointTold = Operations["webhookList"]["answer"]["data"][number];

/** Programs that are told of what concerns the party, and every delivery to them with how it went. */
export function WebhooksPage() {
  const { book } = useSeat();
  const query = useReading("webhookList", {});
  const [isAdding, setIsAdding] = useState(false);
  const [secret, setSecret] = useState<string>();
  return (
    <>
      <PageTitle
        title="Webhooks"
        under="Addresses that are told at once of what concerns your party, signed by the Standard Webhooks rules."
        actions={
          <>
            <CopyAs cli={["webhook", "list"]} call={{ method: "GET", path: `/v1/books/${book}/webhooks` }} />
            <Button look="main" onPress={() => setIsAdding(true)}>
              Add endpoint
            </Button>
          </>
        }
      />
      <div className="space-y-4">
        {secret === undefined ? undefined : (
          <ShownOnce
            title="The secret that signs"
            secret={secret}
            note="Check every delivery against it. It is not shown again; the one before stays good for a day."
            onDone={() => setSecret(undefined)}
          />
        )}
        {isAdding ? <AddEndpoint onDone={() => setIsAdding(false)} onSecret={setSecret} /> : undefined}
        <OwnList
          query={query}
          what="endpoints"
          empty={
            <NoneYet action={{ label: "Add endpoint", onPress: () => setIsAdding(true) }}>
              Endpoints will be here. A delivery carries no contents, only what happened to what: your program asks the
              API for the rest.
            </NoneYet>
          }
        >
          {(endpoint) => <Endpoint key={endpoint.id} endpoint={endpoint} onSecret={setSecret} />}
        </OwnList>
        <Deliveries endpoints={query.data?.data ?? []} />
      </div>
    </>
  );
}

interface AddEndpointProps {
  readonly onDone: () => void;
  readonly onSecret: (secret: string) => void;
}

function AddEndpoint({ onDone, onSecret }: AddEndpointProps) {
  const { client } = useBroker();
  const { book } = useSeat();
  const { isBusy, act } = useActing();
  const [url, setUrl] = useState("https://");
  const [types, setTypes] = useState("");
  const add = async (): Promise<void> => {
    const wanted = types.split(/[\s,]+/).filter((one) => one !== "");
    const body = { url: url.trim(), ...(wanted.length === 0 ? {} : { types: wanted }) };
    const worked = await act(async () =>
      onSecret((await client.call("webhookCreate", { params: { book }, body })).value.data.secret),
    );
    if (worked) onDone();
  };
  const isUrl = /^https:\/\/[^\s/]+/.test(url.trim());
  const reason = isBusy ? "It is being added" : isUrl ? undefined : "An https address is needed";
  return (
    <AddForm title="Add an endpoint" label="Add" reason={reason} onAdd={() => void add()} onDone={onDone}>
      <WordsField label="Address" value={url} onChange={setUrl} />
      <WordsField
        label="Types of events"
        value={types}
        onChange={setTypes}
        placeholder="notice.* award.issued"
        note="All when left empty."
      />
    </AddForm>
  );
}

interface EndpointProps {
  readonly endpoint: EndpointTold;
  readonly onSecret: (secret: string) => void;
}

function Endpoint({ endpoint, onSecret }: EndpointProps) {
  const { client } = useBroker();
  const { book } = useSeat();
  const { isBusy, act } = useActing();
  const [isRemoving, setIsRemoving] = useState(false);
  const { id, url, types, status, whyOff, publicKey, createdAt } = endpoint;
  const params = { book, webhook: id };
  const busy = isBusy ? "Something is on its way" : undefined;
  const turn = (to: "on" | "off"): Promise<boolean> =>
    act(() => client.call("webhookUpdate", { params, body: { status: to } }), `It is turned ${to}`);
  const rotate = (): Promise<boolean> =>
    act(async () => onSecret((await client.call("webhookSecretRotate", { params })).value.data.secret));
  const remove = async (): Promise<void> => {
    setIsRemoving(false);
    await act(() => client.call("webhookRemove", { params }), "The endpoint is removed");
  };
  return (
    <li className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2 px-4 py-3">
      <div className="min-w-0">
        <p className="flex flex-wrap items-center gap-2">
          <code className="min-w-0 break-all font-mono">{url}</code>
          {status === "on" ? (
            <Badge family="secured" word="On" />
          ) : (
            <Badge family={whyOff === undefined ? "neutral" : "attention"} word="Off" />
          )}
        </p>
        {whyOff === undefined ? undefined : <p className="text-attention">{whyOff}</p>}
        <p className="text-xs text-ink-soft">
          <span className="font-mono">{id}</span> · {types.length === 0 ? "all events" : types.join(", ")} · since{" "}
          <Instant at={createdAt} />
        </p>
      </div>
      <div className="flex flex-wrap gap-2">
        <CopyButton text={publicKey}>Copy public key</CopyButton>
        <Button writes look="quiet" onPress={() => void rotate()} disabledReason={busy}>
          New secret
        </Button>
        <Button writes look="quiet" onPress={() => void turn(status === "on" ? "off" : "on")} disabledReason={busy}>
          Turn {status === "on" ? "off" : "on"}
        </Button>
        <Button writes look="quiet" onPress={() => setIsRemoving(true)}>
          Remove
        </Button>
      </div>
      <Confirm
        isOpen={isRemoving}
        onClose={() => setIsRemoving(false)}
        onConfirm={() => void remove()}
        title="Remove this endpoint?"
        typed={id}
        label="Remove"
      >
        What waits to be sent to it is not sent any more.
      </Confirm>
    </li>
  );
}
