/** What stands behind an option of a measurement; undefined where the option does not stand. */
export function optionOf(args: readonly string[], option: string): string | undefined {
  const at = args.indexOf(option);
  return at < 0 ? undefined : args[at + 1];
}
