/** What is kept of a collection, and the check of what comes back: storage is a door. */
import { InputError } from '../errors';
import { check, isNumber, isRecord, Misshapen, readFields } from './shape';
import { isClusters } from './storedClusters';
import { readItems } from './storedItems';
import { readTuning, type StoredTuning } from './storedTuning';
import { defaultOptions, isSupervision, optionRanges, projectionEngines } from '../projection/options';
import type {
  CameraPose,
  Clusters,
  Collection,
  ColourBy,
  Item,
  ItemId,
  MapView,
  NamedPose,
  Pin,
  ProjectionEngine,
  ProjectionOptions,
  SizeBy,
  SpaceMean,
  SpaceSpec,
} from '../types';

/** A map, with the texts that were placed on it since its layout ran. */
export interface StoredMap extends MapView {
  readonly provisional: readonly ItemId[];
}

/** All that a reload brings back, but for the vectors, which are in the cache. Ids may name items that are gone. */
export interface StoredCollection extends Collection, StoredTuning {
  readonly space: SpaceSpec;
  readonly options: ProjectionOptions;
  readonly map?: StoredMap;
  readonly pins?: readonly Pin[];
  /** In order of choosing. */
  readonly selection: readonly ItemId[];
  readonly camera?: CameraPose;
  /** Without them, by group and all alike. */
  readonly colourBy?: ColourBy;
  readonly sizeBy?: SizeBy;
  readonly poses?: readonly NamedPose[];
  readonly clusters?: Clusters;
  /** From where centred cosines are seen, one for each space. */
  readonly means?: readonly SpaceMean[];
  /** When it was last changed, ms since 1970. */
  readonly updated: number;
}

const isDims = (value: unknown): value is 2 | 3 => value === 2 || value === 3;
const isPoint = (value: unknown): value is [number, number, number] =>
  Array.isArray(value) && value.length === 3 && value.every(isNumber);

function readIds(value: unknown, where: string): readonly ItemId[] {
  check(Array.isArray(value) && value.every((id) => typeof id === 'string'), where);
  check(new Set(value).size === value.length, where);
  return value;
}

function readSpace(value: unknown, where: string): SpaceSpec {
  const { modelId, prompt, layer, adapter } = readFields(value, where);
  check(typeof modelId === 'string', `${where}.modelId`);
  check(typeof prompt === 'string' && prompt.includes('{text}'), `${where}.prompt`);
  check(layer === undefined || (isNumber(layer) && Number.isInteger(layer) && layer >= 0), `${where}.layer`);
  check(adapter === undefined || typeof adapter === 'string', `${where}.adapter`);
  return { modelId, prompt, ...(layer !== undefined && { layer }), ...(adapter !== undefined && { adapter }) };
}

type Checks = {
  readonly [K in keyof ProjectionOptions]-?: (value: unknown) => value is NonNullable<ProjectionOptions[K]>;
};

const within =
  ({ min, max, whole }: { readonly min: number; readonly max: number; readonly whole: boolean }) =>
  (value: unknown): value is number =>
    isNumber(value) && value >= min && value <= max && (!whole || Number.isInteger(value));

const optionChecks: Checks = {
  nNeighbors: within(optionRanges.nNeighbors),
  minDist: within(optionRanges.minDist),
  dims: isDims,
  seed: within(optionRanges.seed),
  engine: (value): value is ProjectionEngine => projectionEngines.some((engine) => engine === value),
  spread: within(optionRanges.spread),
  epochs: within(optionRanges.epochs),
  negativeSampleRate: within(optionRanges.negativeSampleRate),
  repulsionStrength: within(optionRanges.repulsionStrength),
  setOperationRatio: within(optionRanges.setOperationRatio),
  localConnectivity: within(optionRanges.localConnectivity),
  supervision: isSupervision,
  targetWeight: within(optionRanges.targetWeight),
  densityWeight: within(optionRanges.densityWeight),
  densityFraction: within(optionRanges.densityFraction),
  densityShift: within(optionRanges.densityShift),
};

const isOption = (name: string): name is keyof ProjectionOptions => Object.hasOwn(optionChecks, name);

/** Options can be chosen again, texts cannot: an option that is not what it should be gives way to its default. */
function readOptions(value: unknown): ProjectionOptions {
  const sound = Object.entries(isRecord(value) ? value : {}).filter(
    ([name, option]) => isOption(name) && optionChecks[name](option),
  );
  const { nNeighbors, minDist, dims, seed } = defaultOptions;
  // Each value has passed the check of its name.
  return { nNeighbors, minDist, dims, seed, ...(Object.fromEntries(sound) as Partial<ProjectionOptions>) };
}

