/** Label texts cut to a width, and measured once. */

/** Widest labels in CSS pixels. */
const widest = { ordinary: 190, prominent: 320 };
/** More than this many characters are never looked at: they cannot fit, and a text may have ten thousand. */
const looked = 120;

/** Height of a label in CSS pixels. */
export function labelHeight(prominent: boolean): number {
  return prominent ? 20 : 16;
}

/** Width of a text in CSS pixels. */
export type MeasureText = (text: string, prominent: boolean) => number;

/** A text on one line, cut with an ellipsis between characters as people see them, at most `limit` pixels wide. */
export function fitText(text: string, limit: number, width: (text: string) => number): string {
  const whole = text.slice(0, looked).replace(/\s+/gu, ' ').trim();
  if (text.length <= looked && width(whole) <= limit) return whole;
  const characters = Array.from(segmenter.segment(whole), (part) => part.segment);
  let [low, high] = [0, characters.length];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (width(ellipsed(characters, middle)) <= limit) low = middle;
    else high = middle - 1;
  }
  return ellipsed(characters, low);
}

/** Whether the first letter that has a direction is written from right to left. */
export function isRightToLeft(text: string): boolean {
  const first = /[\p{L}]/u.exec(text)?.[0];
  return first !== undefined && /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/u.test(first);
}

/** Labels of one size. */
interface Cuts {
  /** CSS pixels by row, or NaN before it was measured: numbers of their own, so that meeting new labels allocates nothing. */
  readonly widths: Float32Array;
  /** Of the rows whose label is not their text as it is. */
  readonly cut: Map<number, string>;
}

/** The labels of a map's texts, each cut and measured when it is first wanted. */
export class LabelTexts {
  readonly #ordinary: Cuts;
  #prominent: Cuts | undefined;
  /** By row: 1 from left to right, 2 from right to left, 0 where nobody has asked. */
  readonly #directions: Uint8Array;

  /**
   * @param texts row by row
   * @param space pixels of the view's width: no label takes more than two thirds of it
   */
  constructor(
    readonly texts: readonly string[],
    readonly measure: MeasureText,
    readonly space: number,
  ) {
    this.#ordinary = createCuts(texts.length);
    this.#directions = new Uint8Array(texts.length);
  }

  /** Width of a row's label in CSS pixels: at 12 px, or at 15 px and bold where it is prominent. */
  width(row: number, prominent: boolean): number {
    const known = this.#cuts(prominent).widths[row]!;
    return Number.isNaN(known) ? this.#fit(row, prominent) : known;
  }

  /** A row's label as it is written. */
  text(row: number, prominent: boolean): string {
    this.width(row, prominent);
    return this.#cuts(prominent).cut.get(row) ?? this.texts[row]!;
  }

  isRightToLeft(row: number): boolean {
    if (this.#directions[row] === 0) this.#directions[row] = isRightToLeft(this.texts[row]!.slice(0, looked)) ? 2 : 1;
    return this.#directions[row] === 2;
  }

  #cuts(prominent: boolean): Cuts {
    return prominent ? (this.#prominent ??= createCuts(this.texts.length)) : this.#ordinary;
  }

  #fit(row: number, prominent: boolean): number {
    const { widths, cut } = this.#cuts(prominent);
    const limit = Math.min(prominent ? widest.prominent : widest.ordinary, (this.space * 2) / 3);
    const whole = this.texts[row]!;
    let [measured, width] = ['', 0];
    const text = fitText(whole, limit, (part) => {
      measured = part;
      return (width = this.measure(part, prominent));
    });
    if (text !== whole) cut.set(row, text);
    // Mostly it was the last that was measured.
    widths[row] = measured === text ? width : this.measure(text, prominent);
    return widths[row];
  }
}

function createCuts(rows: number): Cuts {
  return { widths: new Float32Array(rows).fill(Number.NaN), cut: new Map() };
}

const segmenter = new Intl.Segmenter();

function ellipsed(characters: readonly string[], count: number): string {
  return `${characters.slice(0, count).join('').trimEnd()}…`;
}
