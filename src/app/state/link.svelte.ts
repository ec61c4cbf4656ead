/** The collection as a link that holds it, and the link that the page's address brought: asked about before anything is opened. */
import { lookUpModel, models } from '../../embedding/registry';
import { InputError, isAbort } from '../../errors';
import { readImported } from '../../imported';
import type { StoredCollection } from '../../storage/storedCollection';
import { packSettings } from '../../storage/travelling';
import type { CameraPose, Dataset, ItemId, SpaceSpec } from '../../types';
import type { MessageKey } from '../messages/catalogue';
import type { MessageParams } from '../messages/messages.svelte';
import type { History } from './history.svelte';
import type { Interface } from './interface.svelte';
import type { Library } from './library.svelte';
import type { Notices } from './notices.svelte';

interface Parts {
  readonly readOnly: boolean;
  readonly history: Pick<History, 'offer'>;
  readonly interface: Pick<Interface, 'dialog'>;
  readonly library: Pick<Library, 'snapshot' | 'create' | 'begin' | 'restoredCamera'>;
  readonly notices: Pick<Notices, 'error' | 'say' | 'warn'>;
}

/** A link to copy: its address, the characters of what is in it, and what stays behind. */
export interface MadeLink {
  readonly address: string;
  readonly characters: number;
  readonly limit: number;
  readonly remarks: readonly { readonly key: MessageKey; readonly params?: MessageParams }[];
}

/** Loaded with the first link: the page begins without what packs them. */
const loadCodec = () => import('../../data/link');

export class Link {
  /** What the address brought, until it is answered. */
  offered = $state.raw<Dataset | undefined>();
  /** Where the camera is to stand once the map is there. */
  #pose: CameraPose | undefined;

  constructor(private readonly parts: Parts) {}

  /** The collection, or with `only` those of its texts. Throws an InputError where that is too much for a link. */
  async make(only?: ReadonlySet<ItemId>): Promise<MadeLink> {
    const stored = this.parts.library.snapshot();
    const { linkLimits, writeLink } = await loadCodec();
    const fragment = writeLink(datasetOf(stored, only));
    const address = new URL(location.pathname, location.origin);
    address.hash = fragment;
    return {
      address: address.href,
      characters: fragment.length,
      limit: linkLimits.characters,
      remarks: [...remarksOn(stored)],
    };
  }

  /** Looks at the address from now on. Never rejects. */
  async watch(): Promise<void> {
    addEventListener('hashchange', () => void this.#read());
    await this.#read();
  }

  /** Opens what was offered as a new collection; undo brings the one before back. What cannot be used changes nothing. */
  async accept(): Promise<void> {
    const { history, library, notices } = this.parts;
    const dataset = this.offered;
    this.offered = undefined;
    if (!dataset) return;
    try {
      const { stored, duplicates } = await create(library, dataset);
      this.#pose = stored.camera;
      library.begin(stored);
      notices.say('opened', { name: stored.name, count: stored.items.length }, history.offer);
      if (duplicates > 0) notices.say('duplicatesLeftOut', { count: duplicates });
      clearFragment();
    } catch (error) {
      if (!isAbort(error)) notices.error(error);
    }
  }

  /** Leaves everything as it is, and takes the link out of the address, so that a reload does not ask again. */
  refuse(): void {
    this.offered = undefined;
    clearFragment();
  }

  /** A layout has ended: the first after a link was opened is looked at as the link says. */
  settled(): void {
    const pose = this.#pose;
    this.#pose = undefined;
    if (pose) this.parts.library.restoredCamera = { ...pose };
  }

  async #read(): Promise<void> {
    const fragment = location.hash.slice(1);
    const { interface: ui, notices, readOnly } = this.parts;
    try {
      const { isLink, parseLink } = await loadCodec();
      if (!isLink(fragment)) return;
      const dataset = parseLink(fragment);
      if (readOnly) throw new InputError('linkReadOnly');
      this.offered = dataset;
      ui.dialog = 'link';
    } catch (error) {
      notices.error(error);
    }
  }
}

/** What travels: own columns, vectors and the map do not, nor does an adapter or the name of vectors that no model made. */
function datasetOf(stored: StoredCollection, only: ReadonlySet<ItemId> | undefined): Dataset {
  const items = only ? stored.items.filter(({ id }) => only.has(id)) : stored.items;
  const { name, options, selection, pins, camera } = packSettings({ ...stored, items });
  // Of some of the texts it is another map, which the camera was never in.
  const settings = { name, options, selection, ...(!only && { pins, ...(camera !== undefined && { camera }) }) };
  const { adapter: _left, ...space } = stored.space;
  return { items, settings, ...(!readImported(space.modelId) && { space }) };
}

function* remarksOn({ items, space }: StoredCollection): Generator<MadeLink['remarks'][number]> {
  const imported = readImported(space.modelId);
  if (imported) yield { key: 'linkImported', params: { file: imported.file } };
  else if (!models.some(({ id }) => id === space.modelId))
    yield { key: 'linkOwnModel', params: { model: lookUpModel(space.modelId)?.name ?? space.modelId } };
  if (space.adapter !== undefined) yield { key: 'linkAdapter' };
  if (items.some(({ columns }) => columns && Object.keys(columns).length > 0)) yield { key: 'linkColumns' };
}

/** Settings that are not what they should be make the whole link a damaged one. */
async function create(library: Parts['library'], dataset: Dataset): ReturnType<Library['create']> {
  const name = nameIn(dataset) ?? '';
  try {
    return await library.create(name, dataset, { file: name, trusted: true });
  } catch (error) {
    throw error instanceof InputError && error.code === 'capsuleSettings' ? new InputError('linkDamaged') : error;
  }
}

/** The collection's name, where the link has one. */
export function nameIn({ settings }: Dataset): string | undefined {
  const name = settings?.['name'];
  return typeof name === 'string' && name.trim() !== '' ? name : undefined;
}

/** The space that a link names, where this page has its model. */
export function knownSpace({ space }: Dataset): SpaceSpec | undefined {
  return space && lookUpModel(space.modelId) ? space : undefined;
}

function clearFragment(): void {
  history.replaceState(history.state, '', location.pathname + location.search);
}
