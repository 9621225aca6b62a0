import { type ReactNode, useId } from "react";
import { Button as Pressable, type ButtonProps as PressableProps } from "react-aria-components";
import { useCallReason, useWriteReason } from "./read-only.ts";

interface ButtonProps extends Omit<PressableProps, "className" | "style" | "children" | "isDisabled"> {
  readonly children: ReactNode;
  /** One thing on a page is the main one; what cannot be taken back is `severe`. */
  readonly look?: "main" | "plain" | "quiet" | "severe";
  /** Why it cannot be pressed now. It stays where it is and says so: nothing is hidden. */
  readonly disabledReason?: string | undefined;
  /** It changes something at the broker: while nothing can be changed there it cannot be pressed. */
  readonly writes?: boolean;
  /** The operation of the API that it is for: whose roles do not allow it cannot press it. */
  readonly operation?: string;
  readonly className?: string;
}

const LOOKS = {
  main: "bg-accent text-on-accent hover:bg-accent-hover border-transparent font-medium",
  plain: "bg-panel text-ink border-line-strong hover:bg-hover",
  quiet: "border-transparent text-ink-soft hover:bg-hover hover:text-ink",
  severe: "border-transparent bg-breach-ground text-breach hover:border-breach font-medium",
} as const;

const OFF = "cursor-not-allowed border-line bg-sunken text-ink-faint";

/** A button. One that cannot be pressed can still be reached, and says why. */
export function Button({
  look = "plain",
  disabledReason: own,
  writes = false,
  operation,
  className = "",
  children,
  onPress,
  ...rest
}: ButtonProps) {
  const forWriting = useWriteReason(own, operation);
  const forReading = useCallReason(own, operation);
  const disabledReason = writes ? forWriting : forReading;
  const isOff = disabledReason !== undefined;
  const reason = useId();
  return (
    <Pressable
      {...rest}
      {...(isOff ? { "aria-disabled": true, "aria-describedby": reason } : {})}
      {...(onPress === undefined ? {} : { onPress: (event) => (isOff ? undefined : onPress(event)) })}
      className={`inline-flex h-7 items-center gap-1.5 whitespace-nowrap rounded-md border px-2.5 text-sm transition-colors ${isOff ? OFF : `cursor-pointer ${LOOKS[look]}`} ${className}`}
    >
      {children}
      {isOff ? (
        <span id={reason} hidden>
          {disabledReason}
        </span>
      ) : undefined}
    </Pressable>
  );
}
