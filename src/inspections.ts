/**
 * The questions that are asked of a model itself, about a few texts, and their answers: no space of vectors takes part.
 * `embedding/inspect.ts` has the answer to each.
 */

/** A token as the model cut it out of a text. */
export interface Token {
  /** Without the marks by which a vocabulary says where words begin. */
  readonly text: string;
  /** Added by the tokenizer, such as the separator at the end. */
  readonly special: boolean;
  /** What stood here is not in the vocabulary. */
  readonly unknown: boolean;
  /** Goes on with the word of the token before. */
  readonly continues: boolean;
}

/** What a model read of a text. */
export interface ReadTokens {
  readonly tokens: readonly Token[];
  /** The text was longer than the model's limit: the tokens are those that it read. */
  readonly truncated: boolean;
}

/** Where each token of a text looked, by layer and head. */
export interface Attention extends ReadTokens {
  /** Layers that it has: all of the model's, or the one that was asked for. */
  readonly layers: number;
  readonly heads: number;
  /** Layers x heads x tokens (that look) x tokens (that are looked at), row-major; each row sums to 1. */
  readonly weights: Float32Array<ArrayBuffer>;
}

/** Attention of all layers and heads at a glance: what is looked at first, where all of it would be too much. */
export interface AttentionOverview extends ReadTokens {
  readonly layers: number;
  readonly heads: number;
  /** Layers x tokens x tokens: the mean over the heads of each layer. */
  readonly means: Float32Array<ArrayBuffer>;
  /** Tokens x tokens: `rollout` of embedding/attention.ts. */
  readonly rollout: Float32Array<ArrayBuffer>;
  /** Every head's map drawn small, layers x heads x side x side (`shrinkMap`), of all tokens and of those that are not special. */
  readonly small: SmallMaps;
  readonly smallOwn: SmallMaps;
  /** How far any row of all heads is from summing to 1, at most. */
  readonly deviation: number;
  /** Layers x heads: the share of all weight that went to special tokens, 0 to 1. */
  readonly taken: Float32Array<ArrayBuffer>;
  /** Heads x tokens x tokens of the layer that was asked for besides. */
  readonly ofLayer: Float32Array<ArrayBuffer>;
}

export interface SmallMaps {
  readonly side: number;
  readonly weights: Float32Array<ArrayBuffer>;
}

/** One place in a text where the word stands. */
export interface Occurrence {
  /** Index of the text. */
  readonly text: number;
  /** Its tokens in that text, `end` excluded. */
  readonly start: number;
  readonly end: number;
}

/**
 * A word in several texts, after each layer, 0 being the embedding layer. A vector of an occurrence is the mean of the word's own
 * tokens, that of a text the mean of all its tokens; all are of unit length.
 */
export interface Occurrences {
  /** How the tokenizer cuts the word alone, without special tokens. */
  readonly word: readonly Token[];
  readonly texts: readonly ReadTokens[];
  readonly occurrences: readonly Occurrence[];
  readonly dim: number;
  /** The model's layers and the embedding layer. */
  readonly layers: number;
  /** Layers x occurrences x dim, row-major. */
  readonly ofWord: Float32Array<ArrayBuffer>;
  /** Layers x texts x dim, row-major. */
  readonly ofTexts: Float32Array<ArrayBuffer>;
}

/** A token of a text that was embedded with a prompt around it. */
export interface MarkedToken extends Token {
  /** Of the prompt, not of the text. */
  readonly prompt: boolean;
}

export interface ReadText {
  readonly tokens: readonly MarkedToken[];
  /** As in `Attention`. */
  readonly truncated: boolean;
}

/** Where the cosine of two texts' vectors comes from: `embedding/cosineParts.ts` says more. */
export interface Explanation {
  readonly a: ReadText;
  readonly b: ReadText;
  /** Tokens of `a` x tokens of `b`, row-major: what each pair gives to the cosine. Together they are the cosine. */
  readonly parts: Float32Array<ArrayBuffer>;
}

/** By its kind, what an inspection names and what its answer is. */
export interface Inspections {
  /** Of all layers, or of one of them, counted from 0: all of a long text can be hundreds of megabytes. */
  readonly attention: {
    readonly asked: { readonly text: string; readonly layer?: number | undefined };
    readonly answer: Attention;
  };
  /**
   * Maps drawn small have `side` rows, or as many as there are tokens where that is less. The heads of one layer come along: another
   * is another run of the model.
   */
  readonly attentionOverview: {
    readonly asked: { readonly text: string; readonly side: number; readonly layer: number };
    readonly answer: AttentionOverview;
  };
  /** Where `word` stands in each of `texts`. */
  readonly occurrences: {
    readonly asked: { readonly word: string; readonly texts: readonly string[] };
    readonly answer: Occurrences;
  };
  /** Of the vectors of the space's model, prompt and layer, before any adapter. */
  readonly explain: { readonly asked: { readonly a: string; readonly b: string }; readonly answer: Explanation };
}

export type InspectionKind = keyof Inspections;

export type InspectionOf<K extends InspectionKind> = { [P in K]: { readonly kind: P } & Inspections[P]['asked'] }[K];

export type Finding<K extends InspectionKind> = Inspections[K]['answer'];
