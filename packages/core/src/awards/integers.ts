/** Greatest common divisor; 0 for two zeros. */
export function gcdOf(a: bigint, b: bigint): bigint {
  let x = a < 0n ? -a : a;
  let y = b < 0n ? -b : b;
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}

/** Least common multiple, for numbers above 0. */
export function lcm(a: bigint, b: bigint): bigint {
  return (a / gcdOf(a, b)) * b;
}

/** Greatest common divisor of whole numbers from 0. */
export function gcd(a: number, b: number): number {
  let x = a;
  let y = b;
  while (y !== 0) [x, y] = [y, x % y];
  return x;
}
