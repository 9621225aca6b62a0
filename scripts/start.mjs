// `npm start`: the main job. Plays the story stargate-2025; what follows `--` goes to the command (--once, --json).
process.argv.splice(2, 0, "run", "stargate-2025");
await import("../bin/offtake.mjs");
