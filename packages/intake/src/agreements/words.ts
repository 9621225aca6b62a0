import { normaliseAccelerator } from "@offtake/wire";
import { type Cell, cellText } from "./cells.ts";
import { folded, isNothing, isUnknown, NOTHING, read, type Reading, refuse, shown } from "./reading.ts";

/** What an agreement may give or owe, as a list says it in one word. */
export const KINDS = [
  "first-refusal",
  "first-offer",
  "match",
  "exclusivity",
  "consent",
  "first-ship",
  "option",
  "minimum-share",
  "most-favoured",
  "spend-commitment",
  "take-or-pay",
  "prepaid",
  "volume-commitment",
  "revenue-share",
  "frame",
] as const;
export type Kind = (typeof KINDS)[number];

/** Words for each kind in English, German and French, folded; the longest that a text holds counts. */
export const KIND_WORDS: Readonly<Record<Kind, readonly string[]>> = {
  "first-refusal": [
    "right of first refusal",
    "first refusal",
    "rofr",
    "ask first",
    "asked first",
    "first look",
    "vorkaufsrecht",
    "vorrecht",
    "erstes zugriffsrecht",
    "vorrang",
    "droit de premier refus",
    "premier refus",
    "droit de preemption",
    "preemption",
  ],
  "first-offer": [
    "right of first offer",
    "first offer",
    "rofo",
    "first negotiation",
    "rofn",
    "erstangebotsrecht",
    "erstangebot",
    "andienungsrecht",
    "andienungspflicht",
    "droit de premiere offre",
    "premiere offre",
  ],
  match: [
    "right to match",
    "matching right",
    "match",
    "last look",
    "may match",
    "eintrittsrecht",
    "mitbietungsrecht",
    "alignement",
    "droit d alignement",
  ],
  exclusivity: [
    "exclusivity",
    "exclusive",
    "exclusive supply",
    "exclusive provider",
    "exclusive supplier",
    "exklusivitat",
    "exklusiv",
    "ausschliesslichkeit",
    "exclusivite",
    "exclusif",
  ],
  consent: [
    "consent",
    "approval",
    "consent right",
    "zustimmung",
    "zustimmungsvorbehalt",
    "zustimmungsrecht",
    "genehmigung",
    "consentement",
    "accord prealable",
    "agrement",
  ],
  "first-ship": [
    "first ship",
    "ship first",
    "ships first",
    "first ship right",
    "preferred launch",
    "launch partner",
    "earliest availability",
    "erstverfugbarkeit",
    "premiere disponibilite",
  ],
  option: [
    "option",
    "call option",
    "expansion option",
    "expansion right",
    "expansion",
    "erweiterungsoption",
    "optionsrecht",
    "droit d option",
  ],
  "minimum-share": ["minimum share", "min share", "mindestanteil", "part minimale"],
  "most-favoured": [
    "most favoured",
    "most favored",
    "most favoured customer",
    "mfn",
    "mfc",
    "meistbegunstigung",
    "nation la plus favorisee",
  ],
  "spend-commitment": [
    "spend commitment",
    "commitment",
    "committed spend",
    "minimum spend",
    "spend commit",
    "commit",
    "macc",
    "edp",
    "abnahmeverpflichtung",
    "ausgabenverpflichtung",
    "mindestumsatz",
    "verpflichtung",
    "engagement de depense",
    "engagement",
    "engagement de depenses",
  ],
  "take-or-pay": ["take or pay", "top", "take pay", "mindestabnahme", "obligation d enlevement"],
  prepaid: ["prepaid", "prepayment", "pre paid", "credits", "vorauszahlung", "guthaben", "prepaye", "prepaiement"],
  "volume-commitment": [
    "volume commitment",
    "minimum volume",
    "usage commitment",
    "mengenverpflichtung",
    "mindestmenge",
    "engagement de volume",
  ],
  "revenue-share": [
    "revenue share",
    "rev share",
    "revenue sharing",
    "umsatzbeteiligung",
    "erlosbeteiligung",
    "partage de revenus",
    "partage des revenus",
  ],
  frame: [
    "frame",
    "framework",
    "frame agreement",
    "framework agreement",
    "msa",
    "master agreement",
    "master services agreement",
    "none",
    "no right",
    "rahmenvertrag",
    "keine",
    "kein",
    "contrat cadre",
    "accord cadre",
    "aucun",
    "aucune",
  ],
};

const BY_KIND_WORD: readonly (readonly [word: string, kind: Kind])[] = KINDS.flatMap((kind) =>
  [folded(kind), ...KIND_WORDS[kind]].map((word) => [word, kind] as const),
).sort(([a], [b]) => b.length - a.length);

