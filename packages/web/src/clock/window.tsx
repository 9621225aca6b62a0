import { type Span, spanShown } from "./spans.ts";
import { zoneOf } from "./three-zones.ts";
import { useViewing } from "./viewing.ts";

/** A window by its first and last day; pointing at it shows both instants. */
export function Window({ span, className = "" }: { readonly span: Span; readonly className?: string }) {
  const { choice, zones } = useViewing();
  const { text, exact } = spanShown(span, zoneOf(choice, zones));
  return (
    <span title={`First and last day; ${exact}`} className={className}>
      {text}
    </span>
  );
}
