import manifest from "../../package.json" with { type: "json" };

/** Of all of Offtake: its packages are made and given out together. */
export const VERSION: string = manifest.version;
