import type { Schemas } from "./api.ts";

export type Problem = Schemas["Problem"];

/** What the broker said no to: its document, with the stable code. */
export class ApiProblem extends Error {
  readonly problem: Problem;
  readonly status: number;

  constructor(problem: Problem) {
    super(`${problem.title}. ${problem.detail}`);
    this.name = "ApiProblem";
    this.problem = problem;
    this.status = problem.status;
  }

  get code(): string {
    return this.problem.code;
  }
}

/** The problem of an answer; one made up where something between here and the broker answered. */
export async function problemOf(answer: Response): Promise<ApiProblem> {
  const text = await answer.text();
  try {
    const problem = JSON.parse(text) as Partial<Problem>;
    if (typeof problem.code === "string" && typeof problem.title === "string")
      return new ApiProblem(problem as Problem);
  } catch {
    // Falls through: no problem of the broker.
  }
  return new ApiProblem({
    type: "about:blank",
    title: "Something else than the broker answered",
    status: answer.status,
    detail: text.slice(0, 200),
    code: "unavailable",
  });
}
