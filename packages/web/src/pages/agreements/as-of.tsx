import { useNavigate, useSearch } from "@tanstack/react-router";
import { Instant } from "../../clock/instant.tsx";
import { Button } from "../../surface/button.tsx";
import { Panel } from "../../surface/panel.tsx";
import { MomentField } from "../fields.tsx";

/** When an agreement is looked at: what was in force at a time, as it was known at a time. RFC 3339, absent: now. */
export interface AsOf {
  readonly forceAt?: string;
  readonly knownAt?: string;
}

/** Asks for the two times of an agreement: when it was in force, and what was known by then. They stand in the address. */
export function AsOfFields() {
  const { forceAt, knownAt } = useSearch({ from: "/agreements/$agreement" });
  const navigate = useNavigate();
  const change = (to: AsOf): void =>
    void navigate({
      to: ".",
      replace: true,
      search: ({ forceAt: _, knownAt: __, ...others }: Record<string, unknown>) => ({ ...others, ...to }),
    });
  const put = (name: keyof AsOf, value: string | undefined): void => {
    const next = { forceAt, knownAt, [name]: value };
    change({
      ...(next.forceAt === undefined ? {} : { forceAt: next.forceAt }),
      ...(next.knownAt === undefined ? {} : { knownAt: next.knownAt }),
    });
  };
  return (
    <Panel title="As it was">
      <div className="space-y-3">
        <MomentField label="In force at (UTC)" value={forceAt} onChange={(at) => put("forceAt", at)} />
        <MomentField label="As known at (UTC)" value={knownAt} onChange={(at) => put("knownAt", at)} />
        <p className="text-xs text-ink-soft">
          What did we know on a day about the agreement on that day? Left empty: in force now, as known now.
        </p>
        {forceAt === undefined && knownAt === undefined ? undefined : (
          <Button onPress={() => change({})}>As it is now</Button>
        )}
      </div>
    </Panel>
  );
}

interface AsOfBannerProps extends AsOf {
  readonly version: number;
  readonly recordedAt: string;
}

/** Says of what time a page is, above everything else: a past agreement must not be taken for the one that binds. */
export function AsOfBanner({ forceAt, knownAt, version, recordedAt }: AsOfBannerProps) {
  return (
    <div role="status" className="mb-4 rounded-md border border-attention bg-attention-ground px-3 py-2">
      <span aria-hidden="true" className="text-attention">
        ◐{" "}
      </span>
      Version {version}, recorded <Instant at={recordedAt} />: in force{" "}
      {forceAt === undefined ? "now" : <Instant at={forceAt} />}, as known{" "}
      {knownAt === undefined ? "now" : <Instant at={knownAt} />}.
    </div>
  );
}
