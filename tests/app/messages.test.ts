import { describe, expect, it } from 'vitest';
import { pageMessage } from '../../src/app/messages/catalogue';
import { en } from '../../src/app/messages/en';
import { ptBR } from '../../src/app/messages/ptBR';
import { models } from '../../src/embedding/registry';

const english: Readonly<Record<string, string>> = en.page;
const portuguese: Readonly<Record<string, string>> = ptBR.page;
const placeholders = (message: string) => [...message.matchAll(/\{\w+\}/g)].map(([name]) => name).sort();

/** Names and numbers that are written alike in both languages. */
const alike = [
  'lens-prompts',
  'promptHead',
  'promptNumber',
  'count',
  'seconds',
  'deviceWasm',
  'deviceWebGpu',
  'deviceWasmName',
  'deviceWebGpuName',
];

describe('the catalogues', () => {
  it('hold the same messages', () => {
    expect(Object.keys(portuguese).sort()).toEqual(Object.keys(english).sort());
  });

  it.each(Object.keys(english))('fill the same values into %s', (key) => {
    expect(placeholders(portuguese[key]!)).toEqual(placeholders(english[key]!));
  });

  it('leave no message empty or in English', () => {
    for (const [key, message] of Object.entries(english)) {
      expect(portuguese[key]!.trim(), key).not.toBe('');
      if (!alike.includes(key)) expect(portuguese[key], key).not.toBe(message);
    }
  });

  it('tell one from several, where the words differ', () => {
    expect(pageMessage(en.page, 'textCount', 1)).toBe('1 text');
    expect(pageMessage(ptBR.page, 'textCount', 1)).toBe('1 texto');
    expect(pageMessage(ptBR.page, 'textCount', 2)).toBe('{count} textos');
    // A name of the page's contract, whatever it counts.
    expect(pageMessage(en.page, 'ready', 1)).toBe('Ready · {count} texts');
    for (const key of Object.keys(english).filter((name) => name.endsWith('One')))
      expect(english, key).toHaveProperty(key.slice(0, -3));
  });

  it('name every model, in English as the registry does', () => {
    expect(en.models).toEqual(Object.fromEntries(models.map(({ id, name }) => [id, name])));
    expect(Object.keys(ptBR.models)).toEqual(models.map(({ id }) => id));
  });

  it("keep the names of the page's contract", () => {
    expect(english).toMatchObject({
      addWords: 'Add words',
      add: 'Add',
      search: 'Search',
      texts: 'Texts',
      neighbours: 'Neighbours',
      comparison: 'Comparison',
      export: 'Export',
      download: 'Download',
      open: 'Open',
      model: 'Model',
      ready: 'Ready · {count} texts',
      cancel: 'Cancel',
      mapOf: 'Map of {count} texts',
    });
  });
});
