/** One change of a zone's offset: `at` is the first instant of the new one. */
export interface ZoneEdge {
  readonly zone: string;
  readonly at: number;
}

const DAY = 86_400_000;

/**
 * Every change of offset of every zone the engine names, from one instant to another.
 *
 * Asks the engine itself, day by day and then by halves, and nothing of the product or of a library: a change that the product
 * misses is found here. Two changes that cancel out within one day would be missed; there are none.
 */
export function zoneEdges(from: number, to: number): ZoneEdge[] {
  const edges: ZoneEdge[] = [];
  for (const zone of Intl.supportedValuesOf("timeZone")) {
    const offset = offsetReader(zone);
    let before = offset(from);
    for (let day = from + DAY; day <= to; day += DAY) {
      const after = offset(day);
      if (after === before) continue;
      edges.push({ zone, at: firstWith(after, offset, day - DAY, day) });
      before = after;
    }
  }
  return edges;
}

/** Reads what the engine's own calendar and clock show in a zone, as if it were UTC, in ms since the epoch. */
export function wallReader(zone: string): (at: number) => number {
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  return (at) => {
    const [month = 0, day = 0, year = 0, hour, minute, second] = (format.format(at).match(/\d+/g) ?? []).map(Number);
    return Date.UTC(year, month - 1, day, hour, minute, second) + (at % 1000);
  };
}

function offsetReader(zone: string): (at: number) => number {
  const wall = wallReader(zone);
  return (at) => wall(at) - at;
}

/** The first second in (low, high] with that offset. */
function firstWith(offsetMs: number, offset: (at: number) => number, low: number, high: number): number {
  let [without, has] = [low / 1000, high / 1000];
  while (has - without > 1) {
    const middle = Math.floor((without + has) / 2);
    if (offset(middle * 1000) === offsetMs) has = middle;
    else without = middle;
  }
  return has * 1000;
}
