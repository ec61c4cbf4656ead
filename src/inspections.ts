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

/** Where each token of a text looked, by layer and head. */
export interface Attention {
  readonly tokens: readonly Token[];
  /** The text was longer than the model's limit: the tokens are those that it read. */
  readonly truncated: boolean;
  readonly layers: number;
  readonly heads: number;
  /** Layers x heads x tokens (that look) x tokens (that are looked at), row-major; each row sums to 1. */
  readonly weights: Float32Array<ArrayBuffer>;
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
  readonly attention: { readonly asked: { readonly text: string }; readonly answer: Attention };
  /** Of the vectors of the space's model, prompt and layer, before any adapter. */
  readonly explain: { readonly asked: { readonly a: string; readonly b: string }; readonly answer: Explanation };
}

export type InspectionKind = keyof Inspections;

export type InspectionOf<K extends InspectionKind> = { [P in K]: { readonly kind: P } & Inspections[P]['asked'] }[K];

export type Finding<K extends InspectionKind> = Inspections[K]['answer'];
