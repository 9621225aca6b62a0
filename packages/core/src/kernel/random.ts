import { believe } from "./brand.ts";

/**
 * Own seeded generator (sfc32): the same numbers on every engine. Not for secrets.
 *
 * @source PractRand's sfc32 by Chris Doty-Humphrey, public domain
 */
export class Random {
  private a: number;
  private b: number;
  private c: number;
  private counter = 1;

  constructor(seed: string) {
    [this.a, this.b, this.c] = mix3(seed);
    for (let i = 0; i < 12; i += 1) this.nextUint32();
  }

  nextUint32(): number {
    const t = (((this.a + this.b) | 0) + this.counter) | 0;
    this.counter = (this.counter + 1) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = (((this.c << 21) | (this.c >>> 11)) + t) | 0;
    return t >>> 0;
  }

  /** A whole number from 0 to below `bound` (1 to 2^32), without modulo bias. */
  below(bound: number): number {
    believe(Number.isInteger(bound) && bound >= 1 && bound <= 4_294_967_296, "a number is drawn below 1 to 2^32");
    const limit = 4_294_967_296 - (4_294_967_296 % bound);
    let drawn = this.nextUint32();
    while (drawn >= limit) drawn = this.nextUint32();
    return drawn % bound;
  }

  /** A whole number from `min` to `max`, both included. */
  between(min: number, max: number): number {
    return min + this.below(max - min + 1);
  }

  /** True with a chance of `num` in `den`. */
  chance(num: number, den: number): boolean {
    return this.below(den) < num;
  }

  /** One item of a list that is not empty. */
  pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)] as T;
  }
}

/** Three 32-bit words of a text, by three multiplicative hashes that differ in start and factor. */
function mix3(text: string): [number, number, number] {
  let a = 0x9e3779b9;
  let b = 0x85ebca6b;
  let c = 0xc2b2ae35;
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    a = Math.imul(a ^ unit, 0x01000193);
    b = Math.imul(b ^ unit, 0x5bd1e995) ^ (b >>> 15);
    c = Math.imul(c + unit, 0x27d4eb2f) ^ (c >>> 13);
  }
  return [a ^ (a >>> 16), b ^ (b >>> 13), c ^ (c >>> 16)];
}
