import {
  OPERATORS,
  type Applicability,
  type Scope,
  type ScopeGroup,
  type ScopeRule,
  type ScopeTest,
} from "@offtake/core/scope";
import { type Codec, isJsonObject, lazily, list, optional, pack, struct } from "./codec.ts";
import { flag, fraction, text, texts, word } from "./values.ts";

const applicability = struct<Applicability>({ Cost: optional(fraction), Usage: optional(fraction) });
const junction = word(["And", "Or"] as const);

const test = struct<ScopeTest>({
  Dimension: text(),
  Operator: word(OPERATORS),
  Values: texts,
  Applicability: optional(applicability),
});

const group: Codec<ScopeGroup> = lazily(
  "ScopeGroup",
  () => struct<ScopeGroup>({ GroupOperator: junction, Rules: list(rule), Applicability: optional(applicability) }),
  () => junction.samples().map((GroupOperator) => ({ GroupOperator, Rules: test.samples() })),
);

const rule: Codec<ScopeRule> = {
  encode: (value, style) => ("Rules" in value ? group.encode(value, style) : test.encode(value, style)),
  pack: (value, packer) => ("Rules" in value ? pack(group, value, packer) : pack(test, value, packer)),
  decode: (json, decoder) => (isJsonObject(json) && "Rules" in json ? group : test).decode(json, decoder),
  samples: () => [...test.samples(), ...group.samples()],
  schema: (definitions) => ({ oneOf: [test.schema(definitions), group.schema(definitions)] }),
};

export const scope = struct<Scope>({
  IsGlobalScope: optional(flag),
  IsComplexScope: optional(flag),
  Applicability: optional(applicability),
  InclusionOperator: optional(junction),
  Inclusions: optional(list(rule)),
  ExclusionOperator: optional(junction),
  Exclusions: optional(list(rule)),
});
