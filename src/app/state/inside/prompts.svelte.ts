/** Prompts around all texts, beside each other: which are compared, what came of it, and the one that the map uses. */
import { categoriesOf } from '../../../categories';
import { models, type ModelEntry } from '../../../embedding/registry';
import { isAbort } from '../../../errors';
import { askSpace } from '../../../pipeline';
import { comparedNeighbours, comparePrompts, rankPrompts, votingNeighbours, type PromptResult } from '../../../prompts';
import type { Neighbour } from '../../../answers';
import { isSameSpace, spaceKey } from '../../../spaceKey';
import type { Clusters, Item, ItemId, SpaceId, SpaceSpec, Supervision } from '../../../types';
import { firstPrompts } from './promptSuggestions';
import type { InsideParts } from './parts';

/** More have no room beside each other, and each is as much work as the first. */
export const mostPrompts = 6;
/** Neighbours of the selected text that are listed under each prompt. */
export const listedNeighbours = 8;
/** Up to so many texts a comparison that was made follows the collection by itself, as the map does. */
const selfRunning = 2000;

/** What the prompts should keep apart: groups, a column, or the clusters that were found. */
export type GroupsBy = Exclude<Supervision, 'none'> | 'cluster';

/** What is wrong with a prompt as it is written. */
export type PromptProblem = 'lacksText' | 'twice';

/** What was compared. */
interface Asked {
  readonly items: readonly Item[];
  /** With the baseline as its prompt. */
  readonly spec: SpaceSpec;
  readonly prompts: readonly string[];
  readonly by: GroupsBy;
  readonly clusters: Clusters | undefined;
}

export interface PromptsFound extends Asked {
  /** The one that keeps the groups apart best first. */
  readonly ranked: readonly PromptResult[];
}

interface Draft {
  readonly modelId: string;
  readonly prompts: readonly string[];
  /** Which of them is the baseline. */
  readonly baseline: number;
}

export class PromptsLens {
  found = $state.raw<PromptsFound | undefined>();
  failure = $state.raw<unknown>();
  /** Nearest to a text under each prompt, in the order of `found.ranked`. */
  neighbours = $state.raw<
    { readonly of: ItemId; readonly lists: readonly (readonly Neighbour[])[]; readonly found: PromptsFound } | undefined
  >();

  #draft = $state.raw<Draft | undefined>();
  #by = $state.raw<GroupsBy | undefined>();
  #asked = 0;
  /** Spaces that were filled for this lens. */
  readonly #filled = new Map<SpaceId, SpaceSpec>();

  constructor(private readonly parts: InsideParts) {}

  /** Of the bundled models; undefined for vectors of another one, which cannot be made anew. */
  get model(): ModelEntry | undefined {
    return models.find(({ id }) => id === this.parts.maps.spec.modelId);
  }