function readMap(value: unknown): StoredMap {
  const { space, options, ids, positions, provisional, recall } = readFields(value, 'map');
  const placed = readIds(ids, 'map.ids');
  const { data, rows, dim } = readFields(positions, 'map.positions');
  check(isDims(dim), 'map.positions.dim');
  check(rows === placed.length, 'map.positions.rows');
  check(isFloats(data) && data.length === placed.length * dim && data.every(isNumber), 'map.positions.data');
  return {
    space: readSpace(space, 'map.space'),
    options: { ...readOptions(options), dims: dim },
    ids: placed,
    positions: { data, rows: placed.length, dim },
    provisional: readIds(provisional, 'map.provisional'),
    // Only shown: what is no share is left out.
    ...(isShare(recall) && { recall }),
  };
}

const isShare = (value: unknown): value is number => isNumber(value) && value >= 0 && value <= 1;

/** Those of texts that are gone are left out: what could bring them back has not been kept. */
function readPins(value: unknown, items: readonly Item[]): readonly Pin[] {
  check(Array.isArray(value), 'pins');
  const alive = new Set(items.map(({ id }) => id));
  const pins = value.map((pin: unknown, i): Pin => {
    const { id, at } = readFields(pin, `pins[${i}]`);
    check(typeof id === 'string', `pins[${i}].id`);
    check(Array.isArray(at) && isDims(at.length) && at.every(isNumber), `pins[${i}].at`);
    return { id, at };
  });
  check(new Set(pins.map(({ id, at }) => `${at.length} ${id}`)).size === pins.length, 'pins');
  return pins.filter(({ id }) => alive.has(id));
}

const isFloats = (value: unknown): value is Float32Array<ArrayBuffer> =>
  value instanceof Float32Array && value.buffer instanceof ArrayBuffer;

function readCamera(value: unknown, where: string): CameraPose {
  const { dims, target, azimuth, polar, distance } = readFields(value, where);
  check(isDims(dims), `${where}.dims`);
  check(isPoint(target), `${where}.target`);
  check(isNumber(azimuth), `${where}.azimuth`);
  check(isNumber(polar), `${where}.polar`);
  check(isNumber(distance) && distance > 0, `${where}.distance`);
  return { dims, target, azimuth, polar, distance };
}

/** Colours and sizes can be chosen again: what is not what it should be is left out. */
const isColourBy = (value: unknown): value is ColourBy =>
  typeof value === 'string' && /^(group|cluster|similarity|density|fidelity|column:.*|categories:.*)$/s.test(value);
const isSizeBy = (value: unknown): value is SizeBy => typeof value === 'string' && /^(none|column:.*)$/s.test(value);

function readPoses(value: unknown): readonly NamedPose[] {
  check(Array.isArray(value), 'poses');
  const poses = value.map((kept: unknown, i): NamedPose => {
    const { id, name, pose } = readFields(kept, `poses[${i}]`);
    check(typeof id === 'string', `poses[${i}].id`);
    check(typeof name === 'string', `poses[${i}].name`);
    return { id, name, pose: readCamera(pose, `poses[${i}].pose`) };
  });
  check(new Set(poses.map(({ id }) => id)).size === poses.length, 'poses');
  return poses;
}

function readMeans(value: unknown): readonly SpaceMean[] {
  check(Array.isArray(value), 'means');
  return value.map((kept: unknown, i): SpaceMean => {
    const { space, mean, rows } = readFields(kept, `means[${i}]`);
    check(isFloats(mean) && mean.every(isNumber), `means[${i}].mean`);
    check(isNumber(rows) && Number.isInteger(rows) && rows > 0, `means[${i}].rows`);
    return { space: readSpace(space, `means[${i}].space`), mean, rows };
  });
}

function readParts(value: unknown): StoredCollection {
  const {
    id,
    name,
    items: given,
    space,
    options,
    map,
    pins,
    selection,
    camera,
    poses,
    clusters,
    means,
    colourBy,
    sizeBy,
    pairs,
    adapters,
    updated,
  } = readFields(value, 'record');
  check(typeof id === 'string', 'id');
  check(typeof name === 'string', 'name');
  check(isNumber(updated), 'updated');
  const items = readItems(given);
  return {
    id,
    name,
    items,
    space: readSpace(space, 'space'),
    options: readOptions(options),
    ...(map !== undefined && { map: readMap(map) }),
    ...(pins !== undefined && { pins: readPins(pins, items) }),
    selection: readIds(selection, 'selection'),
    ...(camera !== undefined && { camera: readCamera(camera, 'camera') }),
    ...(poses !== undefined && { poses: readPoses(poses) }),
    ...(isClusters(clusters) && { clusters }),
    ...(means !== undefined && { means: readMeans(means) }),
    ...readTuning({ pairs, adapters }),
    ...(isColourBy(colourBy) && { colourBy }),
    ...(isSizeBy(sizeBy) && { sizeBy }),
    updated,
  };
}

/** A stored record as a collection; fields that this version does not know are dropped. Throws `storedCollectionDamaged`. */
export function readStoredCollection(value: unknown): StoredCollection {
  try {
    return readParts(value);
  } catch (error) {
    if (!(error instanceof Misshapen)) throw error;
    const name = isRecord(value) && typeof value.name === 'string' ? value.name : '?';
    throw new InputError('storedCollectionDamaged', { name, where: error.message });
  }
}
