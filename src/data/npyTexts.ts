/** Texts as NumPy keeps them: each as many code points, of 32 bits, as the longest has, filled up with zeros. */
import { InputError } from '../errors';

/** Of a text that is made at once: its characters are the arguments of one call. */
const mostUnits = 2048;

export class NpyTexts {
  /** UTF-16, of one text after another. */
  readonly #units: number[] = [];

  /** @param size bytes of each text */
  constructor(
    private readonly file: string,
    private readonly size: number,
    private readonly little: boolean,
  ) {}

  /** The text at `at`. Throws where a number is no code point. */
  read(view: DataView, at: number): string {
    const { little } = this;
    const units = this.#units;
    let end = at + this.size;
    while (end > at && view.getUint32(end - 4, little) === 0) end -= 4;
    let text = '';
    units.length = 0;
    for (let place = at; place < end; place += 4) {
      if (units.length >= mostUnits) {
        text += String.fromCharCode(...units);
        units.length = 0;
      }
      const code = view.getUint32(place, little);
      if (code > 0x10ffff) throw new InputError('npyText', { file: this.file, code });
      if (code <= 0xffff) units.push(code);
      else units.push(0xd7c0 + (code >>> 10), 0xdc00 | (code & 0x3ff));
    }
    return text + String.fromCharCode(...units);
  }
}
