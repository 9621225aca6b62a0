/** An instant as it is written anywhere: its digits are nobody's secret. */
const INSTANT = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z|"date":"[^"]*"/g;

/**
 * Which of the secrets a text tells. Words are looked for anywhere, whatever their case. A figure is told where it stands by itself, with
 * zeros behind it or not, in thousands or not, as money in whole numbers too: its digits within an instant, a hash, an id or a port are
 * chance, and would be found there once in so many runs.
 */
export function toldOf(text: string, secrets: readonly string[]): readonly string[] {
  const still = text.replaceAll(INSTANT, "");
  return secrets.filter((secret) => patternOf(secret).test(still));
}

function patternOf(secret: string): RegExp {
  if (!/^[\d.]+$/.test(secret)) return new RegExp(secret.replaceAll(/[^\w]/g, "\\$&"), "i");
  const [whole = "", cents] = secret.split(".");
  const thousands = whole.replaceAll(/\B(?=(?:\d{3})+$)/g, ",?");
  if (cents === undefined) return new RegExp(`(?<![\\w.,])${thousands}(?:\\.0*)?(?![\\w])`);
  const micros = `${whole}${cents.padEnd(6, "0")}`.replace(/^0+/, "");
  return new RegExp(`(?<![\\w.,])(?:${thousands}\\.${cents}0*|${micros})(?!\\w)`);
}
