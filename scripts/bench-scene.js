// @ts-check
/**
 * `npm run bench:scene`: the cloud's time on the main thread, beside regl-scatterplot (2D) where it is installed. The table is
 * added to bench/RESULTS.md; numbers of texts as arguments run those alone, and only print.
 */
import { appendFileSync } from 'node:fs';
import { describeRun, results } from '../bench/report.js';
import { findScatterplot, measureScene } from '../bench/scene.js';
import { fail } from './run.js';

const usual = [10_000, 100_000, 1_000_000];
/** Above so many texts there are a quarter of the labels, and fewer frames: drawing one without a graphics card takes seconds. */
const many = 200_000;
const framesOf = (/** @type {number} */ rows) => (rows > many ? 40 : 600);

try {
  const sizes = process.argv.slice(2).map(Number);
  const wrong = sizes.filter((size) => !Number.isInteger(size) || size < 1);
  if (wrong.length > 0) throw new Error(`numbers of texts are whole and positive, not ${wrong.join(', ')}`);
  const heading = describeRun();
  const version = findScatterplot();
  const beside = version !== undefined;
  const tasks = (sizes.length > 0 ? sizes : usual).map((rows) => ({
    rows,
    labelDensity: rows > many ? 0.25 : 1,
    frames: framesOf(rows),
    beside,
  }));
  const columns = [
    'texts',
    'first frame',
    'a frame while orbiting, as on a graphics card: JavaScript, median / mean (19 of 20 below)',
    'from frame to frame',
    'drawn by software beside the page: JavaScript',
    'waiting for its picture: mean',
    'from frame to frame',
    'new positions taken in',
    'heap grown over the frames (as many empty frames)',
    'draw calls a frame',
    'finding the point under the pointer (19 of 20 below)',
    'memory of the page',
    version ? `regl-scatterplot ${version}: first frame` : 'regl-scatterplot (not there)',
    'its JavaScript a frame',
    'its time from frame to frame',
  ];
  const lines = [columns, columns.map(() => '---')];
  await measureScene(tasks, ({ rows, frames }, { ours, scatterplot }) => {
    const { first, asOnCard, orbit, upload, growth, emptyGrowth, drawCalls, picking, memory } = ours;
    const times = (/** @type {number} */ other, /** @type {number} */ own) =>
      `${ms(other)} (${(other / own).toFixed(2)} ×)`;
    lines.push([
      rows.toLocaleString('en'),
      ms(first),
      javaScript(asOnCard),
      ms(asOnCard.wall),
      javaScript(orbit),
      ms(orbit.waited),
      ms(orbit.wall),
      ms(upload),
      `${(growth / 1024).toFixed(0)} (${(emptyGrowth / 1024).toFixed(0)}) KiB over ${frames}`,
      String(drawCalls),
      `${ms(picking.median)} (${ms(picking.p95)})`,
      `${(memory / 2 ** 20).toFixed(0)} MiB`,
      ...(scatterplot
        ? [
            times(scatterplot.first, first),
            times(scatterplot.orbit.median, asOnCard.median),
            times(scatterplot.orbit.wall, asOnCard.wall),
          ]
        : ['', '', '']),
    ]);
    process.stderr.write(`${lines.at(-1)?.join(' | ')}\n`);
  });
  const table = lines.map((cells) => `| ${cells.join(' | ')} |\n`).join('');
  const section = `\n${heading}\nThe cloud with labels in Chromium, 1280 x 800, drawn by SwiftShader, without a graphics card: time from frame to frame is
mostly that of drawing. Above ${many.toLocaleString('en')} texts there are a quarter of the labels. JavaScript is all that runs on the main thread for a frame, but
not the wait for a picture that software draws beside the page; where the page draws itself, as on a graphics card, the browser waits for it outside of JavaScript. × is how many times as long as ours the other takes.\n\n${table}`;
  process.stdout.write(section);
  if (sizes.length === 0) appendFileSync(results, section);
} catch (error) {
  fail(error);
}

function javaScript(/** @type {import('../bench/scene/frames').FrameTimes} */ { median, mean, p95 }) {
  return `${ms(median)} / ${ms(mean)} (${ms(p95)})`;
}

function ms(/** @type {number} */ time) {
  return `${time.toFixed(time < 10 ? 2 : 0)} ms`;
}
