const NAMES: Readonly<Record<string, string>> = {
  "aurora-labs": "Aurora Labs",
  meridian: "Meridian Cloud",
  "corvid-cloud": "Corvid Cloud",
  ember: "Ember Compute",
  northlight: "Northlight",
  basin: "Basin Sites",
};

export const nameOf = (party: string): string => NAMES[party] ?? party;
