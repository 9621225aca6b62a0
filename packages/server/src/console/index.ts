export { type ConsoleFiles, readConsole } from "./files.ts";
