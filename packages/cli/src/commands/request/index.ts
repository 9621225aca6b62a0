import type { Command } from "commander";
import { brokerOptions, listOptions } from "../../broker/options.ts";
import type { BrokerOptions } from "../../broker/connect.ts";
import { type AddCommand, examples, type Session } from "../../command.ts";
import type { ListOptions } from "./list.ts";
import type { RequestPlanOptions } from "./plan.ts";
import type { SubmitOptions } from "./submit.ts";

const collect = (value: string, before: readonly string[]): readonly string[] => [...before, value];

export const addRequest: AddCommand = (program, session) => {
  const request = program
    .command("request")
    .summary("requests at a broker: plan, submit, list, show, cancel")
    .description("Compute requests at the broker that you are logged in at.");
  for (const add of [addPlan, addSubmit, addList, addShow, addCancel]) add(request, session);
};

/** What of a request can be said in words of its own. */
function wished(command: Command): Command {
  return command
    .option("--from <date>", "when it begins, such as 2027-03-01")
    .option("--for <length>", "for how long, such as 180d, 26w or 72h")
    .option("--to <date>", "its last day, in place of --for")
    .option("--region <region>", "where; us means every region that begins with us-; may be repeated", collect, [])
    .option("--purpose <word>", "what for, such as training or inference")
    .option("--max-price <price>", "the most that may be paid by accelerator-hour, such as 2.60 or 2.60 EUR/h")
    .option("--block <count>", "every part is a multiple of it");
}

function addPlan(request: Command, { io, finish }: Session): void {
  const plan = request
    .command("plan")
    .description(
      "Tells what would follow from a request at the broker, from what it knows now: who must be asked first and by when, what each source costs after your commitments, what it rests on, and what else would work. Nothing is sent. For the keeper of the book.",
    )
    .argument("<request>", "a request file, - for stdin, or one line such as H100:4096/8@us-*");
  wished(plan)
    .option("--lead <days>", "days from the award to the first hour of service (default: none)")
    .option("--detailed-exitcode", "exit with 2 if something would follow, with 0 if nothing");
  brokerOptions(plan, "print the plan as JSON on stdout").action(async (typed: string, options: RequestPlanOptions) => {
    const { planRequest } = await import("./plan.ts");
    finish(await planRequest(io, typed, options));
  });
  examples(plan, [
    ["offtake request plan H100:4096/8@us-* --from 2027-03-01 --for 180d --max-price 2.60", "before it is submitted"],
  ]);
}

function addSubmit(request: Command, { io, finish }: Session): void {
  const submit = request
    .command("submit")
    .description(
      "Sends a request. The broker finds out who has a right to be asked first, and asks them. Sent again under the same --key, it is the same request and has no second effect.",
    )
    .argument("<request>", "a request file, - for stdin, or one line such as H100:4096/8@us-*");
  wished(submit).option("--key <key>", "the key of this change, to be able to send it again (default: a random one)");
  brokerOptions(submit, "print the request and its receipt as JSON on stdout").action(
    async (typed: string, options: SubmitOptions) => {
      const { submitRequest } = await import("./submit.ts");
      finish(await submitRequest(io, typed, options));
    },
  );
  examples(submit, [
    ["offtake request submit requests/training.yaml", "a request document"],
    ["offtake request submit H100:4096/8@us-* --from 2027-03-01 --for 180d --max-price 2.60", "the same in one line"],
  ]);
}

function addList(request: Command, { io, finish }: Session): void {
  const list = request
    .command("list")
    .description("Lists requests, the last changed first: how they stand, and what falls due next.")
    .option("--status <states>", "only these, such as open,resting")
    .option("--limit <count>", "at most so many", "50");
  listOptions(list, "print the list as JSON on stdout").action(async (options: ListOptions) => {
    const { listRequests } = await import("./list.ts");
    finish(await listRequests(io, options));
  });
  examples(list, [["offtake request list --status open", "what is not settled yet"]]);
}

function addShow(request: Command, { io, finish }: Session): void {
  const show = request
    .command("show")
    .description(
      "Shows one request: what was asked for, who was asked, what they said, what is left, what was awarded.",
    )
    .argument("<request>", "its id");
  brokerOptions(show, "print it as JSON on stdout").action(async (id: string, options: BrokerOptions) => {
    const { showRequest } = await import("./show.ts");
    finish(await showRequest(io, id, options));
  });
  examples(show, [["offtake request show inference-2025", "how it stands"]]);
}

function addCancel(request: Command, { io, finish }: Session): void {
  const cancel = request
    .command("cancel")
    .description("Takes a request back. Those who were asked are told; what was accepted already stands.")
    .argument("<request>", "its id")
    .option("-y, --yes", "do not ask");
  brokerOptions(cancel, "print the request and the receipt as JSON on stdout").action(
    async (id: string, options: BrokerOptions & { readonly yes?: true }) => {
      const { cancelRequest } = await import("./cancel.ts");
      finish(await cancelRequest(io, id, options));
    },
  );
  examples(cancel, [["offtake request cancel inference-2025", "asks once, then takes it back"]]);
}
