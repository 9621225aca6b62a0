import { countText } from "../../amounts/counts.ts";
import { type CapacityTold, type Cell, gridOf, monthText } from "../../position/grid.ts";

/** What is free, accelerator and region by month: the ground of a cell says how much of the most there is, the number says it exactly. */
export function PositionGrid({ capacity, zone }: { readonly capacity: CapacityTold; readonly zone: string }) {
  const { months, rows, top } = gridOf(capacity, zone);
  return (
    <div className="overflow-x-auto" tabIndex={0} role="region" aria-label="Free capacity by month">
      <table className="w-full border-separate border-spacing-0 text-right text-xs">
        <thead>
          <tr className="text-ink-soft">
            <th className="sticky left-0 z-10 border-b border-line bg-panel px-4 py-2 text-left font-normal">
              Accelerator, region
            </th>
            {months.map(({ key }) => (
              <th key={key} className="whitespace-nowrap border-b border-line px-2 py-2 font-normal">
                {monthText(key)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ accelerator, region, cells }) => (
            <tr key={`${accelerator} ${region}`}>
              <th className="sticky left-0 z-10 whitespace-nowrap border-b border-line bg-panel px-4 py-1.5 text-left font-normal">
                <span className="font-medium">{accelerator}</span> <span className="text-ink-soft">{region}</span>
              </th>
              {cells.map((cell, index) => (
                <Free key={months[index]?.key} cell={cell} top={top} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Free({ cell: { least, most }, top }: { readonly cell: Cell; readonly top: number }) {
  const share = top === 0 ? 0 : Math.max(0, least) / top;
  const look = least < 0 ? "text-breach" : least === 0 ? "text-ink-faint" : "";
  return (
    <td
      className={`border-b border-line px-2 py-1.5 ${look}`}
      style={{ background: `color-mix(in oklab, var(--secured-fill) ${Math.round(share * 38)}%, transparent)` }}
      title={least === most ? "free throughout" : `from ${countText(least)} to ${countText(most)} free`}
    >
      {least < 0 ? <span aria-hidden="true">✕ </span> : undefined}
      {countText(least)}
      {most > least ? <span className="text-ink-soft">–{countText(most)}</span> : undefined}
    </td>
  );
}
