import type { Drafted } from "@offtake/wire/templates";

/** What a clause says by now: each answer with its question, and what was left open with the default that stands. */
export function Said({
  drafted,
  answers,
}: {
  readonly drafted: Drafted;
  readonly answers: Readonly<Record<string, string>>;
}) {
  const open = drafted.open.filter(({ rare, parameter }) => !rare && parameter !== undefined);
  const rare = drafted.open.filter((one) => one.rare && one.parameter !== undefined).length;
  const said = drafted.answered.filter(({ id }) => (answers[id] ?? "") !== "");
  return (
    <section aria-label="What it says" className="rounded-md border border-line px-3 py-2">
      <h3 className="text-xs text-ink-soft">What it says</h3>
      <ul className="mt-1 space-y-1">
        {said.map(({ id, asks, choices = [] }) => (
          <li key={id} className="grid grid-cols-[1rem_minmax(0,1fr)] gap-x-2">
            <span aria-hidden="true" className="text-secured">
              ●
            </span>
            <span>
              <span className="text-ink-soft">{asks}</span>{" "}
              {choices.find(({ value }) => value === answers[id])?.means ?? answers[id]}
            </span>
          </li>
        ))}
        {open.map(({ id, asks, standard = "nothing" }) => (
          <li key={id} className="grid grid-cols-[1rem_minmax(0,1fr)] gap-x-2">
            <span aria-hidden="true" className="text-attention">
              ◐
            </span>
            <span>
              <span className="text-ink-soft">{asks}</span> left open, so: {standard}
            </span>
          </li>
        ))}
      </ul>
      {rare === 0 ? undefined : (
        <p className="mt-1 text-xs text-ink-soft">{rare} rarer points are left to their defaults.</p>
      )}
    </section>
  );
}
