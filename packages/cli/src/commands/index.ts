import type { AddCommand } from "../command.ts";
import { addTest } from "./test/index.ts";

/** Every command, in the order of the help. */
export const COMMANDS: readonly AddCommand[] = [addTest];
