import { type Span, spanShown } from "./spans.ts";
import { zoneOf } from "./three-zones.ts";
import { useViewing } from "./viewing.ts";

interface WindowProps {
  readonly span: Span;
  readonly className?: string;
  /** Without its length, which the pointer still shows. */
  readonly isShort?: boolean;
}

/** A window by its first and last day; pointing at it shows both instants. */
export function Window({ span, className = "", isShort = false }: WindowProps) {
  const { choice, zones } = useViewing();
  const { text, short, exact } = spanShown(span, zoneOf(choice, zones));
  return (
    <span title={`First and last day; ${exact}${isShort ? text.slice(short.length) : ""}`} className={className}>
      {isShort ? short : text}
    </span>
  );
}
