import { useState } from "react";
import { countOf } from "../../amounts/counts.ts";
import { useActing } from "../../app/acting.ts";
import { useBroker } from "../../app/broker.ts";
import { Instant } from "../../clock/instant.tsx";
import { CopyAs } from "../../copy/copy-as.tsx";
import { Button } from "../../surface/button.tsx";
import { Panel } from "../../surface/panel.tsx";
import type { Status } from "./operations.tsx";

/** What goes out by mail, webhook and chat can be held back, in two steps, and let go again. */
export function Outgoing({ outbox }: Pick<Status, "outbox">) {
  const { client } = useBroker();
  const { isBusy, act } = useActing();
  const [isAsked, setAsked] = useState(false);
  const { pausedSince, waiting } = outbox;
  const isPaused = pausedSince !== undefined;
  const set = (paused: boolean): void => {
    setAsked(false);
    void act(
      () => client.call("outgoingSet", { body: { paused } }),
      paused ? "Outgoing notices are held back" : "Outgoing notices go out again",
    );
  };
  const busy = isBusy ? "It is on its way" : undefined;
  return (
    <Panel
      title="Outgoing notices"
      actions={
        <CopyAs
          cli={isPaused ? ["outgoing", "resume"] : ["outgoing", "pause", "--yes"]}
          call={{ method: "PUT", path: "/v1/server/outgoing", body: { paused: !isPaused } }}
        />
      }
      foot="Mail, webhooks and chats of all books, on every node. Who reads in the console or by the API is told as before."
    >
      <div className="flex flex-wrap items-center justify-between gap-3">
        {isPaused ? (
          <p>
            <span aria-hidden="true" className="text-attention">
              ▲
            </span>{" "}
            Held back since <Instant at={pausedSince} />: {countOf(waiting, "message")} to be sent.
          </p>
        ) : (
          <p>Everything goes out; {countOf(waiting, "message")} to be sent.</p>
        )}
        {isPaused ? (
          <Button disabledReason={busy} onPress={() => set(false)}>
            Send them again
          </Button>
        ) : isAsked ? undefined : (
          <Button disabledReason={busy} onPress={() => setAsked(true)}>
            Pause outgoing notices
          </Button>
        )}
      </div>
      {isAsked && !isPaused ? (
        <div
          role="group"
          aria-label="Pause outgoing notices?"
          className="mt-3 space-y-3 rounded-md border border-line-strong bg-sunken p-3"
        >
          <p>
            Deadlines run on while nothing goes out. Where a period runs from the delivery of a notice it begins once
            the notice is delivered; where it runs from elsewhere it loses the time in between. What is on its way at
            this moment arrives, and what waits is sent in its order once you let it go.
          </p>
          <div className="flex flex-wrap gap-2">
            <Button look="severe" disabledReason={busy} onPress={() => set(true)}>
              Pause now
            </Button>
            <Button onPress={() => setAsked(false)}>Cancel</Button>
          </div>
        </div>
      ) : undefined}
    </Panel>
  );
}
