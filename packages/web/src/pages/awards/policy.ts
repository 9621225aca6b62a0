import type { Schemas } from "@offtake/client";

export type PolicyTold = NonNullable<Schemas["BookSettings"]["view"]["policy"]>;

/**
 * The keeper's rules as they stand, but for who chooses: the API takes rules as a whole, so what is not changed is sent as it is.
 *
 * @param isByItself the broker awards as soon as the rules allow; otherwise somebody chooses
 */
export function policyBody(
  { version, tenderWindow, improveWindow, concentrationBp, ownBuild, ...others }: PolicyTold,
  isByItself: boolean,
): Schemas["PolicyBody"] {
  return {
    ...others,
    version: version + 1,
    tenderWindow: windowBody(tenderWindow),
    improveWindow: windowBody(improveWindow),
    ...(concentrationBp === undefined ? {} : { concentration: `${concentrationBp / 100}%` }),
    ...(ownBuild.length === 0 ? {} : { ownBuild }),
    autoAward: isByItself,
  };
}

function windowBody({ n, unit, zone, calendars, join, closeMs }: PolicyTold["tenderWindow"]): Schemas["Window"] {
  const length = `${n} ${unit.replace("-", " ")}`;
  if (zone === undefined && calendars === undefined && join === undefined && closeMs === undefined) return length;
  return {
    length,
    ...(zone === undefined ? {} : { zone }),
    ...(calendars === undefined || calendars.length === 0 ? {} : { holidays: calendars }),
    ...(join === undefined ? {} : { join }),
    ...(closeMs === undefined ? {} : { close: timeOfDay(closeMs) }),
  };
}

const timeOfDay = (ms: number): string =>
  [Math.floor(ms / 3_600_000), Math.floor(ms / 60_000) % 60].map((part) => String(part).padStart(2, "0")).join(":");
