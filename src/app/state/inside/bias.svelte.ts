/** A test of association: the sets of words as they are typed, what it found, and what is left without the direction from A to B. */
import { setKeys, type Association, type DirectionKind, type SetKey, type WordSets } from '../../../association';
import { parseWordSets } from '../../../data/wordSets';
import { textKey } from '../../../data/typed';
import { outsideLanguages } from '../../../embedding/languages';
import { findModel, models } from '../../../embedding/registry';
import { askSpace } from '../../../pipeline';
import type { WithoutDirection } from '../../../answers';
import type { AskedSets, QuestionKind, QuestionOf, Answer } from '../../../questions';
import { readyTests, sentencesOf, templates, type ReadyTest, type Tongue } from '../../../similarity/associationSets';
import { checkSets, type Caution } from '../../../similarity/preconditions';
import { isSameSpace } from '../../../spaceKey';
import type { ItemId, SpaceSpec } from '../../../types';
import type { InsideParts } from './parts';
import { wordsIn, writeWords } from './words';

/** As on the command line. */
const defaultSeed = 42;
const permutations = 100_000;
/** Neighbours that are compared with and without the direction. */
const neighbourCount = 10;

/** A test that was run, and of what. */
export interface Tested {
  readonly sets: WordSets;
  readonly asked: AskedSets;
  readonly spec: SpaceSpec;
  readonly found: Association;
  readonly cautions: readonly Caution[];
  /** Words that seem to be in none of the model's languages. */
  readonly foreign: readonly string[];
  /** The sentences in which the words stood; undefined for words alone. */
  readonly templates: readonly string[] | undefined;
}

export interface Removed {
  readonly by: DirectionKind;
  readonly of: ItemId | undefined;
  readonly found: WithoutDirection;
}

export class BiasLens {
  /** The test that is ready and chosen; undefined for words of one's own. */
  chosen = $state.raw<ReadyTest | undefined>();
  names = $state<Record<SetKey, string>>({ X: 'X', Y: 'Y', A: 'A', B: 'B' });
  /** The words of each set, as typed: separated by commas, semicolons or lines. */
  typed = $state<Record<SetKey, string>>({ X: '', Y: '', A: '', B: '' });
  sentences = $state(false);
  /** Of the sentences' templates. */
  tongue = $state<Tongue>('en');
  seed = $state(defaultSeed);
  by = $state<DirectionKind>('means');
  failure = $state.raw<unknown>();

  #tested = $state.raw<Tested | undefined>();
  #removed = $state.raw<Removed | undefined>();

  constructor(private readonly parts: InsideParts) {}

  /** The last test, unless it is of another space than the one on the screen. */
  get tested(): Tested | undefined {
    const tested = this.#tested;
    return tested && isSameSpace(tested.spec, this.parts.maps.spec) ? tested : undefined;
  }

  get removed(): Removed | undefined {
    return this.tested && this.#removed;
  }

  /** Words, sentences or seed are others than those of the last test. */
  get changed(): boolean {
    const { tested, sets, seed, sentences, tongue } = this;
    if (!tested) return false;
    const now = [sets, seed, sentences ? templates[tongue] : null];
    return JSON.stringify(now) !== JSON.stringify([tested.sets, tested.asked.seed, tested.templates ?? null]);
  }

  get running(): boolean {
    return this.parts.jobs.isRunning('bias');
  }

  get sets(): WordSets {
    const of = (key: SetKey) => ({ name: this.names[key].trim() || key, words: wordsIn(this.typed[key]) });
    return { X: of('X'), Y: of('Y'), A: of('A'), B: of('B') };
  }

  /** Takes the words of a ready test; `nameOf` names its sets in the page's language. */
  choose(test: ReadyTest, nameOf: (id: ReadyTest['sets']['X']['id']) => string): void {
    for (const key of setKeys) {
      this.names[key] = nameOf(test.sets[key].id);
      this.typed[key] = writeWords(test.sets[key].words);
    }
    this.chosen = test;
    this.tongue = test.tongue;
  }

  /** The test to begin with: in the page's language, where the model knows it. */
  usual(tongue: Tongue): ReadyTest | undefined {
    const model = models.find(({ id }) => id === this.parts.maps.spec.modelId);
    const id = tongue === 'pt' && model?.languages.includes('pt') ? 'carreiraFamilia' : 'careerFamily';
    return readyTests.find((test) => test.id === id);
  }

  async open(file: File): Promise<void> {
    this.failure = undefined;
    try {
      const sets = parseWordSets(file.name, new Uint8Array(await file.arrayBuffer()));
      for (const key of setKeys) {
        this.names[key] = sets[key].name;
        this.typed[key] = writeWords(sets[key].words);
      }
      this.chosen = undefined;
    } catch (error) {
      this.failure = error;
    }
  }

  /** Runs the test on the sets as they are; a newer run replaces an older one. */
  async run(): Promise<void> {
    const { maps } = this.parts;
    const { sets } = this;
    const { spec } = maps;
    await this.#attempt(async () => {
      const cautions = checkSets(sets, textKey);
      const used = this.sentences ? templates[this.tongue] : undefined;
      const subjects = (key: SetKey) => sentencesOf(sets[key].words, used ?? ['{word}']).map((text) => ({ text }));
      const asked: AskedSets = {
        x: subjects('X'),
        y: subjects('Y'),
        a: subjects('A'),
        b: subjects('B'),
        sentences: used?.length ?? 1,
        seed: this.seed,
        permutations,
      };
      const found = await this.#ask(spec, { kind: 'association', ...asked });
      if (!found) return;
      const { languages } = findModel(spec.modelId);
      const foreign = setKeys.flatMap((key) => sets[key].words).filter((word) => outsideLanguages(word, languages));
      this.#tested = { sets, asked, spec, found, cautions, foreign, templates: used };
      this.#removed = undefined;
    });
  }

  /** Looks at what is left of the last test without the direction from A to B, and at the neighbours of the selected text. */
  async remove(): Promise<void> {
    const { tested, by } = this;
    if (!tested) return;
    const of = this.parts.selection.first;
    await this.#attempt(async () => {
      const { asked, spec } = tested;
      const found = await this.#ask(spec, { kind: 'withoutDirection', ...asked, by, k: neighbourCount, of });
      if (found && tested === this.tested) this.#removed = { by, of, found };
    });
  }

  #ask<K extends QuestionKind>(spec: SpaceSpec, question: QuestionOf<K>): Promise<Answer<K> | undefined> {
    const { engine, collection, jobs } = this.parts;
    return jobs.run('bias', (signal, onProgress) =>
      askSpace(engine, collection.items, spec, question, { signal, onProgress }),
    );
  }

  async #attempt(work: () => Promise<void>): Promise<void> {
    this.failure = undefined;
    try {
      await work();
    } catch (error) {
      this.failure = error;
    }
  }
}
