const offsetTexts = new Map<number, string>();

/** "+05:30"; seconds only where there are some. */
export function formatOffset(offsetMs: number): string {
  let text = offsetTexts.get(offsetMs);
  if (text === undefined) {
    text = offsetText(offsetMs);
    offsetTexts.set(offsetMs, text);
  }
  return text;
}

function offsetText(offsetMs: number): string {
  const seconds = Math.abs(offsetMs) / 1000;
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  if (seconds % 60 !== 0) parts.push(seconds % 60);
  return `${offsetMs < 0 ? "-" : "+"}${parts.map((part) => String(part).padStart(2, "0")).join(":")}`;
}
