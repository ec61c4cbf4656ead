import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { openDatabase } from '../../src/storage/database';
import { defaultSettings, SettingsStore } from '../../src/storage/settings';
import { fillDisk, freshIndexedDb, putRaw, refusedDatabase } from './indexedDb';

beforeEach(() => void freshIndexedDb());
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

it('starts with the defaults', async () => {
  expect(await new SettingsStore(await openDatabase()).load()).toEqual(defaultSettings);
});

it('keeps each setting by itself, across a reload', async () => {
  const first = await openDatabase();
  const here = new SettingsStore(first);
  const otherTab = new SettingsStore(first);
  const saved = {
    theme: 'dark',
    language: 'pt-BR',
    lastCollection: 'c1',
    labels: false,
    labelDensity: 2,
    ground: true,
    contours: true,
    axes: true,
  } as const;
  expect(await here.save(saved)).toBe('kept');
  expect(await otherTab.save({ device: 'wasm', guideSeen: true, modelId: 'some-model' })).toBe('kept');
  await first.close();
  expect(await new SettingsStore(await openDatabase()).load()).toEqual({
    ...saved,
    device: 'wasm',
    guideSeen: true,
    modelId: 'some-model',
  });
});

it('goes back to the default where a setting is undefined', async () => {
  for (const database of [await openDatabase(), await refusedDatabase()]) {
    const store = new SettingsStore(database);
    await store.save({ language: 'en', theme: 'dark', labels: false });
    await store.save({ language: undefined, theme: undefined });
    expect(await store.load()).toEqual({ ...defaultSettings, labels: false });
  }
});

it('drops what is unknown or of another shape', async () => {
  const store = new SettingsStore(await openDatabase());
  await putRaw('settings', 'purple', 'theme');
  await putRaw('settings', 'yes', 'labels');
  await putRaw('settings', NaN, 'labelDensity');
  await putRaw('settings', '', 'lastCollection');
  await putRaw('settings', { id: 'x' }, 'modelId');
  await putRaw('settings', 'fr', 'language');
  await putRaw('settings', 1, 'guideSeen');
  await putRaw('settings', 'polluted', '__proto__');
  await putRaw('settings', true, 'toString');
  await putRaw('settings', 'webgpu', 'device');
  const settings = await store.load();
  expect(settings).toEqual({ ...defaultSettings, device: 'webgpu' });
  expect(Object.keys(settings).sort()).toEqual([
    'axes',
    'contours',
    'device',
    'ground',
    'guideSeen',
    'labelDensity',
    'labels',
    'theme',
  ]);
});

it('holds until the page closes what could not be written', async () => {
  const database = await openDatabase();
  const store = new SettingsStore(database);
  await store.save({ theme: 'dark' });
  fillDisk(1);
  expect(await store.save({ theme: 'light' })).toBe('full');
  expect((await store.load()).theme).toBe('light');
  expect((await new SettingsStore(database).load()).theme).toBe('dark');
  expect(await store.save({ theme: 'system' })).toBe('kept');
  expect((await store.load()).theme).toBe('system');
});
