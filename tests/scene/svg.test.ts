import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PlacedLabel } from '../../src/scene/labelLook';
import { Ground } from '../../src/scene/ground';
import { Path } from '../../src/scene/path';
import { mark } from '../../src/scene/points';
import { createScreen } from '../../src/scene/screen';
import type { Shape } from '../../src/scene/shapes';
import type { SvgPicture } from '../../src/scene/svg';
import { writeSvg } from '../../src/scene/svg';
import { escapeXml } from '../../src/xml';
import { createTheme } from '../../src/scene/theme';
import { Trails } from '../../src/scene/trails';
import { findAll, parseXml } from './xml';

const theme = createTheme({});
const label = (text: string, other: Partial<PlacedLabel> = {}): PlacedLabel => ({
  ...{ text, left: 10, middle: 20, prominent: false, rightToLeft: false, colour: [1, 2, 3] },
  ...other,
});

/** Points as `[x, y, depth, radius, code]`, all of one colour. */
function picture(points: readonly (readonly number[])[], other: Partial<SvgPicture> = {}): SvgPicture {
  const screen = createScreen(points.length);
  const colours = new Uint8Array(points.length * 4);
  points.forEach(([x, y, depth, radius, code = 0], row) => {
    [screen.x[row], screen.y[row], screen.depth[row], screen.radius[row]] = [x!, y!, depth!, radius!];
    colours.set([200, 100, 50, code], row * 4);
  });
  screen.count = points.length;
  const look = { colours, sizes: new Float32Array(points.length), wishes: new Uint8Array(points.length) };
  const lines = { rows: new Int32Array(0), colours: new Uint8Array(0) };
  const view = { width: 800, height: 600, fog: [1, 3] as const, fogStrength: 0.6 };
  return {
    ...view,
    theme,
    background: true,
    screen,
    look,
    lines,
    torn: lines,
    ground: [],
    path: { screen: createScreen(0), lines },
    labels: [],
    leaders: [],
    legend: [],
    under: [],
    over: [],
    ...other,
  };
}

const circles = (svg: string) =>
  findAll(parseXml(svg), 'circle').map(({ attributes }) => [Number(attributes.cx), Number(attributes.cy)]);

