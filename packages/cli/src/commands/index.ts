import type { AddCommand } from "../command.ts";
import { addPlan } from "./plan/index.ts";
import { addRun } from "./run/index.ts";
import { addTest } from "./test/index.ts";
import { addValidate } from "./validate/index.ts";

/** Every command, in the order of the help. */
export const COMMANDS: readonly AddCommand[] = [addRun, addPlan, addTest, addValidate];
