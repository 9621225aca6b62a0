import { Link, useParams, useSearch } from "@tanstack/react-router";
import { ApiProblem, type Schemas } from "@offtake/client";
import { useBook, useSeat } from "../../app/broker.ts";
import { Loaded } from "../../app/loaded.tsx";
import { useNames } from "../../app/names.ts";
import { useReading } from "../../app/queries.ts";
import { Instant } from "../../clock/instant.tsx";
import { useViewing } from "../../clock/viewing.ts";
import { useZone } from "../../clock/viewing.ts";
import { Window } from "../../clock/window.tsx";
import { CopyAs } from "../../copy/copy-as.tsx";
import { Badge } from "../../states/badge.tsx";
import { stateOf } from "../../states/state-of.ts";
import { Panel } from "../../surface/panel.tsx";
import { PageTitle } from "../page-title.tsx";
import { AsOfBanner, AsOfFields } from "./as-of.tsx";
import { ClauseShown, Unconfirmed } from "./clause-shown.tsx";
import { dayOf, partiesOf } from "./clauses.ts";
import { VersionDiff } from "./version-diff.tsx";

/** One agreement: its clauses in words and as they stand in the contract, its versions, and what changed between two of them. */
export function AgreementPage() {
  const { agreement = "" } = useParams({ strict: false });
  const query = useReading("agreementRead", { params: { agreement } });
  return (
    <Loaded query={query} what="the agreement">
      {({ data }) => <Chosen told={data} />}
    </Loaded>
  );
}

/** As it is now, or as it was at the times that the address names. */
function Chosen({ told }: { readonly told: Schemas["Agreement"] }) {
  const { forceAt, knownAt } = useSearch({ from: "/agreements/$agreement" });
  const { now } = useViewing();
  const isPast = forceAt !== undefined || knownAt !== undefined;
  const query = useReading(
    "agreementReadAsOf",
    {
      params: { agreement: told.id },
      query: { effectiveAt: forceAt ?? wholeMinute(now()), ...(knownAt === undefined ? {} : { knownAt }) },
    },
    isPast,
  );
  if (!isPast) return <Shown told={told} agreement={told.view.agreement} />;
  if (query.error instanceof ApiProblem && query.error.status === 404)
    return (
      <>
        <PageTitle title={told.view.agreement.title} under={<span className="font-mono text-xs">{told.id}</span>} />
        <div className="grid grid-cols-1 items-start gap-4 xl:grid-cols-[minmax(0,1fr)_24rem]">
          <Panel>
            <p className="text-ink-soft">Nothing of this agreement was in force then, as far as was known.</p>
          </Panel>
          <AsOfFields />
        </div>
      </>
    );
  return (
    <Loaded query={query} what="the agreement as it was">
      {({ data }) => (
        <>
          <AsOfBanner
            {...(forceAt === undefined ? {} : { forceAt })}
            {...(knownAt === undefined ? {} : { knownAt })}
            version={data.view.agreement.version}
            recordedAt={data.view.recordedAt}
          />
          <Shown told={told} agreement={data.view.agreement} />
        </>
      )}
    </Loaded>
  );
}

/** What is asked stays the same for a minute: it is asked once. */
const wholeMinute = (now: number): string => new Date(Math.floor(now / MINUTE_MS) * MINUTE_MS).toISOString();
const MINUTE_MS = 60_000;

interface ShownProps {
  readonly told: Schemas["Agreement"];
  /** The version that is shown. */
  readonly agreement: Schemas["Agreement"]["view"]["agreement"];
}

function Shown({ told, agreement }: ShownProps) {
  const seat = useSeat();
  const { isKeeper } = useBook();
  const zone = useZone();
  const isNow = agreement === told.view.agreement;
  const nameOf = useNames();
  return (
    <>
      <PageTitle
        title={agreement.title}
        beside={<Badge {...stateOf("agreements", told.status)} />}
        under={
          <>
            <span className="font-mono text-xs">{agreement.id}</span> · {partiesOf(agreement).map(nameOf).join(" and ")}{" "}
            · version {agreement.version}, in force{" "}
            {agreement.effectiveTo === undefined ? (
              <>from {dayOf(agreement.effectiveFrom, zone)}, with an open end</>
            ) : (
              <Window span={{ from: agreement.effectiveFrom, to: agreement.effectiveTo }} isShort />
            )}
          </>
        }
        actions={
          <CopyAs
            cli={["agreement", "show", agreement.id, "--broker"]}
            call={{ method: "GET", path: `/v1/books/${seat.book}/agreements/${agreement.id}` }}
          />
        }
      />
      <div className="grid grid-cols-1 items-start gap-4 xl:grid-cols-[minmax(0,1fr)_24rem]">
        <div className="space-y-4">
          {isKeeper && isNow ? <Unconfirmed agreement={agreement} /> : undefined}
          {agreement.clauses.map((clause) => (
            <ClauseShown
              key={clause.id}
              clause={clause}
              confirms={isKeeper && isNow ? told : undefined}
              isTold={isKeeper}
            />
          ))}
        </div>
        <div className="space-y-4">
          <AsOfFields />
          <Versions id={agreement.id} />
        </div>
      </div>
    </>
  );
}

function Versions({ id }: { readonly id: string }) {
  const query = useReading("agreementVersions", { params: { agreement: id }, query: { limit: 1_000 } });
  const { version, against } = useSearch({ from: "/agreements/$agreement" });
  const zone = useZone();
  return (
    <div className="space-y-4 xl:sticky xl:top-16">
      <Loaded query={query} what="the versions">
        {({ data }) => {
          const versions = data.toSorted((a, b) => b.view.agreement.version - a.view.agreement.version);
          const of = (wanted: string | undefined) =>
            versions.find((one) => String(one.view.agreement.version) === wanted)?.view.agreement;
          const [newer, older] = [of(version), of(against)];
          return (
            <>
              <Panel title="Versions" padded={false}>
                <ul className="divide-y divide-line">
                  {versions.map(({ view }, index) => {
                    const before = versions[index + 1]?.view.agreement;
                    return (
                      <li key={view.agreement.version} className="flex flex-wrap items-baseline gap-x-3 px-4 py-2.5">
                        <span className="font-medium">Version {view.agreement.version}</span>
                        <span className="text-xs text-ink-soft">
                          from {dayOf(view.agreement.effectiveFrom, zone)}, recorded <Instant at={view.recordedAt} />
                        </span>
                        {before === undefined ? undefined : (
                          <Link
                            to="/agreements/$agreement"
                            params={{ agreement: id }}
                            search={(search) => ({
                              ...search,
                              version: String(view.agreement.version),
                              against: String(before.version),
                            })}
                            className="text-xs text-accent underline-offset-3 hover:underline"
                          >
                            What changed
                          </Link>
                        )}
                      </li>
                    );
                  })}
                </ul>
              </Panel>
              {newer === undefined || older === undefined ? undefined : <VersionDiff newer={newer} older={older} />}
            </>
          );
        }}
      </Loaded>
    </div>
  );
}
