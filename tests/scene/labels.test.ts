import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wish } from '../../src/scene/emphasis';
import { LabelChooser, mostLabels } from '../../src/scene/labels';
import { traceLeaders } from '../../src/scene/leaders';
import type { Rect, Screen } from '../../src/scene/screen';

interface Point {
  x: number;
  y: number;
  depth: number;
  wanted: number;
  width: number;
}

const point = fc.record({
  x: fc.integer({ min: -50, max: 700 }),
  y: fc.integer({ min: -50, max: 500 }),
  depth: fc.oneof(fc.constant(0), fc.double({ min: 0.5, max: 9, noNaN: true })),
  wanted: fc.oneof(
    { weight: 12, arbitrary: fc.constant(wish.ordinary as number) },
    fc.integer({ min: wish.none, max: wish.selected }),
  ),
  width: fc.integer({ min: 4, max: 190 }),
});
const free: Rect = { left: 40, top: 30, right: 640, bottom: 430 };

function screenOf(points: readonly Point[], shift = 0): Screen {
  const depths = points.map((p) => p.depth).filter((depth) => depth > 0);
  return {
    count: points.length,
    near: Math.min(...depths),
    far: Math.max(0, ...depths),
    x: Float32Array.from(points, (p, i) => p.x + shift * ((i % 5) - 2)),
    y: Float32Array.from(points, (p, i) => p.y + shift * ((i % 3) - 1)),
    depth: Float32Array.from(points, (p) => p.depth),
    radius: new Float32Array(points.length).fill(5),
  };
}

function boxesOf(chooser: LabelChooser) {
  return Array.from({ length: chooser.count }, (_, i) => ({
    row: chooser.rows[i]!,
    left: chooser.left[i]!,
    top: chooser.top[i]!,
    right: chooser.left[i]! + chooser.width[i]!,
    bottom: chooser.top[i]! + chooser.height[i]!,
  }));
}

function choose(chooser: LabelChooser, points: readonly Point[], shift = 0, most = 60, covers: readonly Rect[] = []) {
  const wishes = Uint8Array.from(points, (p) => p.wanted);
  chooser.choose(screenOf(points, shift), wishes, (row) => points[row]!.width, free, most, covers);
  return boxesOf(chooser);
}

/** As `choose`, between two choices: the points that nothing looks at are out of their places. */
function follow(chooser: LabelChooser, points: readonly Point[], shift: number) {
  const wishes = Uint8Array.from(points, (p) => p.wanted);
  const screen = screenOf(points, shift);
  const looked = new Set([...chooser.rows.subarray(0, chooser.count), ...chooser.kept.subarray(0, chooser.keptCount)]);
  points.forEach((_, row) => {
    if (!looked.has(row)) screen.x[row] = screen.y[row] = screen.depth[row] = screen.radius[row] = Number.NaN;
  });
  chooser.follow(screen, wishes, (row) => points[row]!.width, free);
  return boxesOf(chooser);
}

/** Float32 edges at these sizes are exact to 1e-4. */
function expectApart(boxes: ReturnType<typeof boxesOf>): void {
  for (const [i, a] of boxes.entries()) {
    expect(a.left).toBeGreaterThanOrEqual(free.left - 1e-3);
    expect(a.top).toBeGreaterThanOrEqual(free.top - 1e-3);
    expect(a.right).toBeLessThanOrEqual(free.right + 1e-3);
    expect(a.bottom).toBeLessThanOrEqual(free.bottom + 1e-3);
    for (const b of boxes.slice(0, i)) {
      const apart =
        a.right <= b.left + 1e-3 || b.right <= a.left + 1e-3 || a.bottom <= b.top + 1e-3 || b.bottom <= a.top + 1e-3;
      expect(apart).toBe(true);
    }
  }
}

