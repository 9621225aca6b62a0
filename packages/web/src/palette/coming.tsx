import { useSyncExternalStore } from "react";
import { BOX, FIELD, OVERLAY, PLACEHOLDER } from "./look.ts";
import type { Opening } from "./opening.ts";

/** The palette while its parts are on their way: it stands there at once, with what was typed so far. */
export function PaletteComing({ opening }: { readonly opening: Opening }) {
  const typed = useSyncExternalStore(opening.subscribe, opening.waiting)?.text ?? "";
  return (
    <div className={OVERLAY} role="status" aria-label="The palette is on its way">
      <div className={BOX}>
        <p className={`${FIELD} flex items-center whitespace-pre ${typed === "" ? "text-ink-faint" : ""}`}>
          {typed === "" ? PLACEHOLDER : typed}
        </p>
      </div>
    </div>
  );
}
