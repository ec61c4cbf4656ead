/** JSON objects with a long list of numbers, of which the engine's parser would make a float64 each: it reads the rest alone. */
import { isObject, type JsonObject } from './jsonEntries';
import { isSpace, NumberList, skipSpace } from './numberList';

const [bracket, colon] = [0x5b, 0x3a];
/** Stands for the list. A text of U+0000 can be written in no other way, so that it is told from all else. */
const mark = { value: '\0', written: String.raw`\u0000` } as const;
const encoder = new TextEncoder();
const markBytes = encoder.encode(`["${mark.written}"]`);

/** Where the vectors of entries stand: under a key of objects, or with null they are the entries themselves. */
export type VectorPlace = string | null;

/** Reads entries with vectors, from the first of which it is known where those stand. */
export class DirectReader {
  #field: VectorField | undefined;
  readonly #list = new NumberList();

  /** The entry that stands in `json`; undefined where that is for the engine's parser. */
  read(json: Uint8Array, place: VectorPlace | undefined): JsonObject | NumberList | undefined {
    if (place === undefined) return undefined;
    if (place === null) return this.#readList(json);
    this.#field ??= new VectorField(place);
    return this.#field.read(json);
  }

  #readList(json: Uint8Array): NumberList | undefined {
    const end = this.#list.read(json, skipSpace(json, 0));
    return end >= 0 && skipSpace(json, end) === json.length ? this.#list : undefined;
  }
}

export class VectorField {
  readonly #key: Uint8Array;
  readonly #list = new NumberList();
  readonly #decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  #rest = new Uint8Array(4096);

  /** @param key under which the list stands */
  constructor(private readonly key: string) {
    this.#key = encoder.encode(JSON.stringify(key));
  }

  /**
   * The object that stands in `json`, in UTF-8, with a `NumberList` in the place of its list, until the next is read. Undefined where
   * that has to be read as a whole: where there is no such list at the top of it, or it is no JSON.
   */
  read(json: Uint8Array): JsonObject | undefined {
    for (let at = json.indexOf(bracket); at >= 0; at = json.indexOf(bracket, at + 1)) {
      if (!this.#isNamed(json, at)) continue;
      const end = this.#list.read(json, at);
      return end < 0 ? undefined : this.#readAround(json, at, end);
    }
    return undefined;
  }

  /** Whether the key stands before `at`. Its quotes are none of a longer text's: they would be escaped there. */
  #isNamed(json: Uint8Array, at: number): boolean {
    const key = this.#key;
    let end = spaceBefore(json, at);
    if (json[end - 1] !== colon) return false;
    end = spaceBefore(json, end - 1);
    const start = end - key.length;
    if (start < 0) return false;
    for (let i = 0; i < key.length; i++) if (json[start + i] !== key[i]) return false;
    return true;
  }

  /** A list in the place of another changes nothing of whether this is JSON. */
  #readAround(json: Uint8Array, start: number, end: number): JsonObject | undefined {
    const length = start + markBytes.length + json.length - end;
    if (length > this.#rest.length) this.#rest = new Uint8Array(2 * length);
    const rest = this.#rest;
    rest.set(json.subarray(0, start));
    rest.set(markBytes, start);
    rest.set(json.subarray(end), start + markBytes.length);
    try {
      const text = this.#decoder.decode(rest.subarray(0, length));
      if (text.indexOf(mark.written) !== text.lastIndexOf(mark.written)) return undefined;
      const value: unknown = JSON.parse(text);
      if (!isObject(value) || !Object.hasOwn(value, this.key)) return undefined;
      const held = value[this.key];
      // It may be the list of an object within this one, or another of the same name may have come later.
      if (!Array.isArray(held) || held[0] !== mark.value) return undefined;
      return { ...value, [this.key]: this.#list };
    } catch {
      return undefined;
    }
  }
}

function spaceBefore(json: Uint8Array, from: number): number {
  let at = from;
  while (isSpace(json[at - 1])) at--;
  return at;
}
