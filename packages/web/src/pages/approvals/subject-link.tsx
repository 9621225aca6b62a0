import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { Approval } from "../../app/approvals.ts";

const LOOK = "break-words font-mono text-sm text-accent underline underline-offset-2";

/** The page of what an approval is about; what has none is only named. */
export function SubjectLink({ kind, subject, act }: Pick<Approval, "kind" | "subject" | "act">): ReactNode {
  const { operation } = act;
  switch (kind) {
    case "request":
      return (
        <Link to="/requests/$request" params={{ request: subject }} className={LOOK}>
          {subject}
        </Link>
      );
    case "award":
      return operation === "awardChoose" ? (
        <Link to="/requests/$request/$tab" params={{ request: subject, tab: "award" }} className={LOOK}>
          {subject}
        </Link>
      ) : (
        <Link to="/awards" className={LOOK}>
          {subject}
        </Link>
      );
    case "agreement":
      return (
        <Link to="/agreements/$agreement" params={{ agreement: subject }} className={LOOK}>
          {subject}
        </Link>
      );
    case "answer":
      return operation === "standingAnswerGive" ? (
        <span className="font-mono text-sm">{subject}</span>
      ) : (
        <Link to="/offers/$notice" params={{ notice: subject }} className={LOOK}>
          {subject}
        </Link>
      );
    case "bid":
      return (
        <Link to="/lots/$invitation" params={{ invitation: subject }} className={LOOK}>
          {subject}
        </Link>
      );
    case "waiver":
      return <span className="font-mono text-sm">{subject}</span>;
  }
}
