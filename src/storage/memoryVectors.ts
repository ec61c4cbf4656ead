/** A vector with what the cache knows of its text. */
export interface CachedVector {
  readonly vector: Float32Array<ArrayBuffer>;
  /** The text was longer than the model's limit, and this is the vector of what is before it. */
  readonly truncated: boolean;
}

/** Vectors that nothing else will keep: the same cache where there is no storage, until the page or worker closes. */
export class MemoryVectors {
  readonly #limit: number;
  /** Least recently used first: a Map keeps the order in which its keys were set. */
  readonly #entries = new Map<string, CachedVector>();
  #bytes = 0;

  /** `limit` in bytes of vectors. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  get bytes(): number {
    return this.#bytes;
  }

  get(key: string): CachedVector | undefined {
    const entry = this.#entries.get(key);
    if (!entry) return undefined;
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    return entry;
  }

  /** Keeps `vector` itself, not a copy, unless it is above the limit alone. */
  put(key: string, { vector, truncated }: CachedVector): void {
    this.remove(key);
    this.#entries.set(key, { vector, truncated });
    this.#bytes += vector.byteLength;
    for (const oldest of this.#entries.keys()) {
      if (this.#bytes <= this.#limit) break;
      this.remove(oldest);
    }
  }

  remove(key: string): void {
    this.#bytes -= this.#entries.get(key)?.vector.byteLength ?? 0;
    this.#entries.delete(key);
  }

  clear(): void {
    this.#entries.clear();
    this.#bytes = 0;
  }
}