describe('choosing labels', () => {
  it('covers no disc of a selected text, even where a neighbour then has to stand further off', () => {
    const screen = screenOf([
      { x: 300, y: 200, depth: 1, width: 60, wanted: wish.selected },
      { x: 300, y: 196, depth: 2, width: 60, wanted: wish.neighbour },
    ]);
    screen.radius[0] = 20;
    const chooser = new LabelChooser();
    chooser.choose(screen, Uint8Array.of(wish.selected, wish.neighbour), () => 60, free, 60);
    expect([...chooser.rows.subarray(0, chooser.count)]).toEqual([0, 1]);
    for (let i = 0; i < 2; i++) {
      const [left, top] = [chooser.left[i]!, chooser.top[i]!];
      const beside = left >= 320 || left + chooser.width[i]! <= 280;
      expect(beside || top >= 220 || top + chooser.height[i]! <= 180).toBe(true);
    }
  });

  it('keeps a label clear of a large disc whose middle is far from it', () => {
    const chooser = new LabelChooser();
    // The second text's disc reaches into the place at the first one's right, and its middle lies below it.
    const near = { x: 300, y: 200, depth: 1, width: 60, wanted: wish.selected };
    const large = { x: 340, y: 226, depth: 1, width: 60, wanted: wish.none };
    const at = (radius: number) => {
      const screen = screenOf([near, large], 0);
      screen.radius[1] = radius;
      chooser.forget();
      chooser.choose(screen, Uint8Array.of(near.wanted, large.wanted), () => 60, free, 60);
      return chooser.left[0]!;
    };
    expect(at(5)).toBeGreaterThan(300);
    expect(at(30)).toBeLessThan(300);
  });

  it('never lets two labels overlap or one leave the free part, frame after frame', () => {
    fc.assert(
      fc.property(fc.array(point, { maxLength: 300 }), (points) => {
        const chooser = new LabelChooser();
        for (const shift of [0, 1.5, 9, 40, 0]) {
          const boxes = choose(chooser, points, shift);
          expectApart(boxes);
          expect(new Set(boxes.map((box) => box.row)).size).toBe(boxes.length);
          for (const { row } of boxes) expect(points[row]!.depth > 0 && points[row]!.wanted > wish.none).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('keeps labels off what covers the free part, and finds another place for a selected text beside it', () => {
    const covers = [
      { left: 60, top: 380, right: 280, bottom: 430 },
      { left: 430, top: 370, right: 640, bottom: 430 },
    ];
    const isOff = (box: Rect) =>
      covers.every(
        ({ left, top, right, bottom }) =>
          box.right <= left || box.left >= right || box.bottom <= top || box.top >= bottom,
      );
    fc.assert(
      fc.property(fc.array(point, { maxLength: 200 }), (points) => {
        const chooser = new LabelChooser();
        for (const shift of [0, 4, 30]) expect(choose(chooser, points, shift, 60, covers).every(isOff)).toBe(true);
      }),
      { numRuns: 60 },
    );
    const selected = { x: 55, y: 405, depth: 1, wanted: wish.selected, width: 100 };
    const [box] = choose(new LabelChooser(), [selected], 0, 60, covers);
    expect(box).toBeDefined();
    expect(box!.bottom).toBeLessThanOrEqual(380);
    const [open] = choose(new LabelChooser(), [selected]);
    expect(open!.left).toBeGreaterThan(55);
    expect(open!.bottom).toBeGreaterThan(380);
  });

  it('always labels the one selected text that is in sight', () => {
    fc.assert(
      fc.property(fc.array(point, { minLength: 1, maxLength: 200 }), fc.nat(), (points, pick) => {
        const chosen = pick % points.length;
        const rows = points.map((p, i) => ({ ...p, wanted: i === chosen ? wish.selected : wish.ordinary }));
        rows[chosen] = { ...rows[chosen]!, depth: 3, x: 40 + (pick % 601), y: 30 + (pick % 401) };
        expect(choose(new LabelChooser(), rows).map((box) => box.row)).toContain(chosen);
      }),
    );
  });

  it('keeps every label where nothing moves, and nearly every one while things move a little', () => {
    const random = (i: number, salt: number) => ((Math.sin(i * 12.9898 + salt * 78.233) * 43758.5453) % 1) ** 2;
    const points = Array.from({ length: 200 }, (_, i) => ({
      x: 60 + 560 * random(i, 1),
      y: 50 + 360 * random(i, 2),
      depth: 1 + 5 * random(i, 3),
      wanted: wish.ordinary,
      width: 20 + 60 * random(i, 4),
    }));
    const chooser = new LabelChooser();
    let before = choose(chooser, points);
    expect(before.length).toBeGreaterThan(20);
    // One more frame lets in what the first left room for; then all is at rest.
    choose(chooser, points);
    before = choose(chooser, points);
    expect(choose(chooser, points)).toEqual(before);
    const after = new Set(choose(chooser, points, 0.5).map((box) => box.row));
    const lost = before.filter((box) => !after.has(box.row)).length;
    expect(lost).toBeLessThanOrEqual(1);
  });

  it('lets no two labels overlap between two choices either, where only those that are shown move', () => {
    fc.assert(
      fc.property(fc.array(point, { maxLength: 300 }), (points) => {
        const chooser = new LabelChooser();
        for (const shift of [0, 8]) {
          let before = choose(chooser, points, shift).map((box) => box.row);
          for (const further of [2, 30, 90]) {
            const boxes = follow(chooser, points, shift + further);
            expectApart(boxes);
            // None comes, and the order in which they give way stays.
            const rows = boxes.map((box) => box.row);
            expect(rows).toEqual(before.filter((row) => rows.includes(row)));
            before = rows;
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  it('keeps labels in their spots between two choices: what nothing is in the way of goes with its point', () => {
    const points = Array.from({ length: 12 }, (_, i) => ({
      x: 100 + 120 * (i % 4),
      y: 80 + 90 * Math.floor(i / 4),
      depth: 1 + i,
      wanted: i === 5 ? wish.selected : (wish.ordinary as number),
      width: 40,
    }));
    const chooser = new LabelChooser();
    const before = choose(chooser, points);
    expect(before).toHaveLength(12);
    const after = follow(chooser, points, 2);
    expect(after).toEqual(
      before.map((box) => {
        const [right, down] = [2 * ((box.row % 5) - 2), 2 * ((box.row % 3) - 1)];
        return {
          row: box.row,
          left: box.left + right,
          top: box.top + down,
          right: box.right + right,
          bottom: box.bottom + down,
        };
      }),
    );
    // And the next choice has no reason to change any of them.
    choose(chooser, points, 2);
    expect(chooser.changed).toBe(false);
  });

  it('lets a label go between two choices that leaves the view, that another comes into the way of, or whose text is behind', () => {
    const place = { y: 200, depth: 3, wanted: wish.ordinary as number, width: 60 };
    const chooser = new LabelChooser();
    const rows = (points: readonly Point[]) => follow(chooser, points, 0).map((box) => box.row);
    const apart = [
      { ...place, x: 100, depth: 1 },
      { ...place, x: 300 },
    ];
    const begin = () => expect(choose(chooser, apart)).toHaveLength(2);
    begin();
    expect(rows([apart[0]!, { ...apart[1]!, x: 700 }])).toEqual([0]);
    begin();
    expect(rows([apart[0]!, { ...apart[1]!, depth: 0 }])).toEqual([0]);
    begin();
    // The wider of a crowd at one place finds no other side: the one that is less wanted goes.
    const crowd = Array.from({ length: 5 }, (_, i) => ({ ...place, x: 60 + 130 * (i % 4), y: 100 + 100 * (i >> 2) }));
    chooser.forget();
    expect(choose(chooser, crowd)).toHaveLength(5);
    const met = rows(crowd.map((point) => ({ ...point, x: 300, y: 200 })));
    expect(met.length).toBeLessThan(5);
    expect(met.length).toBeGreaterThan(0);
  });

  it('comes to a choice that the next ones repeat, and says when', () => {
    fc.assert(
      fc.property(fc.array(point, { maxLength: 300 }), (points) => {
        const chooser = new LabelChooser();
        let boxes = choose(chooser, points);
        let repeats = 0;
        for (; chooser.changed && repeats < 8; repeats++) boxes = choose(chooser, points);
        expect(chooser.changed).toBe(false);
        for (let i = 0; i < 2; i++) expect(choose(chooser, points)).toEqual(boxes);
      }),
      { numRuns: 100 },
    );
  });

  it('goes on with the same labels where texts change their rows and others come', () => {
    const [spot, wanted] = [{ x: 300, y: 200, width: 80 }, wish.ordinary];
    const [far, near] = [
      { ...spot, depth: 6, wanted },
      { ...spot, depth: 5.5, wanted },
    ];
    const elsewhere = { x: 100, y: 100, depth: 1, wanted, width: 80 };
    const chooser = new LabelChooser();
    choose(chooser, [far, elsewhere]);
    chooser.carry(Int32Array.of(1, 0, -1));
    // A label that is shown is worth more than being a little nearer; a new chooser takes the nearer one.
    expect(choose(chooser, [elsewhere, far, near], 0, 2).map((box) => box.row)).toEqual([0, 1]);
    expect(choose(new LabelChooser(), [elsewhere, far, near], 0, 2).map((box) => box.row)).toEqual([0, 2]);
  });

  it('prefers what is near, and what is wanted more', () => {
    const near = { x: 300, y: 200, depth: 1, wanted: wish.ordinary, width: 80 };
    const crowd = Array.from({ length: 8 }, () => ({ ...near, depth: 6 }));
    expect(choose(new LabelChooser(), [...crowd, near], 0, 1)[0]!.row).toBe(8);
    const neighbour = { ...near, depth: 8, wanted: wish.neighbour };
    expect(choose(new LabelChooser(), [...crowd, near, neighbour], 0, 1)[0]!.row).toBe(9);
  });

  it('prefers what a search found to what is nearer, but not to neighbours', () => {
    const spot = { x: 300, y: 200, depth: 1, wanted: wish.ordinary as number, width: 80 };
    const found = { ...spot, depth: 7, wanted: wish.found };
    const neighbour = { ...spot, depth: 9, wanted: wish.neighbour };
    expect(choose(new LabelChooser(), [spot, found], 0, 1)[0]!.row).toBe(1);
    expect(choose(new LabelChooser(), [spot, found, neighbour], 0, 1)[0]!.row).toBe(2);
  });

  it('chooses by cells among very many wanted texts too, and still shows as many as there is room for', () => {
    const points = Array.from({ length: 4000 }, (_, i) => ({
      x: 41 + ((i * 37) % 598),
      y: 31 + ((i * 101) % 398),
      depth: 1 + (i % 7),
      wanted: wish.neighbour as number,
      width: 40,
    }));
    expect(choose(new LabelChooser(), points).length).toBeGreaterThan(40);
  });

  it('displaces a wanted label that has no room beside its disc, and joins it by a line; an ordinary one goes', () => {
    const selected = { x: 300, y: 200, depth: 2, wanted: wish.selected as number, width: 150 };
    // In one place: the first four take the four sides.
    const around = Array.from({ length: 4 }, () => selected);
    const chooser = new LabelChooser();
    const wanted = [...around, { ...selected, wanted: wish.neighbour as number }];
    const boxes = choose(chooser, wanted);
    expect(boxes.map((box) => box.row).sort()).toEqual([0, 1, 2, 3, 4]);
    const box = boxes.find(({ row }) => row === 4)!;
    const gap = Math.hypot(Math.max(box.left - 300, 300 - box.right, 0), Math.max(box.top - 200, 200 - box.bottom, 0));
    expect(gap).toBeGreaterThan(20);
    const path: number[][] = [];
    const trace = {
      moveTo: (x: number, y: number) => path.push([x, y]),
      lineTo: (x: number, y: number) => path.push([x, y]),
    };
    expect(traceLeaders(trace, chooser, screenOf(wanted))).toBe(path.length / 2);
    const ends = path.filter((_, i) => i % 2 === 1);
    // From the disc's rim to the label's edge.
    const at = ends.findIndex(
      ([x = 0, y = 0]) => x >= box.left - 3 && x <= box.right + 3 && y >= box.top && y <= box.bottom,
    );
    expect(at).toBeGreaterThanOrEqual(0);
    const [fromX = 0, fromY = 0] = path[at * 2]!;
    expect(Math.hypot(fromX - 300, fromY - 200)).toBeCloseTo(7, 5);

    const ordinary = wanted.map((point, i) => (i < 4 ? point : { ...point, wanted: wish.ordinary }));
    expect(choose(new LabelChooser(), ordinary).map((one) => one.row)).not.toContain(4);
  });

  it('draws no line to a label beside its disc', () => {
    const chooser = new LabelChooser();
    const points = [{ x: 300, y: 200, depth: 2, wanted: wish.selected as number, width: 80 }];
    expect(choose(chooser, points)).toHaveLength(1);
    const refuse = () => expect.fail('a line was drawn');
    expect(traceLeaders({ moveTo: refuse, lineTo: refuse }, chooser, screenOf(points))).toBe(0);
  });

  it('does not measure texts that have no room, however narrow they are', () => {
    const place = { y: 200, depth: 1, wanted: wish.ordinary as number, width: 0 };
    // The first label has room only on its right; all sides of the second disc lie within it, or within the gap around it.
    const points = [
      { ...place, x: 45 },
      { ...place, x: 200, depth: 3 },
      { ...place, x: 300, y: 300, depth: 2 },
    ];
    const measured: number[] = [];
    const measure = (row: number) => (measured.push(row), 260);
    const wishes = new Uint8Array(3).fill(wish.ordinary);
    new LabelChooser().choose(screenOf(points), wishes, measure, free, 60);
    expect(measured).toEqual([0, 2]);
  });

  it('gives more labels for more density, in proportion', () => {
    const usual = mostLabels(free, 1);
    expect(usual).toBeGreaterThan(20);
    expect(mostLabels(free, 4) / usual).toBeCloseTo(4, 0);
    expect(mostLabels({ left: 0, top: 0, right: -5, bottom: 20 }, 1)).toBe(0);
  });

  it('gives no more labels than asked for, beside selected and hovered ones', () => {
    const points = Array.from({ length: 40 }, (_, i) => ({
      x: 60 + 130 * (i % 5),
      y: 50 + 45 * Math.floor(i / 5),
      depth: 2,
      wanted: wish.ordinary as number,
      width: 40,
    }));
    expect(choose(new LabelChooser(), points, 0, 7)).toHaveLength(7);
    points[3]!.wanted = wish.selected;
    expect(choose(new LabelChooser(), points, 0, 0).map((box) => box.row)).toEqual([3]);
  });
});
