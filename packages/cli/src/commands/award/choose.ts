import { codeText } from "@offtake/core/explanation";
import type { Client } from "@offtake/client";
import { agreedTo } from "../../broker/confirm.ts";
import { type BrokerOptions, lineOf } from "../../broker/connect.ts";
import { asked } from "../../broker/failures.ts";
import { changeText } from "../../broker/changes.ts";
import { EXIT, type ExitCode } from "../../terminal/exit-codes.ts";
import { done, failed, type Failure, type Outcome, tellFailure } from "../../terminal/failures.ts";
import type { Io } from "../../terminal/io.ts";
import { jsonText } from "../../terminal/json.ts";
import { chosenParts, type PartOptions, type TypedPart } from "./parts.ts";
import { nameText, type Scenario, scenariosText } from "./scenarios.ts";

export interface ChooseOptions extends BrokerOptions, PartOptions {
  readonly scenario?: string;
  readonly yes?: true;
}

const usage = (message: string): Failure => ({ code: "usage", message, exit: EXIT.usage });

/** Proposes an award as it was seen: shows it, asks, and refuses where anything has moved in between. */
export async function chooseAward(io: Io, request: string, options: ChooseOptions): Promise<ExitCode> {
  const json = options.json === true;
  const isByHand = options.take.length > 0 || options.from !== undefined;
  if ((options.scenario === undefined) !== isByHand)
    return tellFailure(
      io,
      usage(
        "say which: --scenario cheapest (or its number), --take BID:COUNT for each part, or --from a sheet that was filled in",
      ),
      json,
    );
  const line = lineOf(io, options);
  if (!line.ok) return tellFailure(io, line.failure, json);
  const typed = await asked(line.value, () => chosenParts(line.value, request, options, io.cwd));
  const parts = typed.ok ? typed.value : typed;
  if (!parts.ok) return tellFailure(io, parts.failure, json);
  const { client, book } = line.value;
  const seen = await asked(line.value, () => looked(client, book, request, parts.value));
  if (!seen.ok) return tellFailure(io, seen.failure, json);
  const chosen = chosenOf(seen.value.scenarios, options.scenario, request);
  if (!chosen.ok) return tellFailure(io, chosen.failure, json);
  if (!json) io.out(scenariosText([chosen.value]));
  const stop = await agreedTo(
    io,
    options,
    `Award ${request} by ${nameText(chosen.value)}? Rights and approvals follow.`,
  );
  if (stop !== undefined) return stop;
  const answer = await asked(line.value, () =>
    choose(client, { book, request }, chosen.value.scenario, parts.value, seen.value.etag),
  );
  if (!answer.ok) return tellFailure(io, moved(answer.failure, request), json);
  io.out(
    json
      ? jsonText(answer.value)
      : changeText(answer.value, `Chosen for ${request}`, `offtake request show ${request}`),
  );
  return EXIT.ok;
}

async function looked(client: Client, book: string, request: string, parts: readonly TypedPart[]) {
  const params = { book, request };
  const { value, etag = "*" } =
    parts.length === 0
      ? await client.call("awardScenarios", { params })
      : await client.call("awardScenariosManual", { params, body: { parts: [...parts] } });
  return { scenarios: value.data, etag };
}

function chosenOf(all: readonly Scenario[], typed: string | undefined, request: string): Outcome<Scenario> {
  if (all.length === 0)
    return failed({
      code: "not_opened",
      message: `nothing of ${request} can be chosen: its bids are sealed, or nothing is left; offtake wait ${request} waits for it`,
      exit: EXIT.conflict,
    });
  if (typed === undefined) return manualOf(all);
  const found = all.find((one, index) => one.scenario === typed || String(index + 1) === typed);
  if (found !== undefined && found.scenario !== "manual") return done(found);
  const names = all.map(({ scenario }) => scenario).join(", ");
  return failed(usage(`there is no scenario ${typed.slice(0, 40)}; there are ${names}`));
}

function manualOf(all: readonly Scenario[]): Outcome<Scenario> {
  const manual = all.find(({ scenario }) => scenario === "manual");
  const [first] = manual?.problems ?? [];
  if (manual !== undefined && first === undefined) return done(manual);
  const why =
    first === undefined ? "nothing can be taken so" : `${first.count} of ${first.bid}: ${codeText(first.why)}`;
  return failed({ code: "not_takable", message: `it cannot be taken so: ${why}`, exit: EXIT.conflict });
}

async function choose(
  client: Client,
  params: { readonly book: string; readonly request: string },
  scenario: Scenario["scenario"],
  parts: readonly TypedPart[],
  ifMatch: string,
) {
  if (scenario === "manual")
    return (await client.call("awardChooseManual", { params, body: { parts: [...parts] }, ifMatch })).value;
  return (await client.call("awardChooseScenario", { params: { ...params, scenario }, ifMatch })).value;
}

function moved(failure: Failure, request: string): Failure {
  if (failure.code !== "precondition_failed") return failure;
  const message = `${request} has changed since it was shown, and nothing was chosen; look again with offtake award scenarios ${request}`;
  return { ...failure, message };
}
