import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InputError } from '../../src/errors';
import {
  parseAxis,
  parseFormula,
  parseFormulaOrAxis,
  printAxis,
  printFormula,
  subjectOf,
  textsIn,
  type Formula,
  type Part,
} from '../../src/similarity/formula';

/** The code of an error and the character that it names. */
function fault(parse: () => unknown): unknown {
  try {
    parse();
  } catch (error) {
    if (error instanceof InputError) return [error.code, error.params.at];
    throw error;
  }
  return 'none';
}

const text = (weight: number, of: string) => ({ weight, of: { text: of } });

describe('a formula', () => {
  test.each([
    ['king - man + woman', [text(1, 'king'), text(-1, 'man'), text(1, 'woman')]],
    ['"New York" - "USA" + Brasil', [text(1, 'New York'), text(-1, 'USA'), text(1, 'Brasil')]],
    ['“New York”-“USA”', [text(1, 'New York'), text(-1, 'USA')]],
    ['word embedding - word', [text(1, 'word embedding'), text(-1, 'word')]],
    ['pre-training − C++', [text(1, 'pre-training'), text(-1, 'C++')]],
    ['king -man', [text(1, 'king'), text(-1, 'man')]],
    ['- man', [text(-1, 'man')]],
    ['2 * king + 0.5 queen', [text(2, 'king'), text(0.5, 'queen')]],
    ['42 - 7', [text(1, '42'), text(-1, '7')]],
    ['42', [text(1, '42')]],
    ['3d printing', [text(1, '3d printing')]],
    ['"42 cats"', [text(1, '42 cats')]],
    ['"say ""hi"""', [text(1, 'say "hi"')]],
    ['Hello, world', [text(1, 'Hello, world')]],
    ['cafe\u0301', [text(1, 'café')]],
    ['2{good, "really, kind"}', [{ weight: 2, of: { group: ['good', 'really, kind'] } }]],
    ['a - 2(b - c)', [text(1, 'a'), { weight: -2, of: { sum: [text(1, 'b'), text(-1, 'c')] } }]],
  ])('%s', (input, expected) => {
    expect(parseFormula(input)).toEqual(expected);
  });

  test.each([
    ['', 'formulaText', 1],
    ['   ', 'formulaText', 4],
    ['king -', 'formulaText', 7],
    ['king - - man', 'formulaText', 8],
    ['2 *', 'formulaText', 4],
    ['king * 2', 'formulaOperator', 6],
    ['"a" b', 'formulaOperator', 5],
    ['Mercury (planet)', 'formulaOperator', 9],
    ['👑👑 (x)', 'formulaOperator', 4],
    ['king "x', 'formulaOperator', 6],
    ['king - "man', 'formulaQuoteEnd', 8],
    ['""', 'formulaText', 2],
    ['{a, b', 'formulaGroupEnd', 6],
    ['{a, }', 'formulaText', 5],
    ['{a + b}', 'formulaGroupEnd', 4],
    ['{}', 'formulaText', 2],
    ['(a - b', 'formulaBracketEnd', 7],
    ['a)', 'formulaOperator', 2],
    ['0 king', 'formulaWeight', 1],
    ['a - 1001 * b', 'formulaWeight', 5],
    ['((((((((( a', 'formulaDeep', 9],
    ['he -> she', 'formulaArrow', 4],
  ])('%s is wrong: %s at %i', (input, code, at) => {
    expect(fault(() => parseFormula(input))).toEqual([code, at]);
  });

  test('the error says what is expected and where, and is one of a text that has braces', () => {
    expect(() => parseFormula('{he, man')).toThrow(
      'At character 9 of “{he, man” a comma or a closing brace is expected, for the group that begins at character 1.',
    );
  });
});

