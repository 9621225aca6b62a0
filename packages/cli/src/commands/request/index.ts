import type { Command } from "commander";
import { brokerOptions } from "../../broker/options.ts";
import type { BrokerOptions } from "../../broker/connect.ts";
import { type AddCommand, examples, type Session } from "../../command.ts";
import type { ListOptions } from "./list.ts";
import type { SubmitOptions } from "./submit.ts";

const collect = (value: string, before: readonly string[]): readonly string[] => [...before, value];

export const addRequest: AddCommand = (program, session) => {
  const request = program
    .command("request")
    .summary("requests at a broker: submit, list, show, cancel")
    .description("Compute requests at the broker that you are logged in at.");
  for (const add of [addSubmit, addList, addShow, addCancel]) add(request, session);
};

function addSubmit(request: Command, { io, finish }: Session): void {
  const submit = request
    .command("submit")
    .description(
      "Sends a request. The broker finds out who has a right to be asked first, and asks them. Sent again under the same --key, it is the same request and has no second effect.",
    )
    .argument("<request>", "a request file, - for stdin, or one line such as H100:4096/8@us-*")
    .option("--from <date>", "when it begins, such as 2027-03-01")
    .option("--for <length>", "for how long, such as 180d, 26w or 72h")
    .option("--to <date>", "its last day, in place of --for")
    .option("--region <region>", "where; us means every region that begins with us-; may be repeated", collect, [])
    .option("--purpose <word>", "what for, such as training or inference")
    .option("--max-price <price>", "the most that may be paid by accelerator-hour, such as 2.60 or 2.60 EUR/h")
    .option("--block <count>", "every part is a multiple of it")
    .option("--key <key>", "the key of this change, to be able to send it again (default: a random one)");
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
  brokerOptions(list, "print the list as JSON on stdout").action(async (options: ListOptions) => {
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
