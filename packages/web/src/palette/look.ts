/** How the palette looks, whole or on its way. */
export const OVERLAY = "fixed inset-0 z-40 flex justify-center bg-black/40 p-4 pt-[12vh] print:hidden";
export const BOX = "h-fit w-full max-w-xl overflow-hidden rounded-xl border border-line-strong bg-raised shadow-2xl";
export const FIELD = "h-12 w-full border-b border-line bg-transparent px-4 text-md outline-none";
export const PLACEHOLDER = "Search or run…";
