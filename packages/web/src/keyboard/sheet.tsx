import { useState } from "react";
import { Dialog, Heading, Modal, ModalOverlay } from "react-aria-components";
import { Button } from "../surface/button.tsx";
import { areSingleKeysOn, KEYS, setSingleKeys } from "./keys.ts";

interface SheetProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

/** Every key that does something, and the switch for those of one letter. */
export function KeyboardSheet({ isOpen, onClose }: SheetProps) {
  const [isOn, setIsOn] = useState(areSingleKeysOn);
  const places = [...new Set(KEYS.map(({ where }) => where))];
  return (
    <ModalOverlay
      isOpen={isOpen}
      onOpenChange={(open) => (open ? undefined : onClose())}
      isDismissable
      className="fixed inset-0 z-40 grid place-items-center bg-black/40 p-4 print:hidden"
    >
      <Modal className="max-h-full w-full max-w-lg overflow-auto rounded-xl border border-line-strong bg-raised shadow-2xl">
        <Dialog className="space-y-4 p-5 outline-none">
          <div className="flex items-center justify-between">
            <Heading slot="title" className="text-md font-semibold">
              Keyboard
            </Heading>
            <Button look="quiet" onPress={onClose} aria-label="Close">
              ✕
            </Button>
          </div>
          {places.map((place) => (
            <section key={place}>
              <h3 className="mb-1 text-xs text-ink-soft first-letter:uppercase">{place}</h3>
              <dl className="divide-y divide-line">
                {KEYS.filter(({ where }) => where === place).map(({ keys, does }) => (
                  <div key={keys} className="flex justify-between gap-4 py-1.5">
                    <dt>{does}</dt>
                    <dd>
                      <kbd className="whitespace-nowrap rounded border border-line bg-sunken px-1.5 py-0.5 font-mono text-xs">
                        {keys}
                      </kbd>
                    </dd>
                  </div>
                ))}
              </dl>
            </section>
          ))}
          <label className="flex cursor-pointer items-center gap-2 border-t border-line pt-3">
            <input
              type="checkbox"
              checked={isOn}
              onChange={({ target }) => {
                setSingleKeys(target.checked);
                setIsOn(target.checked);
              }}
              className="size-4 accent-(--accent)"
            />
            Keys of a single letter do something
          </label>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
