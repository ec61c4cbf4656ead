/** Formulas and axes of meaning: what was typed, what the space answers, and the cloud between its map and the axes. */
import { textKey } from '../../data/typed';
import type { Engine } from '../../engine/contract';
import { askSpace } from '../../pipeline';
import type { AxesAnswer, Neighbour } from '../../answers';
import {
  parseFormulaOrAxis,
  printAxis,
  printFormula,
  subjectOf,
  textsIn,
  type Axis,
  type Formula,
} from '../../similarity/formula';
import type { Item, MapView } from '../../types';
import { Morph } from './axesLayout';
import type { CollectionState } from './collection.svelte';
import { checkTexts } from './importing';
import type { Interface } from './interface.svelte';
import type { Jobs } from './jobs.svelte';
import type { Maps } from './maps.svelte';
import type { Wishes } from './wishes.svelte';

/** As many as space has dimensions. */
export const mostAxes = 3;
interface Parts {
  readonly engine: Engine;
  readonly collection: CollectionState;
  readonly interface: Interface;
  readonly jobs: Jobs;
  readonly maps: Maps;
  readonly wishes: Wishes;
}

/** What is asked: a formula, axes, or both. */
interface Asked {
  readonly formula: Formula | undefined;
  readonly axes: readonly Axis[];
}

export class Axes {
  /** What the field holds. */
  typed = $state('');
  asked = $state.raw<Asked>({ formula: undefined, axes: [] });
  nearest = $state.raw<{ readonly name: string; readonly list: readonly Neighbour[] } | undefined>();
  placed = $state.raw<{ readonly axes: readonly Axis[]; readonly answer: AxesAnswer } | undefined>();
  /** Texts of what was asked that the collection has not. */
  embedded = $state.raw<readonly string[]>([]);
  failure = $state.raw<unknown>();
  /** Where the cloud is between the map (0) and the axes (1). */
  share = $state(1);
  /** The items and the space of the last answer. */
  #answered: { readonly items: readonly Item[]; readonly spec: object } | undefined;
  /** Counts the placements: the scene fits its view to each. */
  #run = $state.raw(0);

  constructor(private readonly parts: Parts) {}

  /** Takes what is typed: a formula in place of the one before, an axis beside those that are there. */
  async submit(): Promise<void> {
    const before = this.asked;
    try {
      const parsed = parseFormulaOrAxis(this.typed);
      if (parsed.kind === 'formula') this.asked = { ...before, formula: parsed.formula };
      else this.asked = { ...before, axes: [...before.axes, parsed.axis].slice(-mostAxes) };
    } catch (error) {
      this.failure = error;
      return;
    }
    await this.ask();
    // What cannot be answered does not stay beside what can.
    if (this.failure !== undefined) this.asked = before;
    else this.typed = '';
  }

  async remove(axis: Axis): Promise<void> {
    this.asked = { ...this.asked, axes: this.asked.axes.filter((other) => other !== axis) };
    await this.ask();
  }

  /** The formula goes, and its list with it. */
  forgetFormula(): void {
    this.asked = { ...this.asked, formula: undefined };
    this.nearest = undefined;
  }

  /** Asks again where texts or model are others than those of the last answer. */
  async follow(): Promise<void> {
    const { formula, axes } = this.asked;
    if ((!formula && axes.length === 0) || this.#isAnswered()) return;
    await this.ask();
    // A newer call took this one's place, and sees to the rest.
    if (this.#isAnswered() || this.parts.jobs.isRunning('axes')) return;
    // The last answer is about other texts, and what cannot be asked of these would stand in the way of what can.
    this.asked = { formula: undefined, axes: [] };
    this.nearest = this.placed = undefined;
    this.embedded = [];
  }

  #isAnswered(): boolean {
    const { collection, maps } = this.parts;
    return this.#answered?.items === collection.items && this.#answered.spec === maps.spec;
  }

  /** Asks the space; a newer call drops the older one's answer. */
  async ask(): Promise<void> {
    const { collection, engine, jobs, maps, wishes } = this.parts;
    const { items } = collection;
    const { spec } = maps;
    const { formula, axes } = this.asked;
    const { byText } = collection;
    const itemOf = (text: string) => byText.get(textKey(text));
    const texts = [...(formula ?? []), ...axes.flatMap(({ from, to }) => [...from, ...to])];
    this.failure = undefined;
    try {
      checkTexts(textsIn(texts), spec, byText);
      const answers = await jobs.run('axes', async (signal, onProgress) => {
        const hooks = { signal, onProgress };
        const of = formula && subjectOf(formula, itemOf);
        const ends = axes.map((axis) => ({
          name: printAxis(axis),
          from: subjectOf(axis.from, itemOf),
          to: subjectOf(axis.to, itemOf),
        }));
        return {
          list: of && (await askSpace(engine, items, spec, wishes.question(of), hooks)),
          answer:
            ends.length > 0 ? await askSpace(engine, items, spec, { kind: 'axes', axes: ends }, hooks) : undefined,
        };
      });
      if (!answers) return;
      const { list, answer } = answers;
      this.nearest = formula && list && { name: printFormula(formula), list };
      if (this.placed?.axes !== axes) {
        this.share = 1;
        this.#run++;
      }
      this.placed = answer && { axes, answer };
      this.embedded = [...new Set(textsIn(texts).filter((text) => itemOf(text) === undefined))];
      this.#answered = { items, spec };
    } catch (error) {
      this.failure = error;
    }
  }

  readonly #morph = $derived.by(() => {
    const { placed } = this;
    const { view } = this.parts.maps;
    if (!placed || !view) return undefined;
    const { axes, answer } = placed;
    const rowOf = new Map(answer.ids.map((id, row) => [id, row]));
    const rows = view.ids.map((id) => rowOf.get(id) ?? -1);
    // Texts that came after the answer have no values yet: the map stays until they have.
    if (rows.includes(-1)) return undefined;
    const values = new Float32Array(rows.length * axes.length);
    rows.forEach((row, i) =>
      values.set(answer.values.subarray(row * axes.length, (row + 1) * axes.length), i * axes.length),
    );
    const names = axes.map(({ from, to }) => ({ from: printFormula(from), to: printFormula(to) }));
    return { ids: view.ids, morph: new Morph(view.positions, values, names) };
  });

  /** What the cloud shows instead of the map, while the panel is open and the axes have any part in it. */
  readonly shown = $derived.by(() => {
    const base = this.#morph;
    if (this.parts.interface.instrument !== 'formula' || this.share === 0 || !base) return undefined;
    const { ids, morph } = base;
    const view: Pick<MapView, 'ids' | 'positions'> = { ids, positions: morph.at(this.share) };
    const run = -1 - this.#run;
    return { view, lines: morph.lines, run, fit: run };
  });
}
