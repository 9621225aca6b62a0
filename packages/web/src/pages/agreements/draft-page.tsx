import { Link } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { Loading } from "../../lists/list-states.tsx";
import { PageTitle } from "../page-title.tsx";

/** All that knows templates and writes files comes in a chunk of its own. */
const DraftForm = lazy(async () => ({ default: (await import("./draft-form.tsx")).DraftForm }));

/** An agreement by form: its head, clauses from templates, what they say, and then the same plan as a file has. */
export function DraftAgreementPage() {
  return (
    <>
      <PageTitle
        title="Draft an agreement"
        under={
          <>
            By questions, clause by clause, with what each says before anything is recorded. To{" "}
            <Link to="/agreements" className="underline underline-offset-2">
              all agreements
            </Link>
          </>
        }
      />
      <Suspense fallback={<Loading what="the questions" />}>
        <DraftForm />
      </Suspense>
    </>
  );
}
