import type { Command } from "commander";

export const SHELLS = ["bash", "zsh", "fish"] as const;
export type Shell = (typeof SHELLS)[number];

/** One place of the command line: what may follow the words before it. */
interface Place {
  readonly path: string;
  readonly words: readonly { readonly word: string; readonly about: string }[];
}

const firstPart = (text: string): string => text.split(/[.:;]/)[0] ?? "";

/** Every command and option, by the words that lead to it: from the same source as the help. */
function placesOf(command: Command, path: readonly string[] = []): Place[] {
  const commands = command.commands.map((child) => ({
    word: child.name(),
    about: firstPart(child.summary() === "" ? child.description() : child.summary()),
  }));
  const options = command.options
    .filter(({ hidden }) => !hidden)
    .map(({ long, short, description }) => ({ word: long ?? short ?? "", about: firstPart(description) }));
  const words = [...commands, ...options, { word: "--help", about: "print the help" }];
  return [
    { path: path.join(" "), words },
    ...command.commands.flatMap((child) => placesOf(child, [...path, child.name()])),
  ];
}

/** A script that makes a shell complete commands and options, and files where neither fits. */
export function completionScript(program: Command, shell: Shell): string {
  const places = placesOf(program);
  if (shell === "fish") return fish(places);
  const script = bash(places);
  return shell === "zsh"
    ? `autoload -U +X compinit && compinit\nautoload -U +X bashcompinit && bashcompinit\n${script}`
    : script;
}

function bash(places: readonly Place[]): string {
  const cases = places.map(({ path, words }) => `    "${path}") words="${words.map(({ word }) => word).join(" ")}" ;;`);
  return `# Completion of offtake. Made by: offtake completion
_offtake() {
  local current="\${COMP_WORDS[COMP_CWORD]}" path="" words="" next word i
  for ((i = 1; i < COMP_CWORD; i++)); do
    word="\${COMP_WORDS[i]}"
    next="\${path:+$path/}$word"
    case " $_offtake_paths " in *" $next "*) path="$next" ;; esac
  done
  case "\${path//\\// }" in
${cases.join("\n")}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
  [ \${#COMPREPLY[@]} -eq 0 ] && COMPREPLY=($(compgen -f -- "$current"))
  return 0
}
_offtake_paths="${places.map(({ path }) => path.replaceAll(" ", "/")).join(" ")}"
complete -o filenames -F _offtake offtake
`;
}

const quoted = (text: string): string => `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;

function fish(places: readonly Place[]): string {
  const lines = places.flatMap(({ path, words }) => {
    const steps = path === "" ? [] : path.split(" ");
    const below = words.filter(({ word }) => !word.startsWith("-")).map(({ word }) => word);
    const not = below.length === 0 ? "" : `; and not __fish_seen_subcommand_from ${below.join(" ")}`;
    const where =
      steps.length === 0
        ? "__fish_use_subcommand"
        : `${steps.map((step) => `__fish_seen_subcommand_from ${step}`).join("; and ")}${not}`;
    return words.map(({ word, about }) => {
      const what = word.startsWith("--")
        ? `-l ${word.slice(2)}`
        : word.startsWith("-")
          ? `-s ${word.slice(1)}`
          : `-f -a ${word}`;
      return `complete -c offtake -n ${quoted(where)} ${what} -d ${quoted(about)}`;
    });
  });
  return `# Completion of offtake. Made by: offtake completion fish\n${lines.join("\n")}\n`;
}
