const TEXTS = new WeakMap<Response, string>();

/** An answer whose body is a text that stays at hand: whoever looks at it before it is sent need not read it back. */
export function answerOf(text: string, status: number, headers: Readonly<Record<string, string>>): Response {
  const response = new Response(text, { status, headers });
  TEXTS.set(response, text);
  return response;
}

/** The body of an answer, where it was made of a text. */
export const textOf = (response: Response): string | undefined => TEXTS.get(response);