  /** What was written for this model, or what is there to begin with. */
  readonly draft: Draft = $derived.by(() => {
    const { modelId, prompt } = this.parts.maps.spec;
    if (this.#draft?.modelId === modelId) return this.#draft;
    const { model } = this;
    const prompts = model ? firstPrompts(model, this.parts.messages.language, prompt) : [];
    return { modelId, prompts, baseline: 0 };
  });

  /** By prompt; undefined where nothing is wrong. */
  readonly problems: readonly (PromptProblem | undefined)[] = $derived.by(() =>
    this.draft.prompts.map((prompt, i, all) =>
      !prompt.includes('{text}') ? 'lacksText' : all.indexOf(prompt) < i ? 'twice' : undefined,
    ),
  );

  readonly isPossible: boolean = $derived.by(
    () =>
      this.parts.collection.items.length > 0 &&
      this.draft.prompts.length > 1 &&
      this.problems.every((problem) => problem === undefined),
  );

  /** What was chosen, or of what there is the first: groups, clusters. */
  get by(): GroupsBy {
    const { collection, clustering } = this.parts;
    return this.#by ?? (collection.groups.length === 0 && clustering.list.length > 0 ? 'cluster' : 'group');
  }

  get isRunning(): boolean {
    return this.parts.jobs.isRunning('prompts');
  }

  /** Whether what is shown is of other texts, groups, prompts, or of another model than are there now. */
  get isStale(): boolean {
    const { found, draft } = this;
    if (!found) return false;
    const { items, spec, prompts, by, clusters } = this.#ask(draft.prompts, draft.prompts[draft.baseline] ?? '');
    const isWritten =
      prompts.length === found.prompts.length && prompts.every((prompt, i) => prompt === found.prompts[i]);
    return (
      items !== found.items ||
      !isSameSpace(spec, found.spec) ||
      !isWritten ||
      by !== found.by ||
      (by === 'cluster' && !isSameClusters(clusters, found.clusters))
    );
  }

  write(i: number, prompt: string): void {
    this.#change({ prompts: this.draft.prompts.with(i, prompt) });
  }

  add(prompt: string): void {
    if (this.draft.prompts.length < mostPrompts) this.#change({ prompts: [...this.draft.prompts, prompt] });
  }

  remove(i: number): void {
    const { prompts, baseline } = this.draft;
    const next = baseline > i || baseline === prompts.length - 1 ? baseline - 1 : baseline;
    this.#change({ prompts: prompts.filter((_, at) => at !== i), baseline: Math.max(0, next) });
  }

  setBaseline(baseline: number): void {
    this.#change({ baseline });
  }

  setBy(by: GroupsBy): void {
    this.#by = by;
    if (this.found) void this.follow();
  }

  /** Compares the prompts as they are written. */
  async run(): Promise<void> {
    const { prompts, baseline } = this.draft;
    if (this.isPossible) await this.#compare(this.#ask(prompts, prompts[baseline]!));
  }

  /** Compares anew what was compared, where texts or groups are others than they were and not too many. */
  async follow(): Promise<void> {
    const { found } = this;
    const { collection, maps } = this.parts;
    if (!found || found.spec.modelId !== maps.spec.modelId || collection.items.length > selfRunning) return;
    const { items, by, clusters } = this.#ask(found.prompts, found.spec.prompt);
    const isSame =
      items === found.items && by === found.by && (by !== 'cluster' || isSameClusters(clusters, found.clusters));
    if (isSame) return;
    if (items.length === 0) this.found = undefined;
    else await this.#compare(this.#ask(found.prompts, found.spec.prompt));
  }

  /** Looks for the text's neighbours under each prompt; a newer call drops the older one's answer. */
  async look(of: ItemId | undefined): Promise<void> {
    const { engine } = this.parts;
    const { found } = this;
    const asked = ++this.#asked;
    if (of === undefined || !found?.items.some(({ id }) => id === of)) return void (this.neighbours = undefined);
    try {
      const lists: (readonly Neighbour[])[] = [];
      for (const { spec } of found.ranked) {
        this.#filled.set(spaceKey(spec), spec);
        lists.push(
          await askSpace(engine, found.items, spec, { kind: 'neighbours', of: { id: of }, k: listedNeighbours }),
        );
        if (asked !== this.#asked) return;
      }
      this.neighbours = { of, lists, found };
    } catch (error) {
      if (asked === this.#asked && !isAbort(error)) this.failure = error;
    }
  }

  /** Makes it the prompt of the map, which undo takes back. */
  async use(prompt: string): Promise<void> {
    const { history, maps, questions } = this.parts;
    const before = maps.spec;
    if (before.prompt === prompt) return;
    const after: SpaceSpec = { ...before, prompt };
    const apply = async (spec: SpaceSpec) => {
      questions.forget();
      await maps.change({ spec });
    };
    history.push({ undo: () => apply(before), redo: () => apply(after) });
    await apply(after);
  }

  /** Ends what runs and gives the vectors back; the numbers stay. */
  close(): void {
    this.parts.jobs.end('prompts');
    this.#asked++;
    this.#release([]);
  }

  #ask(prompts: readonly string[], baseline: string): Asked {
    const { collection, clustering, maps } = this.parts;
    const spec = { ...maps.spec, prompt: baseline };
    return { items: collection.items, spec, prompts, by: this.by, clusters: clustering.clusters };
  }

  async #compare(asked: Asked): Promise<void> {
    const { engine, jobs } = this.parts;
    const { items, spec, prompts } = asked;
    this.failure = undefined;
    this.#release(prompts);
    for (const prompt of prompts) this.#filled.set(spaceKey({ ...spec, prompt }), { ...spec, prompt });
    const question = { spec, prompts, labels: this.#labelsOf(asked), k: comparedNeighbours, voters: votingNeighbours };
    try {
      const results = await jobs.run('prompts', (signal, onProgress) =>
        comparePrompts(engine, items, question, { signal, onProgress }),
      );
      if (results) this.found = { ...asked, ranked: rankPrompts(results) };
    } catch (error) {
      this.failure = error;
    }
  }

  #labelsOf({ items, by }: Asked): Int32Array<ArrayBuffer> {
    if (by !== 'cluster') return categoriesOf(items, by).labels;
    return Int32Array.from(items, ({ id }) => this.parts.clustering.labelOf(id));
  }

  /** Gives back the vectors of all prompts but `kept`, and but those that the map is made of. */
  #release(kept: readonly string[]): void {
    const { engine, maps } = this.parts;
    for (const [space, spec] of this.#filled) {
      const isKept = spec.modelId === maps.spec.modelId && kept.includes(spec.prompt);
      if (isKept || isSameSpace(spec, maps.spec)) continue;
      this.#filled.delete(space);
      void engine.embed([], spec).catch(() => undefined);
    }
  }

  #change(change: Partial<Draft>): void {
    this.#draft = { ...this.draft, ...change };
  }
}

/** As labels: an object is made for each look at them. */
function isSameClusters(a: Clusters | undefined, b: Clusters | undefined): boolean {
  return a?.labels === b?.labels;
}
