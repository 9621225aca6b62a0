import type { CommandBody } from "@offtake/core/book";
import { acceleratorSeconds, addMoney, costOf, type Money, type Rate, type TimeWindow } from "@offtake/core/kernel";
import type { ComputeRequest } from "@offtake/core/requests";

/** What an act would cost at most, where that can be said of it alone; undefined where it cannot, which asks for every approval. */
export function amountOf(command: CommandBody): Money | undefined {
  if (command.type !== "proposeAward" || command.parts !== undefined) return undefined;
  return sumOf(command.lines.map(({ count, price, window }) => priced(count, price, window)));
}

/** The budget of a request, or what all of it would cost at its caps. */
export function amountOfRequest({ budget, lines }: Pick<ComputeRequest, "budget" | "lines">): Money | undefined {
  return (
    budget ??
    sumOf(
      lines.map(({ count, cap, window, accelerators }) =>
        // Of another kind it may take more of them.
        accelerators.every(({ factor }) => factor.num === factor.den) ? priced(count, cap, window) : undefined,
      ),
    )
  );
}

/** What so many cost over a window; undefined where the price or the window is not known. */
export function priced(count: number, price: Rate | undefined, window: TimeWindow | undefined): Money | undefined {
  if (price === undefined || window === undefined) return undefined;
  return costOf(price, acceleratorSeconds(count, Math.ceil((window.to - window.from) / 1_000)));
}

/** In one currency; undefined where a part is not known, or where they differ. */
export function sumOf(parts: readonly (Money | undefined)[]): Money | undefined {
  return parts.reduce((sum, part) =>
    sum === undefined || part === undefined || sum.currency !== part.currency ? undefined : addMoney(sum, part),
  );
}
