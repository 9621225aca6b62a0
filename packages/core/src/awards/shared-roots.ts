import type { BlockId } from "../kernel/index.ts";

type Roots = readonly BlockId[];

/** Of lists that were compared before: those of price lists are the same objects in every tender. */
const compared = new WeakMap<Roots, WeakMap<Roots, boolean>>();

/** Shorter lists are compared anew in no time. */
const SHORT = 4;

/** Whether two lines name a root block in common. Lists of blocks are never changed in place. */
export function sharesRoot(a: { readonly rootBlocks: Roots }, b: { readonly rootBlocks: Roots }): boolean {
  const isInOrder = a.rootBlocks.length <= b.rootBlocks.length;
  const short = isInOrder ? a.rootBlocks : b.rootBlocks;
  const long = isInOrder ? b.rootBlocks : a.rootBlocks;
  if (short.length === 0) return false;
  if (short.length < SHORT) return short.some((root) => long.includes(root));
  let known = compared.get(short);
  if (known === undefined) {
    known = new WeakMap();
    compared.set(short, known);
  }
  let shares = known.get(long);
  if (shares === undefined) {
    const roots = new Set(long);
    shares = short.some((root) => roots.has(root));
    known.set(long, shares);
  }
  return shares;
}
