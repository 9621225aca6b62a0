import type { Schemas } from "@offtake/client";
import { countText } from "../amounts/counts.ts";
import { CopyButton } from "../copy/copy-button.tsx";

/** Proof of what was recorded, to keep apart from the broker: how long one's feed was, and its hash at that length. */
export function ReceiptCard({
  receipt,
  title = "Recorded",
}: {
  readonly receipt: Schemas["Receipt"];
  readonly title?: string;
}) {
  return (
    <div className="rounded-lg border border-secured bg-secured-ground px-4 py-3" role="status">
      <p className="font-medium">
        <span aria-hidden="true" className="text-secured">
          ●{" "}
        </span>
        {title}
      </p>
      <dl className="mt-2 grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-xs">
        <dt className="text-ink-soft">Entries of your feed</dt>
        <dd>{countText(receipt.length)}</dd>
        <dt className="text-ink-soft">Hash</dt>
        <dd className="break-all font-mono">{receipt.hash}</dd>
      </dl>
      <p className="mt-2 flex flex-wrap items-center gap-2 text-xs text-ink-soft">
        Keep it: with it anyone can check later that nothing was changed.
        <CopyButton text={JSON.stringify(receipt)} look="plain">
          Copy receipt
        </CopyButton>
      </p>
    </div>
  );
}
