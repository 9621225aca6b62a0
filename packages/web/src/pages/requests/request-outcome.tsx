import { codeText } from "@offtake/core/explanation";
import type { Schemas } from "@offtake/client";
import { useNames } from "../../app/names.ts";
import { countOf, countText } from "../../amounts/counts.ts";
import { moneyText, rateText } from "../../amounts/money.ts";
import { NoneYet } from "../../lists/list-states.tsx";
import { Badge } from "../../states/badge.tsx";
import { stateOf } from "../../states/state-of.ts";
import { KeyFigures } from "../../surface/key-figures.tsx";
import { Panel } from "../../surface/panel.tsx";
import { awardTotals } from "./totals.ts";
import { Comparison } from "./comparison.tsx";
import type { Told } from "./request-page.tsx";

/** What was bid, how bids compared, and what was awarded at which price. */
export function RequestOutcome({ request, awards }: Told) {
  const { tenders, evaluations } = request.view;
  return (
    <div className="space-y-4">
      {awards.length === 0 ? (
        <Panel title="Awards">
          <NoneYet command="offtake award list">Nothing is awarded yet.</NoneYet>
        </Panel>
      ) : (
        awards.map((award) => <AwardShown key={award.id} award={award} />)
      )}
      {evaluations.map((evaluation) => (
        <Comparison key={evaluation.id} evaluation={evaluation} />
      ))}
      {tenders.map(({ tender, invitations, sealed, opened }) => (
        <Panel
          key={tender.id}
          title={`Market, round ${tender.round + 1}`}
          foot={`${countOf(invitations.length, "provider")} invited; ${opened.length === 0 ? `${countOf(sealed.length, "sealed bid")}, to be opened together at the close` : `${countOf(opened.length, "bid")} opened`}`}
          padded={false}
        >
          <Bids opened={opened} evaluations={evaluations} />
        </Panel>
      ))}
    </div>
  );
}

const HEAD = "px-4 py-2 text-left text-xs font-normal text-ink-soft";
const CELL = "px-4 py-2 align-baseline";

function AwardShown({ award }: { readonly award: Schemas["Award"] }) {
  const nameOf = useNames();
  const { view, id, status } = award;
  if (view.as !== "keeper") return undefined;
  const totals = awardTotals(view.award.lines);
  return (
    <Panel
      title={
        <span>
          Award <span className="font-mono text-xs text-ink-soft">{id}</span>
        </span>
      }
      actions={<Badge {...stateOf("awards", status)} />}
      padded={false}
    >
      <div className="p-4">
        <KeyFigures
          figures={[
            { label: "Accelerators", value: countText(totals.count) },
            { label: "Providers", value: String(totals.providers) },
            ...(totals.cost === undefined ? [] : [{ label: "Cost", value: moneyText(totals.cost) }]),
            ...(totals.blended === undefined ? [] : [{ label: "Blended price", value: rateText(totals.blended) }]),
          ]}
        />
      </div>
      <div className="overflow-x-auto border-t border-line">
        <table className="w-full min-w-[40rem]">
          <thead className="border-b border-line">
            <tr>
              <th className={HEAD}>Provider</th>
              <th className={HEAD}>Run by</th>
              <th className={`${HEAD} text-right`}>Accelerators</th>
              <th className={`${HEAD} text-right`}>Price</th>
              <th className={`${HEAD} text-right`}>Cost</th>
              <th className={HEAD}>Why</th>
            </tr>
          </thead>
          <tbody className="divide-y divide-line">
            {view.award.lines.map(({ provider, host, count, price, cost, basis, lot, bid, notice }, index) => (
              // oxlint-disable-next-line react/no-array-index-key -- lines of an award stand in its order
              <tr key={`${lot} ${bid ?? notice ?? ""} ${index}`}>
                <td className={`${CELL} font-medium`}>{nameOf(provider)}</td>
                <td className={`${CELL} text-ink-soft`}>{host === undefined ? "itself" : nameOf(host)}</td>
                <td className={`${CELL} text-right`}>{countText(count)}</td>
                <td className={`${CELL} text-right`}>{price === undefined ? "–" : rateText(price)}</td>
                <td className={`${CELL} text-right`}>{cost === undefined ? "–" : moneyText(cost)}</td>
                <td className={`${CELL} text-ink-soft`}>{codeText(basis)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}

/** "beaten: its price is above the cap"; a word alone where the reason says the same. */
function verdictText({ verdict, why }: { readonly verdict: string; readonly why: string }): string {
  const reason = codeText(why);
  return reason.startsWith(verdict) ? reason : `${verdict}: ${reason}`;
}

interface BidsProps {
  readonly opened: Told["request"]["view"]["tenders"][number]["opened"];
  readonly evaluations: Told["request"]["view"]["evaluations"];
}

function Bids({ opened, evaluations }: BidsProps) {
  const nameOf = useNames();
  const considered = evaluations.flatMap((evaluation) => evaluation.considered);
  if (opened.length === 0)
    return (
      <p className="px-4 py-6 text-center text-ink-soft">
        Bids are sealed until the close. Nobody can read them, nor can you.
      </p>
    );
  return (
    <div className="overflow-x-auto">
      <table className="w-full min-w-[40rem]">
        <thead className="border-b border-line">
          <tr>
            <th className={HEAD}>Bidder</th>
            <th className={`${HEAD} text-right`}>From</th>
            <th className={`${HEAD} text-right`}>To</th>
            <th className={`${HEAD} text-right`}>Price</th>
            <th className={HEAD}>Verdict</th>
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {opened.flatMap(({ id, bidder, lines }) =>
            lines.map(({ lot, countMin, countMax, tiers }) => {
              const verdict = considered.find((one) => one.bid === id && one.lot === lot);
              return (
                <tr key={`${id} ${lot}`}>
                  <td className={`${CELL} font-medium`}>{nameOf(bidder)}</td>
                  <td className={`${CELL} text-right`}>{countText(countMin)}</td>
                  <td className={`${CELL} text-right`}>{countText(countMax)}</td>
                  <td className={`${CELL} text-right`}>{tiers.map(({ rate }) => rateText(rate)).join(", ")}</td>
                  <td className={`${CELL} text-ink-soft`}>{verdict === undefined ? "–" : verdictText(verdict)}</td>
                </tr>
              );
            }),
          )}
        </tbody>
      </table>
    </div>
  );
}
