/** `constela axes`, over vectors that a file brings: no model runs. */
import { writeFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { constela, modelsFolder, scratch } from './terminal';
import { circle, save } from './vectorFiles';

const compass = { east: 0, north: 90, 'north-east': 40, west: 180, south: 270 };
const degrees = (angle: number) => Math.cos((angle * Math.PI) / 180);

describe('axes', () => {
  test('place every text, in the order of the file', async () => {
    const at = await scratch();
    const file = await save(at('compass.npz'), circle(compass));
    const { code, out, err } = await constela(['axes', file, '--axis', '{west, south} -> {east, north}', '--json']);
    expect(JSON.parse(out)).toEqual({
      axes: ['{west, south} -> {east, north}'],
      texts: [
        { text: 'east', values: [expect.closeTo(degrees(45), 6)] },
        { text: 'north', values: [expect.closeTo(degrees(45), 6)] },
        { text: 'north-east', values: [expect.closeTo(degrees(5), 6)] },
        { text: 'west', values: [expect.closeTo(degrees(135), 6)] },
        { text: 'south', values: [expect.closeTo(degrees(135), 6)] },
      ],
    });
    expect(code).toBe(0);
    expect(err).toContain('{west, south} -> {east, north}: from -1.000 to 1.000');
    // Four stand at 45 degrees of it, half outside, and one at 5.
    expect(err).toContain('residual: 40.2 %');
  });

  test('as a table, two of them, which leave nothing of a plane out', async () => {
    const at = await scratch();
    const file = await save(at('compass.npz'), circle(compass));
    const argv = ['axes', file, '--axis', 'west->east', '--axis', 'south -> 2 * "north"'];
    const { out, err } = await constela(argv);
    expect(out.split('\n')).toEqual([
      'west -> east\tsouth -> 2 * north\ttext',
      '1.000\t0.000\teast',
      '0.000\t1.000\tnorth',
      '0.766\t0.643\tnorth-east',
      '-1.000\t0.000\twest',
      '0.000\t-1.000\tsouth',
      '',
    ]);
    expect(err).toContain('cosine of the axes 1 and 2: 0.000');
    expect(err).toContain('residual: 0.0 %');
  });

  test('a formula lists the nearest texts, without its own', async () => {
    const at = await scratch();
    const file = await save(at('compass.npz'), circle(compass));
    const argv = ['axes', file, '--formula', 'north - west', '-k', '2'];
    // 45 degrees: 5 from north-east, 45 from east.
    expect((await constela([...argv, '--quiet'])).out).toBe('1\t0.996\tnorth-east\n2\t0.707\teast\n');
    expect(JSON.parse((await constela([...argv, '--json'])).out)).toEqual([
      { text: 'north-east', cosine: expect.closeTo(degrees(5), 6) },
      { text: 'east', cosine: expect.closeTo(degrees(45), 6) },
    ]);
  });

  test.each([
    [['--axis', 'east -> east'], /The ends of the axis “east -> east” are the same/],
    [['--axis', '{east, west} -> north'], /cancel each other out/],
    [['--formula', 'east - east'], /cancel each other out/],
    [['--formula', 'east + west'], /cancel each other out/],
    [['--formula', 'east - (north'], /At character 14 of “east - \(north” a closing bracket/],
    [['--axis', 'east'], /At character 5 of “east” an arrow/],
    [['--axis', 'a->b', '--formula', 'a'], /either --axis/],
    [[], /either --axis/],
    [Array.from({ length: 4 }, () => ['--axis', 'west->east']).flat(), /given 4 times; at most 3/],
    [['--formula', 'east - zenith'], /do not say which model made them/],
  ])('%j is refused in a line', async (argv, message) => {
    const at = await scratch();
    const file = await save(at('compass.npz'), circle(compass));
    const { code, out, err } = await constela(['axes', file, ...argv]);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err.trim().split('\n').at(-1)).toMatch(message);
  });

  test.each(['--formula nowhere', '--axis nowhere->east'])('%s, a vector of zeros, has no direction', async (asked) => {
    const at = await scratch();
    const file = at('zeros.json');
    const vectors = { nowhere: [0, 0], east: [1, 0], north: [0, 1] };
    await writeFile(file, JSON.stringify(Object.entries(vectors).map(([text, vector]) => ({ text, vector }))));
    const { code, err } = await constela(['axes', file, ...asked.split(' ')]);
    expect(code).toBe(2);
    expect(err).toContain('or their vectors are zeros');
  });

  test('texts that the file has not are embedded, and that is said', async () => {
    const at = await scratch();
    const file = at('words.txt');
    await writeFile(file, 'queen\nprince\napple\nking\nman\n');
    const argv = ['axes', file, '--formula', 'king - man + woman', '-k', '1'];
    const { out, err } = await constela(argv, { models: modelsFolder });
    expect(out).toMatch(/^1\t0\.\d{3}\tqueen\n$/);
    expect(err).toContain('not among the texts, so embedded for this question only: “woman”');
  });
});