describe('an SVG file of the view', () => {
  it('has the points that are in sight, far ones first, fainter the farther they are', () => {
    const svg = writeSvg(
      picture([
        [100, 100, 1, 6],
        [200, 200, 3, 4],
        [300, 300, 2, 5],
        [400, 400, 0, 5],
        [-50, 100, 1, 6],
        [100, 900, 1, 6],
      ]),
    );
    const root = parseXml(svg);
    expect(root.attributes).toMatchObject({
      xmlns: 'http://www.w3.org/2000/svg',
      width: '800',
      viewBox: '0 0 800 600',
    });
    expect(circles(svg)).toEqual([
      [200, 200],
      [300, 300],
      [100, 100],
    ]);
    const reds = findAll(root, 'circle').map(({ attributes }) => parseInt(attributes.fill!.slice(1, 3), 16));
    expect(reds).toEqual([...reds].sort((a, b) => a - b));
    expect(reds[0]).toBeLessThan(reds[2]! - 50);
    // The rim stands outside the disc.
    const [, , near] = findAll(root, 'circle');
    expect(Number(near!.attributes.r)).toBeCloseTo(6.6);
  });

  it('has axes under the points, and over the labels the names of their ends', () => {
    const under: Shape[] = [{ kind: 'line', from: [1, 2], to: [30.126, 4], width: 2, colour: [1, 2, 3], opacity: 0.5 }];
    const over: Shape[] = [
      { kind: 'box', corner: [10, 20], width: 50, height: 18, rounding: 4, fill: [255, 255, 255], rim: [0, 0, 0] },
      { kind: 'text', text: 'cold & <dry>', middle: [35, 29], size: 12, colour: [9, 9, 9], opacity: 1 },
      { kind: 'disc', middle: [70, 80], radius: 30, colour: [4, 5, 6], opacity: 0.8 },
    ];
    const svg = writeSvg(picture([[100, 100, 1, 6]], { under, over, labels: [label('cat')] }));
    const [line] = findAll(parseXml(svg), 'line');
    expect(line!.attributes).toMatchObject({
      x1: '1',
      y1: '2',
      x2: '30.13',
      stroke: '#010203',
      'stroke-opacity': '0.5',
    });
    const box = findAll(parseXml(svg), 'rect').at(-1)!;
    // The rim lies inside of the box.
    expect(box.attributes).toMatchObject({ x: '10.5', y: '20.5', width: '49', height: '17', rx: '4' });
    const name = findAll(parseXml(svg), 'text').at(-1)!;
    expect(name.attributes).toMatchObject({ x: '35', 'text-anchor': 'middle', 'font-weight': '600' });
    expect(Number(name.attributes.y)).toBeCloseTo(32.6);
    expect(svg).toContain('>cold &amp; &lt;dry&gt;</text>');
    const order = ['<line', 'cx="100"', '>cat<', 'rx="4"', 'cold', 'cx="70"'].map((part) => svg.indexOf(part));
    expect(order).toEqual([...order].sort((a, b) => a - b));
    expect(order[0]).toBeGreaterThan(0);
  });

  it('draws selected points ringed, pinned ones square and new ones hollow', () => {
    const at = (code: number) => parseXml(writeSvg(picture([[50, 50, 1, 5, code]])));
    const ring = findAll(at(mark.selected), 'circle').at(-1)!;
    expect(ring.attributes).toMatchObject({ fill: 'none', stroke: '#7cc4ff', 'stroke-width': '2' });
    expect(Number(ring.attributes.r)).toBeGreaterThan(6);
    expect(findAll(at(mark.square), 'circle')).toEqual([]);
    expect(findAll(at(mark.square), 'rect').length).toBe(4);
    const hollow = findAll(at(mark.hollow), 'circle');
    expect(hollow.map(({ attributes }) => attributes.fill)).toEqual(['#0b0e17', 'none']);
    expect(findAll(at(mark.newborn), 'circle')).toHaveLength(1);
    const dashed = findAll(at(mark.intruder), 'circle').at(-1)!;
    expect(dashed.attributes).toMatchObject({ fill: 'none', stroke: '#f3c969', 'stroke-dasharray': '0.55 0.45' });
    const both = findAll(at(mark.intruder + mark.selected), 'circle').at(-1)!;
    expect(both.attributes).toMatchObject({ stroke: '#7cc4ff' });
  });

  it('joins points by lines, but none behind the camera', () => {
    const lines = { rows: Int32Array.of(0, 1, 0, 2), colours: Uint8Array.of(9, 9, 9, 255, 9, 9, 9, 255) };
    const points = [
      [10, 10, 1, 4],
      [90, 40, 1, 4],
      [0, 0, 0, 4],
    ];
    const found = findAll(parseXml(writeSvg(picture(points, { lines }))), 'line');
    expect(found.map(({ attributes }) => [attributes.x1, attributes.y1, attributes.x2, attributes.y2])).toEqual([
      ['10', '10', '90', '40'],
    ]);
  });

  it('draws the way of a text between places of its own, under the points, clearer towards the end', () => {
    const path = new Path();
    path.places = { data: Float32Array.of(0, 0, 0, 0.5, 0, 0, 0.5, 0.5, 0, 0.5, 0.5, 3), rows: 4, dim: 3 };
    path.restyle({ centre: [0, 0, 0], scale: 1 }, false, theme);
    // A camera at z = 1 that looks down: w = 1 - z, so the last place is behind it.
    const matrix = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, -1, 0, 0, 0, 1];
    const svg = writeSvg(picture([[10, 10, 1, 4]], { path: path.seen(matrix, 800, 600) }));
    const found = findAll(parseXml(svg), 'line');
    expect(found.map(({ attributes: { x1, y1, x2, y2 } }) => [x1, y1, x2, y2].map(Number))).toEqual([
      [400, 300, 600, 300],
      [600, 300, 600, 150],
    ]);
    const [first, second] = found.map(({ attributes }) => Number(attributes['stroke-opacity']));
    expect(first).toBeLessThan(second!);
    expect(svg.indexOf('<circle')).toBeGreaterThan(svg.lastIndexOf('<line'));
    path.dispose();
  });

  it('has the ground with its drop lines, and trails that grow clearer along their way, under all else', () => {
    // A camera straight ahead, without perspective.
    const matrix = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1];
    const positions = Float32Array.of(0.5, 0.25, 0);
    const look = { colours: Uint8Array.of(200, 100, 50, 0), sizes: Float32Array.of(1), wishes: new Uint8Array(1) };
    const [ground, trails] = [new Ground(), new Trails()];
    const linesOf = (one: Ground | Trails) => {
      one.follow(positions);
      const svg = writeSvg(picture([[10, 10, 1, 4]], { ground: [one.seen(matrix, 800, 600)] }));
      one.dispose();
      if (svg.includes('<line')) expect(svg.indexOf('<circle')).toBeGreaterThan(svg.lastIndexOf('<line'));
      return findAll(parseXml(svg), 'line').map(({ attributes }) => attributes);
    };

    trails.set(true, Float32Array.of(-0.5, 0.25, 0), new Set(), look);
    const way = linesOf(trails);
    expect(way.map(({ x1, y1, x2, y2 }) => [x1, y1, x2, y2].map(Number))).toEqual([
      [200, 225, 300, 225],
      [300, 225, 400, 225],
      [400, 225, 500, 225],
      [500, 225, 600, 225],
    ]);
    const opacities = way.map((attributes) => Number(attributes['stroke-opacity']));
    expect(opacities).toEqual([...opacities].sort((a, b) => a - b));
    expect(new Set(opacities).size).toBe(4);

    ground.set(true, [0], look.sizes, theme);
    const drops = linesOf(ground).filter(({ x1, x2, y1, y2 }) => x1 === '600' && x2 === '600' && y1 !== y2);
    expect(drops).toHaveLength(1);
    expect(drops[0]).toMatchObject({ y1: '225', y2: '261' });

    ground.set(false, [0], look.sizes, theme);
    expect(linesOf(ground)).toEqual([]);
  });

  it('joins displaced labels to their points, outlined by the background, over the points and under the texts', () => {
    const leaders = [10, 20, 30.004, 40, 50, 60, 70, 80];
    const svg = writeSvg(picture([[10, 20, 1, 4]], { leaders, labels: [label('far')] }));
    const [outlines, lines] = findAll(parseXml(svg), 'g').filter((group) => findAll(group, 'line').length > 0);
    expect([outlines!.attributes.stroke, lines!.attributes.stroke]).toEqual(['#0b0e17', '#9aa4b8']);
    expect(Number(outlines!.attributes['stroke-width'])).toBeGreaterThan(Number(lines!.attributes['stroke-width']));
    for (const group of [outlines!, lines!])
      expect(findAll(group, 'line').map(({ attributes }) => Object.values(attributes).map(Number))).toEqual([
        [10, 20, 30, 40],
        [50, 60, 70, 80],
      ]);
    expect(svg.lastIndexOf('<circle')).toBeLessThan(svg.indexOf('<line'));
    expect(svg.lastIndexOf('<line')).toBeLessThan(svg.indexOf('<text'));
    expect(findAll(parseXml(writeSvg(picture([[10, 20, 1, 4]]))), 'line')).toEqual([]);
  });

  it('has labels and legend as texts, and a background where it is wanted', () => {
    const labels = [label('a < b & "c"'), label('سلام', { rightToLeft: true }), label('big', { prominent: true })];
    const legend = [{ name: 'tools', colour: [255, 0, 0] as const, dot: 700, radius: 4, left: 710, middle: 580 }];
    const root = parseXml(writeSvg(picture([], { labels, legend, background: false })));
    const texts = findAll(root, 'text');
    expect(texts.map(({ text }) => text)).toEqual(['a < b & "c"', 'سلام', 'big', 'tools']);
    expect(texts[1]!.attributes).toMatchObject({ direction: 'rtl', 'text-anchor': 'end', x: '10' });
    expect(texts[2]!.attributes).toMatchObject({ 'font-size': '15', 'font-weight': '700' });
    expect(findAll(root, 'g')[0]!.attributes['font-family']).toBe(theme.font);
    expect(findAll(root, 'circle')[0]!.attributes.fill).toBe('#ff0000');
    expect(findAll(root, 'rect')).toEqual([]);
    expect(findAll(parseXml(writeSvg(picture([]))), 'rect')).toHaveLength(1);
  });

  it('is well-formed whatever the texts are, and gives them back', () => {
    const hostile = fc.constantFrom(
      '\0',
      '\x08',
      '\x1b',
      '\uFFFE',
      '\uD800',
      '\uDC00',
      ']]>',
      '</text>',
      '<!--',
      '&amp;',
      '🎉',
      '\u2028',
    );
    const text = fc.array(fc.oneof(hostile, fc.string({ unit: 'binary' }))).map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, (written) => {
        const root = parseXml(writeSvg(picture([], { labels: [label(written)] })));
        expect(findAll(root, 'text')[0]!.text).toBe(
          written.replace(/[^\P{Cc}\t\n\r]|\p{Cs}|[\uFFFE\uFFFF]/gu, '\uFFFD'),
        );
      }),
    );
    expect(escapeXml('a\0b\uD83Dc🎉\uFFFF')).toBe('a\uFFFDb\uFFFDc🎉\uFFFD');
  });

  it('is the same points for any points: each in sight once, in order of depth', () => {
    const coordinate = fc.integer({ min: -100, max: 900 });
    const point = fc.tuple(coordinate, coordinate, fc.integer({ min: 0, max: 5 }), fc.integer({ min: 1, max: 44 }));
    fc.assert(
      fc.property(fc.array(point), (points) => {
        const inside = points.filter(([x, y, depth]) => depth > 0 && x >= 0 && y >= 0 && x <= 800 && y <= 600);
        const drawn = circles(writeSvg(picture(points))).map(([x, y]) => `${x} ${y}`);
        const wanted = [...inside].sort((a, b) => b[2] - a[2]).map(([x, y]) => `${x} ${y}`);
        const visible = new Set(wanted);
        expect(drawn.filter((place) => visible.has(place))).toEqual(wanted);
      }),
    );
  });

  it('of 100,000 points is made in under 2 s', () => {
    const points = Array.from({ length: 100_000 }, (_, i) => [
      i % 800,
      (i * 7) % 600,
      1 + (i % 997) / 500,
      1 + (i % 997) / 300,
    ]);
    const given = picture(points);
    const begun = performance.now();
    const svg = writeSvg(given);
    expect(performance.now() - begun).toBeLessThan(2000);
    expect(svg.match(/<circle/g)).toHaveLength(100_000);
  });
});
