import { Loaded } from "../../app/loaded.tsx";
import { useReading } from "../../app/queries.ts";
import { CopyButton } from "../../copy/copy-button.tsx";
import { Panel } from "../../surface/panel.tsx";
import { WhyPanel } from "../../why/why-panel.tsx";
import { AgreementsBeside } from "./agreements-beside.tsx";
import { clauseHref } from "./request-overview.tsx";

/** Why everything came out as it did, step by step, as the core recorded it for this reader. */
export function RequestExplained({ id }: { readonly id: string }) {
  const query = useReading("explanationRead", { params: { subject: id } });
  return (
    <Loaded query={query} what="the explanation">
      {({ data }) => (
        <div className="grid grid-cols-1 items-start gap-4 xl:grid-cols-[minmax(0,1fr)_22rem]">
          <Panel
            title={`${data.title.charAt(0).toUpperCase()}${data.title.slice(1)}`}
            actions={<CopyButton text={data.text}>Copy as text</CopyButton>}
          >
            <WhyPanel explanation={data} clauseHref={clauseHref} />
          </Panel>
          <div className="space-y-4">
            <AgreementsBeside steps={data.steps} />
            {data.words.length === 0 ? undefined : (
              <Panel title="Words">
                <dl className="space-y-3">
                  {data.words.map(({ word, meaning }) => (
                    <div key={word}>
                      <dt className="font-medium">{word}</dt>
                      <dd className="text-ink-soft">{meaning}</dd>
                    </div>
                  ))}
                </dl>
              </Panel>
            )}
          </div>
        </div>
      )}
    </Loaded>
  );
}
