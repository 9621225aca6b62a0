import { Button, Menu, MenuItem, MenuTrigger, Popover } from "react-aria-components";
import { use } from "react";
import { BrokerContext, seatName } from "../app/broker.ts";
import { tell } from "../toasts/toasts.tsx";
import { type Call, cliText, curlText } from "./commands.ts";

interface CopyAsProps {
  /** Words after `offtake`, where there is a command for it. */
  readonly cli?: readonly string[];
  readonly call: Omit<Call, "party">;
}

/**
 * The same as a command and as a call of the API, for the party that the page acts for: whatever the console does can be done without it.
 * Both run as they are copied.
 */
export function CopyAs({ cli, call }: CopyAsProps) {
  const seat = use(BrokerContext)?.seat;
  const party = seat === undefined ? {} : { party: seatName(seat) };
  const texts: readonly (readonly [string, () => string])[] = [
    ...(cli === undefined ? [] : [["CLI", () => cliText(cli)] as const]),
    ["curl", () => curlText({ ...call, ...party }, location.origin)],
  ];
  const copy = (name: string, text: string): void => {
    navigator.clipboard.writeText(text).then(
      () => tell({ family: "neutral", title: `Copied as ${name}` }),
      () => tell({ family: "attention", title: "The browser did not allow copying", detail: text }),
    );
  };
  return (
    <MenuTrigger>
      <Button className="inline-flex h-7 cursor-pointer items-center gap-1.5 rounded-md border border-line-strong bg-panel px-2.5 hover:bg-hover print:hidden">
        Copy as <span aria-hidden="true">▾</span>
      </Button>
      <Popover placement="bottom end" className="rounded-lg border border-line-strong bg-raised p-1 shadow-lg">
        <Menu className="outline-none">
          {texts.map(([name, text]) => (
            <MenuItem
              key={name}
              textValue={name}
              onAction={() => copy(name, text())}
              className="max-w-lg cursor-pointer rounded px-2 py-1.5 outline-none data-[focused]:bg-hover"
            >
              <span className="font-medium">{name}</span>
              <code className="mt-0.5 block truncate font-mono text-xs text-ink-soft">{text().split("\n")[0]}</code>
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
