import { type Codec, isJsonObject, pack, write } from "../codecs/codec.ts";

/**
 * A shape that its keeper is shown whole and others less of. Both are told apart by a field that only the whole one has, and always has:
 * the test holds for values and for their JSON alike.
 */
export function either<Whole extends object, Less extends object>(
  whole: Codec<Whole>,
  less: Codec<Less>,
  isWhole: (one: object) => boolean,
): Codec<Whole | Less> {
  return {
    encode: (value, style) =>
      isWhole(value) ? whole.encode(value as Whole, style) : less.encode(value as Less, style),
    write: (value) => (isWhole(value) ? write(whole, value as Whole) : write(less, value as Less)),
    pack: (value, packer) => (isWhole(value) ? pack(whole, value as Whole, packer) : pack(less, value as Less, packer)),
    decode: (json, decoder) =>
      isJsonObject(json) && isWhole(json) ? whole.decode(json, decoder) : less.decode(json, decoder),
    samples: () => [...whole.samples(), ...less.samples()],
    schema: (definitions) => ({ oneOf: [whole.schema(definitions), less.schema(definitions)] }),
  };
}
