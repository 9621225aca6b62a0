import { type AddCommand, examples } from "../../command.ts";
import { EXIT } from "../../terminal/exit-codes.ts";

export const addCompletion: AddCommand = (program, { io, finish }) => {
  const command = program
    .command("completion")
    .summary("have your shell complete commands and options")
    .description("Prints a script by which bash, zsh or fish completes commands, options and files.")
    .argument("<shell>", "bash, zsh or fish")
    .action(async (typed: string) => {
      const { completionScript, SHELLS } = await import("./completion.ts");
      const shell = SHELLS.find((one) => one === typed);
      if (shell === undefined) {
        const { tellFailure } = await import("../../terminal/failures.ts");
        const message = `there is no completion for ${typed.slice(0, 40)}; there is one for ${SHELLS.join(", ")}`;
        finish(tellFailure(io, { code: "usage", message, exit: EXIT.usage }, false));
        return;
      }
      io.out(completionScript(program, shell));
      finish(EXIT.ok);
    });
  examples(command, [
    ["offtake completion bash >> ~/.bashrc", "for bash; for zsh: offtake completion zsh >> ~/.zshrc"],
    ["offtake completion fish > ~/.config/fish/completions/offtake.fish", "for fish"],
  ]);
};
