import { documented } from "@offtake/wire/documented";
import type { ToldAmendment } from "./amend.ts";

/** The whole comparison for machines; every key is in the reference of the command. */
export function amendmentDocument({ at, book, comparison }: ToldAmendment): unknown {
  const { compared, changed, total, shortfalls, later, earlier, latestByMs, ratesMissing, rejected } = comparison;
  return documented({
    changes: changed.length > 0 || shortfalls.length > 0,
    at,
    agreements: book.agreements,
    notes: book.notes,
    compared,
    changed: changed.length,
    later,
    earlier,
    latestByHours: latestByMs / 3_600_000,
    total,
    ratesMissing,
    rejected,
    commitments: shortfalls,
    requests: changed,
  });
}
