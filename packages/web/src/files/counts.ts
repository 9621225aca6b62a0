/** "2,500", "2 500" and "2'500" are 2500; nothing is nothing; undefined where it is no whole number. */
export function countTyped(text: string): number | "" | undefined {
  const digits = text.replaceAll(/[\s,'\u00a0\u202f]/g, "");
  if (digits === "") return "";
  return /^\d{1,9}$/.test(digits) ? Number(digits) : undefined;
}
