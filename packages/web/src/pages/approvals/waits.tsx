import { Link } from "@tanstack/react-router";
import { countOf } from "../../amounts/counts.ts";

/** Says that something was proposed and not yet done, and where it waits. */
export function Waits({ approvals }: { readonly approvals: readonly string[] }) {
  if (approvals.length === 0) return undefined;
  return (
    <p role="status" className="rounded-lg border border-waiting bg-waiting-ground px-4 py-3">
      <span aria-hidden="true" className="text-waiting">
        ◔{" "}
      </span>
      Nothing is decided yet: others of your party have to agree. {countOf(approvals.length, "approval")}{" "}
      {approvals.length === 1 ? "waits" : "wait"} on the page of{" "}
      <Link to="/approvals" className="underline underline-offset-2">
        approvals
      </Link>
      . No deadline is kept by it.
    </p>
  );
}
