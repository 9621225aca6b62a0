import { ApiProblem, type Schemas } from "@offtake/client";
import { Link } from "@tanstack/react-router";
import { useRef, useState } from "react";
import { failureText, useActing } from "../../app/acting.ts";
import { useBroker, useSeat } from "../../app/broker.ts";
import { useDraft } from "../../app/drafts.ts";
import { CopyAs } from "../../copy/copy-as.tsx";
import { lineAround } from "../../editing/lines.ts";
import { ReceiptCard } from "../../receipts/receipt.tsx";
import { Button } from "../../surface/button.tsx";
import { Panel } from "../../surface/panel.tsx";
import { PageTitle } from "../page-title.tsx";
import { Planned } from "./planned.tsx";

type Wrong = NonNullable<Schemas["Problem"]["errors"]>[number];
interface PlanMade {
  readonly plan: Schemas["AgreementPlan"];
  readonly etag: string;
}

const FILE = "agreement.yaml";

/** An agreement as a file: checked and planned before anything is recorded, and recorded exactly as planned. */
export function AgreementPlanPage() {
  const { client } = useBroker();
  const { book } = useSeat();
  const { isBusy, act } = useActing();
  const [draft, change, drop] = useDraft("agreement file", { text: "" });
  const [made, setMade] = useState<PlanMade>();
  const [wrong, setWrong] = useState<{ readonly detail: string; readonly errors: readonly Wrong[] }>();
  const [receipt, setReceipt] = useState<Schemas["Receipt"]>();
  const area = useRef<HTMLTextAreaElement>(null);
  const { text } = draft.fields;
  const body = { files: [{ name: FILE, text }] };
  const write = (next: string): void => {
    setMade(undefined);
    setWrong(undefined);
    setReceipt(undefined);
    change({ text: next });
  };
  const plan = async (): Promise<void> => {
    setWrong(undefined);
    try {
      const { value, etag = "" } = await client.call("agreementPlan", { params: { book }, body });
      setMade({ plan: value.data, etag });
    } catch (error) {
      const errors = error instanceof ApiProblem ? (error.problem.errors ?? []) : [];
      setWrong({ detail: failureText(error), errors });
    }
  };
  const apply = async (): Promise<void> => {
    if (made === undefined) return;
    const worked = await act(async () => {
      const { value } = await client.call("agreementApply", {
        params: { book },
        body,
        ifMatch: made.etag,
        key: draft.key,
      });
      if (value.receipt !== null) setReceipt(value.receipt);
    }, "The agreement is recorded");
    setMade(undefined);
    if (worked) drop();
  };
  const goTo = (line: number, column: number | undefined): void => {
    const { current } = area;
    if (current === null) return;
    current.focus();
    current.setSelectionRange(...lineAround(text, { line, ...(column === undefined ? {} : { column }) }));
  };
  const empty = text.trim() === "" ? "There is nothing to plan yet" : undefined;
  return (
    <>
      <PageTitle
        title="Record an agreement"
        under={
          <>
            As a file, checked and planned before anything is recorded. To{" "}
            <Link to="/agreements" className="underline underline-offset-2">
              all agreements
            </Link>
          </>
        }
        actions={
          <CopyAs cli={["validate", FILE]} call={{ method: "POST", path: `/v1/books/${book}/agreements/plan`, body }} />
        }
      />
      <div className="grid grid-cols-1 items-start gap-4 xl:grid-cols-[3fr_2fr]">
        <Panel
          title="The file"
          actions={
            <label className="cursor-pointer rounded-md border border-line-strong px-2.5 py-1 text-xs hover:bg-hover has-focus-visible:outline-2 has-focus-visible:outline-accent">
              Open a file
              <input
                type="file"
                accept=".yaml,.yml"
                className="sr-only"
                onChange={({ target }) => {
                  const [file] = target.files ?? [];
                  if (file !== undefined) void file.text().then(write);
                }}
              />
            </label>
          }
          foot={draft.keptAt === undefined ? "Kept in this browser while you write." : "Draft kept in this browser."}
        >
          <textarea
            ref={area}
            aria-label="The agreement as a file"
            value={text}
            onChange={({ target }) => write(target.value)}
            spellCheck={false}
            rows={24}
            placeholder={"schema: offtake/agreement@1\nname: …"}
            className="w-full resize-y rounded-md border border-field-line bg-panel p-3 font-mono text-xs leading-5 text-ink outline-none focus:outline-2 focus:outline-accent"
          />
        </Panel>
        <div className="space-y-4">
          {receipt === undefined ? undefined : <ReceiptCard receipt={receipt} title="The agreement is recorded" />}
          <Panel title="What it would change">
            <div className="space-y-4">
              <div className="flex flex-wrap gap-2">
                <Button onPress={() => void plan()} disabledReason={empty}>
                  Plan
                </Button>
                <Button look="main" onPress={() => void apply()} disabledReason={whyNotApply(made, isBusy)}>
                  Record as planned
                </Button>
              </div>
              {wrong === undefined ? undefined : <Wrongs detail={wrong.detail} errors={wrong.errors} onGo={goTo} />}
              {made === undefined ? undefined : <Planned plan={made.plan} />}
              {made === undefined && wrong === undefined ? (
                <p className="text-ink-soft">
                  A plan says what would be recorded, and what would become of requests and notices that are open.
                  Nothing is recorded by it.
                </p>
              ) : undefined}
            </div>
          </Panel>
        </div>
      </div>
    </>
  );
}

function whyNotApply(made: PlanMade | undefined, isBusy: boolean): string | undefined {
  if (isBusy) return "It is being recorded";
  if (made === undefined) return "Plan it first";
  if (made.plan.rejection !== undefined) return "It would not be accepted";
  return made.plan.add + made.plan.change === 0 ? "Nothing would change" : undefined;
}

interface WrongsProps {
  readonly detail: string;
  readonly errors: readonly Wrong[];
  readonly onGo: (line: number, column: number | undefined) => void;
}

/** What is wrong with the file, each with its place: pressing it goes there. */
function Wrongs({ detail, errors, onGo }: WrongsProps) {
  return (
    <div role="alert" className="rounded-md border border-breach bg-breach-ground px-3 py-2">
      <p className="font-medium text-breach">{detail}</p>
      <ul className="mt-2 space-y-2">
        {errors.map(({ code, detail: text, line, column, didYouMean = [] }) => (
          <li key={`${code} ${line ?? ""} ${column ?? ""} ${text}`}>
            {line === undefined ? undefined : (
              <button
                type="button"
                onClick={() => onGo(line, column)}
                className="mr-2 min-h-6 cursor-pointer rounded border border-line-strong bg-panel px-1.5 font-mono text-xs text-ink hover:bg-hover"
              >
                line {line}
              </button>
            )}
            {text}
            {didYouMean.length === 0 ? undefined : (
              <span className="text-ink-soft"> Did you mean {didYouMean.join(" or ")}?</span>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