/** Kinds of a cell, in their order, apart by semicolons, plus signs, slashes or "and"; what else it says is kept beside them. */
export function readKinds(cell: Cell): Reading<{ readonly kinds: readonly Kind[] }> {
  const text = cellText(cell);
  if (text === "" || /^[-–—]+$/.test(text)) return NOTHING;
  if (isUnknown(text))
    return refuse("unknown_word", `${shown(text)} names no right`, {
      expected: "a kind of right or commitment, or frame",
    });
  const kinds: Kind[] = [];
  const odd: string[] = [];
  for (const part of text.split(/\s*(?:[;+/\n]|,| and | und | et |&)\s*/i).filter((one) => one !== "")) {
    const found = kindOf(part);
    if (found === undefined) odd.push(part);
    else if (!kinds.includes(found.kind)) {
      kinds.push(found.kind);
      if (!found.isWhole) odd.push(part);
    }
  }
  const [first] = odd;
  if (kinds.length === 0)
    return refuse("unknown_word", `${shown(text)} names no right and no commitment that is known`, {
      expected: `one of ${KINDS.join(", ")}`,
    });
  return read(
    { kinds },
    first === undefined ? undefined : `${shown(text)} is read as ${kinds.join(" and ")}; its words are kept`,
  );
}

function kindOf(text: string): { kind: Kind; isWhole: boolean } | undefined {
  const words = folded(text);
  const exact = BY_KIND_WORD.find(([word]) => word === words);
  if (exact !== undefined) return { kind: exact[1], isWhole: true };
  if (/\b(?:no|not|without|kein|keine|ohne|non|sans|pas)\b/.test(words)) return undefined;
  const inside = BY_KIND_WORD.find(([word]) => word.length > 3 && ` ${words} `.includes(` ${word} `));
  return inside === undefined ? undefined : { kind: inside[1], isWhole: false };
}

const YES = /^(?:y|yes|ja|j|oui|o|true|wahr|vrai|x|✓|✔|1|si|allowed|erlaubt|permitted)$/i;
const NO = /^(?:n|no|nein|non|false|falsch|faux|0|✗|✘|not allowed|nicht erlaubt|prohibited|verboten|interdit)$/i;

export function readYesNo(cell: Cell): Reading {
  if (cell.kind === "truth") return read(cell.value ? "yes" : "no");
  const text = cellText(cell);
  if (text === "" || /^[-–—]+$/.test(text) || /^n\/a$/i.test(text)) return NOTHING;
  if (YES.test(text)) return read("yes");
  return NO.test(text)
    ? read("no")
    : refuse("bad_yes_no", `${shown(text)} is neither yes nor no`, { expected: "yes or no" });
}

const ALL =
  /^(?:\*|all|any|every|everything|everywhere|global(?:ly)?|worldwide|alle[sn]?|jede[rs]?|überall|weltweit|tou(?:s|tes)|partout|monde(?: entier)?)(?: (?:accelerators|gpus|types|regions|purposes|regionen|zwecke))?$/i;

const LIST = /\s*(?:[;,+\n]|\s\/\s|(?<=\w)\/(?=\w)| and | und | et |&)\s*/i;

