// `npm start`: the main job. Plays the story stargate-2025, and then leaves the broker running with it as a book. With --once or --json
// it ends with the story. What follows `--` goes to the command.
const once = process.argv.some((arg) => arg === "--once" || arg === "--json");
process.argv.splice(2, 0, ...(once ? ["run", "stargate-2025"] : ["serve", "--story", "stargate-2025"]));
await import("../bin/offtake.mjs");
