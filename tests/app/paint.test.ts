import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { faintRows, filterKeys, paintCategories, paintNumbers, type FilterKey } from '../../src/app/state/paint';
import { createTheme } from '../../src/scene/theme';

const theme = createTheme({});
/** `g0` once, `g1` twice, and so on to `g14`; then two without. */
const names = [
  ...Array.from({ length: 15 }, (_, i) => Array.from({ length: i + 1 }, () => `g${i}`)).flat(),
  ...[undefined, undefined],
];
const of = (...keys: FilterKey[]) => new Set(keys);

describe('categories', () => {
  const paint = paintCategories(names, theme);

  it('are the largest, the rest and none', () => {
    expect(paint.entries.map(({ group }) => group)).toEqual(Array.from({ length: 12 }, (_, i) => `g${14 - i}`));
    expect(paint.rest).toEqual({ categories: 3, count: 6 });
    expect(paint.none).toBe(2);
    expect(filterKeys(paint).slice(11)).toEqual(['is:g3', 'rest', 'none']);
    expect(filterKeys(paintCategories(['a'], theme))).toEqual(['is:a']);
  });

  it('are filtered by name, as the rest, or as none', () => {
    const shown = (keys: ReadonlySet<FilterKey>) => {
      const faint = faintRows(paint, keys);
      return new Set(names.filter((_, row) => faint[row] === 0));
    };
    expect(shown(of())).toEqual(new Set(names));
    expect(shown(of('is:g14', 'is:g3'))).toEqual(new Set(['g14', 'g3']));
    expect(shown(of('rest'))).toEqual(new Set(['g0', 'g1', 'g2']));
    expect(shown(of('none'))).toEqual(new Set([undefined]));
    // What is gone filters nothing, and is no category of that name.
    expect(shown(of('is:gone'))).toEqual(new Set(names));
    expect(shown(of('is:gone', 'is:g9'))).toEqual(new Set(['g9']));
    expect(faintRows(paintCategories(['rest', 'none'], theme), of('rest'))).toEqual(Uint8Array.of(0, 0));
  });

  it('part into what a filter shows, key by key', () => {
    const name = fc.option(fc.constantFrom(...Array.from({ length: 20 }, (_, i) => `${i}`)), { nil: undefined });
    fc.assert(
      fc.property(fc.array(name, { minLength: 1 }), (given) => {
        const painted = paintCategories(given, theme);
        const times = new Uint8Array(given.length);
        for (const key of filterKeys(painted))
          faintRows(painted, of(key)).forEach((faint, row) => (times[row]! += 1 - faint));
        // Where one key is all there is, it shows all, as no key does.
        expect([...times]).toEqual(given.map(() => 1));
      }),
    );
  });
});

it('numbers are not filtered', () => {
  const paint = paintNumbers(Float64Array.of(1, NaN), [theme.text], theme.muted);
  expect([...paint.colours]).toEqual([...theme.text, ...theme.muted]);
  expect(faintRows(paint, of('none'))).toEqual(new Uint8Array(2));
});
