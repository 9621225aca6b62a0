import {
  Button,
  Text,
  UNSTABLE_Toast as Toast,
  UNSTABLE_ToastContent as ToastContent,
  UNSTABLE_ToastQueue as ToastQueue,
  UNSTABLE_ToastRegion as ToastRegion,
} from "react-aria-components";
import { Sign } from "../states/badge.tsx";
import type { Family } from "../states/families.ts";

export interface Told {
  readonly family: Family;
  readonly title: string;
  readonly detail?: string;
}

const STAYS_MS = 6_000;

const queue = new ToastQueue<Told>({ maxVisibleToasts: 3 });

/** Says something that has happened elsewhere on the page. What went wrong stays until it is put away. */
export function tell(told: Told): void {
  queue.add(told, told.family === "breach" || told.family === "attention" ? {} : { timeout: STAYS_MS });
}

/** Where what was told appears: once on a page. */
export function Toasts() {
  return (
    <ToastRegion
      queue={queue}
      aria-label="What happened"
      className="fixed bottom-4 right-4 z-50 flex w-80 max-w-[calc(100vw-2rem)] flex-col gap-2 print:hidden"
    >
      {({ toast }) => (
        <Toast
          toast={toast}
          className="flex items-start gap-2.5 rounded-lg border border-line-strong bg-raised px-3 py-2.5 shadow-lg"
        >
          <span className="pt-px">
            <Sign family={toast.content.family} />
          </span>
          <ToastContent className="min-w-0 flex-1">
            <Text slot="title" className="block font-medium">
              {toast.content.title}
            </Text>
            {toast.content.detail === undefined ? undefined : (
              <Text slot="description" className="mt-0.5 block text-ink-soft">
                {toast.content.detail}
              </Text>
            )}
          </ToastContent>
          <Button
            slot="close"
            aria-label="Put away"
            className="-m-1 grid size-6 cursor-pointer place-items-center rounded text-ink-soft hover:bg-hover"
          >
            ✕
          </Button>
        </Toast>
      )}
    </ToastRegion>
  );
}
