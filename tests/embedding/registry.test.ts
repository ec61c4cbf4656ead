import { afterEach, expect, it } from 'vitest';
import { readOwnModel } from '../../src/embedding/ownModel';
import {
  addModel,
  findModel,
  isOwnEntry,
  knownModels,
  lookUpModel,
  models,
  removeModel,
} from '../../src/embedding/registry';
import { asGiven, tinyFiles } from './tiny';

const own = async (changes: Parameters<typeof tinyFiles>[0] = {}) =>
  (await readOwnModel('tiny', asGiven(await tinyFiles(changes)))).entry;

afterEach(() => removeModel('tiny-0b312f237bb8'));

it('knows a model that was opened beside the bundled ones, until it is removed', async () => {
  const entry = await own();
  expect(() => findModel(entry.id)).toThrow('is not here: it was opened from a folder or a zip');
  addModel(entry);
  addModel(entry);
  expect(knownModels()).toEqual([...models, entry]);
  expect(findModel(entry.id)).toBe(entry);
  removeModel(entry.id);
  expect(lookUpModel(entry.id)).toBeUndefined();
  expect(() => findModel('nothing')).toThrow('Known models: all-MiniLM-L6-v2, multilingual-e5-small-en-pt.');
});

it('refuses another one under the same id, and keeps the bundled ones', async () => {
  addModel(await own());
  const cls = await own({ '1_Pooling/config.json': '{"pooling_mode_cls_token": true}' });
  expect(() => addModel(cls)).toThrow('There is a model tiny-0b312f237bb8 already');
  removeModel('all-MiniLM-L6-v2');
  expect(lookUpModel('all-MiniLM-L6-v2')).toBe(models[0]);
});

it('takes from storage what is the entry of such a model, whole', async () => {
  const entry = await own();
  expect(isOwnEntry(structuredClone(entry))).toBe(true);
  const spoilt = { id: '../up', own: false, dim: 0, layers: 1.5, name: 3, languages: 'en', pooling: 'max', files: {} };
  for (const [field, value] of Object.entries(spoilt)) expect(isOwnEntry({ ...entry, [field]: value })).toBe(false);
  expect(isOwnEntry(models[0])).toBe(false);
  expect(isOwnEntry(undefined)).toBe(false);
});