describe('an axis', () => {
  test.each(['{he, man} -> {she, woman}', '{he, man}→{she, woman}', '{he,man}->{she,woman}'])('%s', (input) => {
    const axis = parseAxis(input);
    expect(axis).toEqual({
      from: [{ weight: 1, of: { group: ['he', 'man'] } }],
      to: [{ weight: 1, of: { group: ['she', 'woman'] } }],
    });
    expect(printAxis(axis)).toBe('{he, man} -> {she, woman}');
    expect(parseFormulaOrAxis(input)).toEqual({ kind: 'axis', axis });
  });

  test.each([
    ['he', 'axisArrow', 3],
    ['he ->', 'formulaText', 6],
    ['-> she', 'formulaText', 1],
    ['a -> b -> c', 'formulaArrow', 8],
    ['{a -> b}', 'formulaGroupEnd', 4],
  ])('%s is wrong: %s at %i', (input, code, at) => {
    expect(fault(() => parseAxis(input))).toEqual([code, at]);
  });
});

const texts = fc
  .oneof(fc.string({ unit: 'grapheme', minLength: 1 }), fc.constantFrom('word embedding', 'pre-training', '42', '->'))
  .map((typed) => typed.normalize('NFC').trim())
  .filter((typed) => typed !== '');
const weights = fc.constantFrom(1, -1, 2, -0.5, 0.001, -1000, 12.345);
const { formula } = fc.letrec<{ formula: Formula; part: Part }>((tie) => ({
  formula: fc.array(fc.record({ weight: weights, of: tie('part') }), { minLength: 1, maxLength: 4 }),
  part: fc.oneof(
    { maxDepth: 5 },
    fc.record({ text: texts }),
    fc.record({ group: fc.array(texts, { minLength: 1, maxLength: 4 }) }),
    fc.record({ sum: tie('formula') }),
  ),
}));

describe('any', () => {
  test('formula and axis that is printed is parsed to the same', () => {
    fc.assert(
      fc.property(formula, formula, (from, to) => {
        expect(parseFormula(printFormula(from))).toEqual(from);
        expect(parseFormulaOrAxis(printAxis({ from, to }))).toEqual({ kind: 'axis', axis: { from, to } });
      }),
    );
  });

  test('string is parsed, or is an InputError that names one of its characters or its end', () => {
    const pieces = fc.constantFrom(...'{}()"“”+-−*→, 0129.ab\t\n👑', '->', '2 * ', 'king', ' - ');
    const inputs = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(pieces).map((list) => list.join('')),
    );
    fc.assert(
      fc.property(inputs, (input) => {
        for (const parse of [parseFormula, parseAxis, parseFormulaOrAxis]) {
          try {
            parse(input);
          } catch (error) {
            if (!(error instanceof InputError)) throw error;
            expect(error.params.at).toBeGreaterThanOrEqual(1);
            expect(error.params.at).toBeLessThanOrEqual([...input].length + 1);
          }
        }
      }),
      { numRuns: 1000 },
    );
  });

  test('depth of brackets is refused, not overflowed', () => {
    expect(fault(() => parseFormula('('.repeat(100_000)))).toEqual(['formulaDeep', 9]);
  });
});

describe('what is asked about', () => {
  const ids = new Map([
    ['king', '1'],
    ['man', '2'],
  ]);
  const ask = (input: string) => subjectOf(parseFormula(input), (of) => ids.get(of));

  test('texts of the collection by id, others as texts', () => {
    expect(ask('king - man + woman')).toEqual({
      terms: [
        { weight: 1, id: '1' },
        { weight: -1, id: '2' },
        { weight: 1, text: 'woman' },
      ],
    });
  });

  test('a group is the mean, and weights multiply through brackets', () => {
    expect(ask('2 * (king - {man, child})')).toEqual({
      terms: [
        { weight: 2, id: '1' },
        { weight: -1, id: '2' },
        { weight: -1, text: 'child' },
      ],
    });
  });

  test('terms of one text are one, and those that cancel go', () => {
    expect(ask('king + king + 0.1 man + 0.2 man - 0.3 man')).toEqual({ terms: [{ weight: 2, id: '1' }] });
    expect(fault(() => ask('{king, man} - 0.5 man - 0.5 king'))).toEqual(['formulaCancels', undefined]);
  });

  test('its texts in order', () => {
    expect(textsIn(parseFormula('king - {man, child} + (2 * woman)'))).toEqual(['king', 'man', 'child', 'woman']);
  });
});