/** Accelerators of a cell; `1,024 x H100` also says how many. */
export function readAccelerators(cell: Cell): Reading<{ readonly names: readonly string[]; readonly count?: string }> {
  const text = cellText(cell);
  if (text === "" || isNothing(text)) return NOTHING;
  if (ALL.test(text)) return read({ names: [] });
  const counted = /^(\d{1,3}(?:[.,'’ ]\d{3})+|\d+) ?(?:x|×|\*|Stück|units? of)? ?(?=[A-Za-z])(.*)$/i.exec(text);
  const isCounted = counted !== null && /^(\d[\d.,'’ ]*) ?(?:x|×|\*|Stück|units? of| )/i.test(text);
  const names: string[] = [];
  for (const part of (isCounted ? (counted[2] ?? "") : text).split(LIST).filter((one) => one !== "")) {
    const name = part.replace(/^(?:nvidia|amd) /i, "").replace(/ ?gpus?$/i, "");
    const found = normaliseAccelerator(name);
    if ("problem" in found && !isFamily(name))
      return refuse("unknown_accelerator", found.problem.detail, {
        expected: "an accelerator such as H100",
        didYouMean: found.problem.didYouMean,
      });
    if (!names.includes(name)) names.push(name);
  }
  const count = isCounted ? (counted[1] ?? "").replace(/[^\d]/g, "") : undefined;
  return read(
    { names, ...(count === undefined ? {} : { count }) },
    count === undefined ? undefined : `the number before it is read as a count of ${count}`,
  );
}

/** A family such as Trainium is no name of one type, and is one of a scope. */
const isFamily = (name: string): boolean => !("problem" in normaliseAccelerator(name.replace(/s$/, "")));

const PLACES: ReadonlyMap<string, string> = new Map([
  ...["us", "usa", "u s", "u s a", "united states", "vereinigte staaten", "etats unis"].map(
    (word) => [word, "us-*"] as const,
  ),
  ...["eu", "europe", "europa", "european union", "europaische union"].map((word) => [word, "eu-*"] as const),
  ...["uk", "united kingdom", "great britain", "grossbritannien", "royaume uni"].map((word) => [word, "uk-*"] as const),
  ...["canada", "kanada"].map((word) => [word, "ca-*"] as const),
  ...["asia", "apac", "asien", "asie"].map((word) => [word, "ap-*"] as const),
  ...["middle east", "naher osten", "moyen orient"].map((word) => [word, "me-*"] as const),
]);

/** Regions of a cell: ids, prefixes with a star, and a few names of countries and continents, which become prefixes. */
export function readRegions(cell: Cell): Reading<readonly string[]> {
  const text = cellText(cell);
  if (text === "" || isNothing(text)) return NOTHING;
  if (ALL.test(text)) return read([]);
  const regions: string[] = [];
  const why: string[] = [];
  for (const part of text.split(/\s*(?:[;,+\n/]| and | und | et |&)\s*/i).filter((one) => one !== "")) {
    const place = /^[\p{L}. ]+$/u.test(part) ? PLACES.get(folded(part)) : undefined;
    const region = place ?? part.toLowerCase();
    if (!/^(?:[a-z0-9][a-z0-9_.-]{0,62}\*?|\*)$/.test(region))
      return refuse("bad_region", `${shown(part)} is no region`, { expected: "a region such as us-central, or us-*" });
    if (place !== undefined) why.push(`${shown(part)} is read as ${place}`);
    if (!regions.includes(region)) regions.push(region);
  }
  return read(regions, ...why);
}

const PURPOSES: ReadonlyMap<string, string> = new Map([
  ...["inference", "inferenz", "serving", "inferenzen"].map((word) => [word, "inference"] as const),
  ...["training", "pre training", "pretraining", "trainings", "entrainement", "train"].map(
    (word) => [word, "training"] as const,
  ),
  ...["research", "forschung", "recherche", "r d"].map((word) => [word, "research"] as const),
  ...["fine tuning", "finetuning", "post training"].map((word) => [word, "fine-tuning"] as const),
]);

const EXCEPT =
  /^(?:(?:all|everything|any|alle[s]?|tout(?:es)?)?,? ?(?:except(?: for)?|but|excluding|excl\.?|without|außer|ausser|ohne|ausgenommen|sauf|hors|not|nicht|other than)) +(.+)$/i;

/** Purposes of a cell: `training, research`, or `except research`. */
export function readPurposes(cell: Cell): Reading<{ readonly words: readonly string[]; readonly isExcept: boolean }> {
  const text = cellText(cell);
  if (text === "" || isNothing(text)) return NOTHING;
  if (ALL.test(text)) return read({ words: [], isExcept: false });
  const except = EXCEPT.exec(text);
  const words: string[] = [];
  const why: string[] = [];
  for (const part of (except?.[1] ?? text).split(LIST).filter((one) => one !== "")) {
    const plain = folded(part);
    const known = PURPOSES.get(plain);
    const word = known ?? plain.replaceAll(" ", "-");
    if (word === "" || word.length > 64)
      return refuse("unknown_word", `${shown(part)} is no purpose`, { expected: "a word such as training" });
    if (word !== part.toLowerCase()) why.push(`${shown(part)} is read as ${word}`);
    if (!words.includes(word)) words.push(word);
  }
  return read({ words, isExcept: except !== null }, ...why);
}

const STATUSES: Readonly<Record<string, string>> = {
  draft: "draft, entwurf, brouillon, projet, proposed, vorgeschlagen, in negotiation, in verhandlung",
  signed: "signed, unterzeichnet, unterschrieben, executed, signe, pending",
  active: "active, aktiv, actif, laufend, live, gultig, effective, en vigueur, in kraft, in force, ongoing, current",
  ended:
    "ended, expired, abgelaufen, expire, terminated, beendet, gekundigt, resilie, inactive, inaktiv, closed, termine",
};

/** draft, signed or active; an agreement that ended is active until its end, so the end must be there. */
export function readStatus(cell: Cell): Reading<"draft" | "signed" | "active" | "ended"> {
  const text = cellText(cell);
  if (text === "" || isNothing(text)) return NOTHING;
  const plain = folded(text);
  const found = Object.entries(STATUSES).find(([, words]) => words.split(", ").includes(plain));
  if (found === undefined)
    return refuse("unknown_word", `${shown(text)} is no status`, { expected: "draft, signed, active or ended" });
  const [status] = found as ["draft" | "signed" | "active" | "ended", string];
  return read(status, status === plain ? undefined : `${shown(text)} is read as ${status}`);
}

const GRADES: Readonly<Record<string, string>> = {
  company: "company, c, filing, company statement, unternehmen, entreprise",
  reported: "reported, r, press, presse, press report, bericht, rapporte",
  disputed: "disputed, d, contested, bestritten, conteste",
  assumed: "assumed, a, m, assumption, annahme, suppose, from memory",
};

export function readGrade(cell: Cell): Reading {
  const text = cellText(cell);
  if (text === "" || isNothing(text)) return NOTHING;
  const plain = folded(text);
  const found = Object.entries(GRADES).find(([, words]) => words.split(", ").includes(plain));
  return found === undefined
    ? refuse("unknown_word", `${shown(text)} is no grade of evidence`, {
        expected: "company, reported, disputed or assumed",
      })
    : read(found[0], found[0] === plain ? undefined : `${shown(text)} is read as ${found[0]}`);
}
