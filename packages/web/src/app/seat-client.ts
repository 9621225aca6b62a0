import { ApiProblem, type Arguments, Client, type ClientOptions, type Operations } from "@offtake/client";
import { whyNotCall } from "./may.ts";

/** The API for somebody with these roles: what they do not allow is not asked, and ends as the broker would end it. */
export class SeatClient extends Client {
  private readonly roles: readonly string[];

  constructor(options: ClientOptions, roles: readonly string[]) {
    super(options);
    this.roles = roles;
  }

  override async send<Operation extends keyof Operations>(
    operation: Operation,
    given: Arguments<Operation>,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Response> {
    const why = whyNotCall(this.roles, operation);
    if (why !== undefined)
      throw new ApiProblem({
        type: "/problems/not_allowed",
        title: "The caller's roles do not allow this",
        status: 403,
        detail: `${why}.`,
        code: "not_allowed",
      });
    return super.send(operation, given, headers);
  }
}
