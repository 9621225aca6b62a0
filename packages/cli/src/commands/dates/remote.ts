import { UTC } from "@offtake/core/calendar";
import { formatInstant } from "@offtake/core/kernel";
import type { BrokerOptions } from "../../broker/connect.ts";
import { atBroker } from "../../broker/run.ts";
import { whenText } from "../../broker/texts.ts";
import { EXIT, type ExitCode } from "../../terminal/exit-codes.ts";
import { countOf, tellFailure } from "../../terminal/failures.ts";
import type { Io } from "../../terminal/io.ts";
import { tableText } from "../../terminal/table.ts";
import type { DatesOptions } from "./dates.ts";
import { startOf, windowOf } from "./window.ts";

export type RemoteDatesOptions = DatesOptions & BrokerOptions & { readonly broker?: true };

const COLUMNS = ["DUE", "WHAT", "AGREEMENT", "CLAUSE", "FOR", "OWNER", "IF NOBODY ACTS"].map((title) => ({ title }));

/** The dates of the book at the broker, as the party that one acts for knows them; days begin at 00:00 UTC. */
export async function datesAtBroker(io: Io, path: string | undefined, options: RemoteDatesOptions): Promise<ExitCode> {
  const json = options.json === true;
  const usage = (message: string): ExitCode => tellFailure(io, { code: "usage", message, exit: EXIT.usage }, json);
  if (path !== undefined) return usage(`--broker is about the book at the broker: leave ${path} out`);
  if (options.ics !== undefined)
    return usage("--ics writes the dates of a book in files; a broker has an address for calendar programs instead");
  const from = startOf(options.from, UTC);
  if (!from.ok) return tellFailure(io, from.failure, json);
  const window = windowOf(from.value, options.within, UTC);
  if (!window.ok) return tellFailure(io, window.failure, json);
  const { owner } = options;
  const query = {
    from: formatInstant(window.value.from),
    to: formatInstant(window.value.to),
    ...(owner === undefined ? {} : { owner }),
  };
  let isWhole = true;
  const code = await atBroker(
    io,
    options,
    async ({ client, book }) => (await client.call("dateList", { params: { book }, query })).value,
    ({ data: { dates, unknown } }) => {
      isWhole = unknown.length === 0;
      for (const { agreement, clause, about, detail } of unknown)
        io.err(`offtake: ${agreement}${clause === undefined ? "" : `/${clause}`}, ${about}: ${detail}\n`);
      if (dates.length === 0) {
        io.err("Nothing falls in this time. Look further ahead: offtake dates --broker --within 10y\n");
        return "";
      }
      const rows = dates.map((date) => [
        whenText(date.due, date.zone),
        date.title,
        date.agreement,
        date.clause ?? "",
        date.actor ?? "",
        date.owner ?? "",
        date.silence ?? "",
      ]);
      return `${tableText(COLUMNS, rows)}${countOf(dates.length, "date")}, ${dates.filter(({ own }) => own).length} of them for you to act on\n`;
    },
  );
  return code === EXIT.ok && !isWhole ? EXIT.failed : code;
}
