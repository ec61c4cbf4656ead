/** What a capsule keeps of a collection besides texts, vectors and positions. Rows stand for ids, which each opening gives anew. */
import { InputError } from '../errors';
import type { ItemId } from '../types';
import { readStoredCollection, type StoredCollection } from './storedCollection';

/** `stored` for `settings.json`: plain JSON. */
export function packSettings(stored: StoredCollection): Record<string, unknown> {
  const rowOf = new Map(stored.items.map(({ id }, row) => [id, row]));
  const rows = (ids: readonly ItemId[]) => ids.flatMap((id) => rowOf.get(id) ?? []);
  const { name, options, map, pins = [], selection, camera, poses, clusters, colourBy, sizeBy } = stored;
  return {
    name,
    options,
    ...(map && { mapOptions: map.options, mapped: rows(map.ids), provisional: rows(map.provisional) }),
    ...(map?.recall !== undefined && { recall: map.recall }),
    pins: pins.flatMap(({ id, at }) => (rowOf.has(id) ? [{ row: rowOf.get(id), at }] : [])),
    selection: rows(selection),
    ...(camera && { camera }),
    ...(poses && { poses }),
    ...(clusters && { clusters: { ...clusters, ids: rows(clusters.ids), labels: [...clusters.labels] } }),
    colourBy,
    sizeBy,
  };
}

/**
 * `opened`, a new collection of a capsule's texts, with its settings; `ids` are those of its rows, undefined for rows that were left
 * out. What is no setting is left out too. Throws `capsuleSettings` at the first that is not what it should be.
 */
export function unpackSettings(
  settings: Readonly<Record<string, unknown>>,
  ids: readonly (ItemId | undefined)[],
  opened: StoredCollection,
): StoredCollection {
  const idOf = (row: unknown) => (typeof row === 'number' ? ids[row] : undefined);
  const idsOf = (rows: unknown) => (Array.isArray(rows) ? rows.flatMap((row: unknown) => idOf(row) ?? []) : []);
  const { options, mapOptions, provisional, recall, pins, selection, camera, poses, clusters, ...rest } = settings;
  const { name } = rest;
  const record = {
    ...opened,
    ...(typeof name === 'string' && name !== '' && { name }),
    ...(options !== undefined && { options }),
    ...(opened.map && {
      map: { ...opened.map, options: mapOptions ?? options, recall, provisional: idsOf(provisional) },
    }),
    ...(Array.isArray(pins) && { pins: pins.flatMap((pin: unknown) => readPin(pin, idOf)) }),
    selection: idsOf(selection),
    ...(camera !== undefined && { camera }),
    ...(poses !== undefined && { poses }),
    clusters: readClusters(clusters, idOf),
    colourBy: rest['colourBy'],
    sizeBy: rest['sizeBy'],
  };
  try {
    return readStoredCollection(record);
  } catch (error) {
    if (!(error instanceof InputError) || error.code !== 'storedCollectionDamaged') throw error;
    throw new InputError('capsuleSettings', { name: opened.name, where: error.params['where'] ?? '' });
  }
}

function readPin(pin: unknown, idOf: (row: unknown) => ItemId | undefined): object[] {
  if (typeof pin !== 'object' || pin === null || !('row' in pin) || !('at' in pin)) return [];
  const id = idOf(pin.row);
  return id === undefined ? [] : [{ id, at: pin.at }];
}

/** As `isClusters` takes them; texts that were left out go with their labels. */
function readClusters(clusters: unknown, idOf: (row: unknown) => ItemId | undefined): object | undefined {
  if (typeof clusters !== 'object' || clusters === null || !('ids' in clusters) || !('labels' in clusters))
    return undefined;
  const { ids: rows, labels } = clusters;
  if (!Array.isArray(rows) || !Array.isArray(labels)) return undefined;
  const known = rows.flatMap((row: unknown, i) => {
    const id = idOf(row);
    const label: unknown = labels[i];
    return id === undefined || typeof label !== 'number' ? [] : [{ id, label }];
  });
  return {
    ...clusters,
    ids: known.map(({ id }) => id),
    labels: Int32Array.from(known, ({ label }) => label),
  };
}
