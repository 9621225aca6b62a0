import { Link } from "@tanstack/react-router";

/** The same words for what is not there and for what one may not know of. */
export function NotFound() {
  return (
    <div role="status" className="flex flex-col items-center gap-3 px-6 py-16 text-center">
      <p className="font-mono text-xs text-ink-soft">404</p>
      <p>There is nothing at this address that you can see.</p>
      <Link to="/queue" className="text-accent underline underline-offset-3">
        To the queue
      </Link>
    </div>
  );
}
