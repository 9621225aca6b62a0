import { inThreeZones } from "./three-zones.ts";
import { useViewing } from "./viewing.ts";

interface InstantProps {
  readonly at: string;
  /** The zone of the contract that it belongs to; that of the book when absent. */
  readonly zone?: string | undefined;
  /** Something that must be kept: the last millisecond of a day reads 24:00. */
  readonly isDeadline?: boolean;
  readonly className?: string;
}

/** An instant on the clock that was chosen; pointing at it shows all three. */
export function Instant({ at, zone, isDeadline = false, className = "" }: InstantProps) {
  const { choice, zones } = useViewing();
  const own = zone === undefined ? zones : { ...zones, contract: zone };
  const { text, all, utc } = inThreeZones(Date.parse(at), choice, own, isDeadline);
  return (
    <time
      dateTime={utc}
      title={all.map((one) => `${one.text} (${one.label})`).join("\n")}
      className={`whitespace-nowrap ${className}`}
    >
      {text}
    </time>
  );
}
