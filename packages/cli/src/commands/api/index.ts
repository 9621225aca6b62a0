import type { AddCommand } from "../../command.ts";
import { examples } from "../../command.ts";
import type { ApiOptions } from "./api.ts";

export const addApi: AddCommand = (program, { io, finish }) => {
  const api = program
    .command("api")
    .summary("any call of the API, as the party that you act for")
    .description(
      "Calls the API that docs/reference/api.md lists, with your login, for your party: the answer on stdout, as JSON where it is. A change that is not answered is sent again under the same key. Problems go to stderr, with the exit code of their kind; --json prints them on stdout.",
    )
    .argument("<method>", "GET, POST, PUT or DELETE")
    .argument("<path>", "such as /v1/books/{book}/requests?status=open; {book} and {party} are filled in")
    .option("--body <text>", "what is sent: JSON, or @FILE for a file, or - for stdin")
    .option("--type <media>", "of what is sent (default: application/json)")
    .option("--if-match <etag>", "which version is changed; * for any")
    .option("--key <key>", "the Idempotency-Key of this change (default: a random one)")
    .option("--etag", "print the ETag of the answer on stderr")
    .option("--context <name>", "one of those you logged in at (default: the one used last)")
    .option("--json", "print problems as JSON on stdout")
    .action(async (method: string, path: string, options: ApiOptions) => {
      const { callApi } = await import("./api.ts");
      finish(await callApi(io, method, path, options));
    });
  examples(api, [
    ["offtake api GET '/v1/books/{book}/requests?limit=5'", "the five that changed last"],
    ["offtake api POST '/v1/books/{book}/requests' --body @request.json --key ci-1", "a change, once"],
  ]);
};
