import { type AddCommand, examples } from "../../command.ts";
import type { LoginOptions } from "./login.ts";

export const addLogin: AddCommand = (program, { io, finish }) => {
  const login = program
    .command("login")
    .summary("log in at a broker, for the commands below")
    .description(
      "Logs in with a one-time login (offtake serve prints the first; administrators make more) or an API key. It is asked for, or read from stdin; it is never part of the command line. Each party that you may act for becomes a context; offtake party use chooses among them.",
    )
    .argument("[address]", "where the broker answers", "http://127.0.0.1:8400")
    .option("--party <party>", "for whom the next commands are: BOOK/PARTY, or the party where that says it")
    .option("--json", "print the contexts as JSON on stdout, without tokens")
    .action(async (address: string, options: LoginOptions) => {
      const { logIn } = await import("./login.ts");
      finish(await logIn(io, address, options));
    });
  examples(login, [
    ["offtake login", "at the broker of this machine"],
    ["offtake login https://broker.example --party aurora-labs < key.txt", "with a key from a file"],
  ]);
};

export const addLogout: AddCommand = (program, { io, finish }) => {
  const logout = program
    .command("logout")
    .summary("end a session")
    .description(
      "Ends the session of a context at its broker, and forgets it and all contexts that use the same session.",
    )
    .option("--context <name>", "which (default: the one used last)")
    .action(async (options: { readonly context?: string }) => {
      const { logOut } = await import("./logout.ts");
      finish(await logOut(io, options));
    });
  examples(logout, [["offtake logout", "where the commands go now"]]);
};
