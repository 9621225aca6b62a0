import { type FormEvent, type ReactNode, useState } from "react";
import { Dialog, Heading, Input, Label, Modal, ModalOverlay, TextField } from "react-aria-components";
import { Button } from "./button.tsx";

interface ConfirmProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly onConfirm: () => void;
  readonly title: string;
  /** What it does, and that it cannot be taken back. */
  readonly children: ReactNode;
  /** What must be typed: the id of what is acted on. */
  readonly typed: string;
  readonly label: string;
}

/** For what cannot be taken back: it is done when the id has been typed, or pasted. */
export function Confirm({ isOpen, onClose, onConfirm, title, children, typed, label }: ConfirmProps) {
  const [text, setText] = useState("");
  const close = (): void => {
    setText("");
    onClose();
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (text.trim() !== typed) return;
    setText("");
    onConfirm();
  };
  return (
    <ModalOverlay
      isOpen={isOpen}
      onOpenChange={(open) => (open ? undefined : close())}
      isDismissable
      className="fixed inset-0 z-40 grid place-items-center bg-black/40 p-4"
    >
      <Modal className="w-full max-w-md rounded-xl border border-line-strong bg-raised shadow-2xl outline-none">
        <Dialog role="alertdialog" className="outline-none">
          <form onSubmit={submit} className="space-y-4 p-5">
            <Heading slot="title" className="text-md font-semibold">
              {title}
            </Heading>
            <div className="text-ink-soft">{children}</div>
            <TextField value={text} onChange={setText} autoFocus className="space-y-1">
              <Label className="block">
                Type <code className="select-all rounded bg-sunken px-1 py-0.5 font-mono">{typed}</code> to confirm
              </Label>
              <Input
                spellCheck={false}
                autoComplete="off"
                className="h-8 w-full rounded-md border border-field-line bg-panel px-2 font-mono outline-offset-0"
              />
            </TextField>
            <div className="flex justify-end gap-2">
              <Button onPress={close}>Cancel</Button>
              <Button
                type="submit"
                look="severe"
                disabledReason={text.trim() === typed ? undefined : `Type ${typed} first`}
              >
                {label}
              </Button>
            </div>
          </form>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
