/** Label texts cut to a width, and measured once. */

/** Widest labels in CSS pixels. */
const widest = { ordinary: 190, prominent: 320 };
/** More than this many characters are never looked at: they cannot fit, and a text may have ten thousand. */
const looked = 120;

export interface LabelText {
  readonly text: string;
  readonly width: number;
  readonly height: number;
  readonly rightToLeft: boolean;
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

/** The labels of a map's texts, each cut and measured when it is first wanted. */
export class LabelTexts {
  #ordinary: (LabelText | undefined)[] = [];
  #prominent: (LabelText | undefined)[] = [];

  /**
   * @param texts row by row
   * @param space pixels of the view's width: no label takes more than two thirds of it
   */
  constructor(
    readonly texts: readonly string[],
    readonly measure: MeasureText,
    readonly space: number,
  ) {}

  /** The label of a row, at 12 px, or at 15 px and bold where it is prominent. */
  get(row: number, prominent: boolean): LabelText {
    const known = prominent ? this.#prominent : this.#ordinary;
    const label = known[row];
    if (label) return label;
    const limit = Math.min(prominent ? widest.prominent : widest.ordinary, (this.space * 2) / 3);
    const text = fitText(this.texts[row] ?? '', limit, (part) => this.measure(part, prominent));
    const width = this.measure(text, prominent);
    return (known[row] = { text, width, height: prominent ? 20 : 16, rightToLeft: isRightToLeft(text) });
  }
}

const segmenter = new Intl.Segmenter();

function ellipsed(characters: readonly string[], count: number): string {
  return `${characters.slice(0, count).join('').trimEnd()}…`;
}
