import { useState } from "react";
import { CopyAs } from "../copy/copy-as.tsx";
import { CopyButton } from "../copy/copy-button.tsx";
import { ReceiptCard } from "../receipts/receipt.tsx";
import { WhoSees } from "../sharing/who-sees.tsx";
import { Button } from "../surface/button.tsx";
import { Confirm } from "../surface/confirm.tsx";
import { Panel } from "../surface/panel.tsx";
import { tell } from "../toasts/toasts.tsx";
import { Room } from "./room.tsx";

export function Answering() {
  const [isOpen, setOpen] = useState(false);
  const call = { method: "GET", path: "/v1/books/aurora/requests/h100-for-90-days" };
  return (
    <Room title="Answering, proof, copying">
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <Panel title="What others can see">
          <WhoSees
            seen={[
              { who: "Other providers", what: "Nothing: not that you were invited, looked, or bid.", nothing: true },
              { who: "Aurora Labs", what: "That a bid exists, now. Its contents after Thu 12 Mar 2026 17:00 PDT." },
            ]}
            later="After the close you will see whether you were awarded, and your own quantity. Never others' names or prices."
          />
        </Panel>
        <ReceiptCard
          title="Accepted 2,500 of 4,096"
          receipt={{
            schema: "offtake/receipt@1",
            book: "aurora",
            party: "meridian",
            length: 11,
            hash: "5b1e0c7d9f2a4e6b8c1d3f5a7b9e0c2d4f6a8b0c1e3d5f7a9b1c3e5d7f9a0b2c",
          }}
        />
        <Panel title="Copying">
          <div className="flex flex-wrap gap-2">
            <CopyAs cli={["request", "show", "h100-for-90-days"]} call={call} />
            <CopyButton text="awd_5ne9dq82w7daa48n49yy" look="plain">
              Copy id
            </CopyButton>
          </div>
        </Panel>
        <Panel title="Telling and confirming">
          <div className="flex flex-wrap gap-2">
            <Button
              onPress={() => tell({ family: "secured", title: "Award confirmed", detail: "4,096 for $21,894,019.20" })}
            >
              Tell
            </Button>
            <Button
              onPress={() =>
                tell({
                  family: "breach",
                  title: "The deadline has passed",
                  detail: "Received 17:00:01 PDT, due 17:00 PDT.",
                })
              }
            >
              Tell what went wrong
            </Button>
            <Button look="severe" onPress={() => setOpen(true)}>
              Confirm
            </Button>
          </div>
          <Confirm
            isOpen={isOpen}
            onClose={() => setOpen(false)}
            onConfirm={() => setOpen(false)}
            title="Award 4,096 for $21,894,019.20?"
            typed="h100-for-90-days"
            label="Award"
          >
            Three providers are told at once. An award cannot be taken back.
          </Confirm>
        </Panel>
      </div>
    </Room>
  );
}
