import { cp, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fixtures, tinyFiles } from '../embedding/tiny';
import { constela, modelsFolder, scratch } from './terminal';
import { open } from './vectorFiles';
import { zipOf } from '../data/zipped';

const words = 'cat\ndog\nthe old tree house\nviolin\n';
const tiny = join(fixtures, 'tiny');

async function vectorsOf(file: string) {
  const { vectors, space } = await open(file);
  return { data: vectors!.data, dim: vectors!.dim, modelId: space?.modelId };
}

describe('a model of the person’s own on the command line', () => {
  it('embeds from its folder and from a zip of it, alike, under one name', async () => {
    const path = await scratch();
    const files = await tinyFiles();
    await writeFile(path('words.txt'), words);
    const entries = [...files].map(([name, bytes]) => ({ name: `tiny/${name}`, bytes, effort: 6 as const }));
    await writeFile(path('tiny.zip'), zipOf(entries));
    const folder = await constela(['embed', path('words.txt'), '--model', tiny, '--out', path('folder.npz')]);
    expect(folder.err).toContain('model tiny-0b312f237bb8: onnx/model.onnx, 8 dimensions, 2 layers, 32 tokens, mean');
    const zip = await constela(['embed', path('words.txt'), '-m', path('tiny.zip'), '-q', '--out', path('zip.npz')]);
    expect([folder.code, zip.code, zip.err]).toEqual([0, 0, '']);
    const [a, b] = [await vectorsOf(path('folder.npz')), await vectorsOf(path('zip.npz'))];
    expect(a).toEqual(b);
    expect([a.dim, a.modelId]).toEqual([8, 'tiny-0b312f237bb8']);
    // The file names the model, so that further texts are embedded by it where it is given again.
    const asked = ['neighbours', path('folder.npz'), '--of', 'the red bird', '--model', tiny, '--json'];
    expect((await constela(asked)).code).toBe(0);
    expect((await constela([...asked.slice(0, 4), '--model', 'all-MiniLM-L6-v2'])).code).toBe(2);
  });

  it('gives the vectors of a bundled model where it is a copy of it', async () => {
    const path = await scratch();
    await writeFile(path('words.txt'), words);
    const copy = path('fine-tuned');
    await mkdir(copy);
    await cp(join(modelsFolder, 'all-MiniLM-L6-v2'), copy, { recursive: true });
    await constela(['embed', path('words.txt'), '--model', copy, '--out', path('own.npz')]);
    await constela(['embed', path('words.txt'), '--out', path('bundled.npz')], { models: modelsFolder });
    const [own, bundled] = [await vectorsOf(path('own.npz')), await vectorsOf(path('bundled.npz'))];
    expect(own.modelId).toBe('fine-tuned-e847eefcc0c5');
    expect(own.data).toEqual(bundled.data);
    const both = ['compare', path('words.txt'), '--models', `all-MiniLM-L6-v2,${copy}`, '-k', '2', '--json'];
    const { out } = await constela(both, { models: modelsFolder });
    expect(JSON.parse(out)).toMatchObject({ overlap: 1, cka: expect.closeTo(1, 6) });
  });

  it('says when its vectors depend on the batch', async () => {
    const path = await scratch();
    const copy = path('by-batch');
    await cp(tiny, copy, { recursive: true });
    await cp(join(fixtures, 'by-batch.onnx'), join(copy, 'onnx/model.onnx'));
    const { code, err } = await constela(['similarity', 'cat', 'dog', '--model', copy]);
    expect(code).toBe(0);
    expect(err).toMatch(/change with the texts that are embedded beside them, by up to 0\.\d+ in a number/);
  });

  it('is refused in one line that says why', async () => {
    const path = await scratch();
    const copy = path('broken');
    await cp(tiny, copy, { recursive: true });
    await cp(join(fixtures, 'external.onnx'), join(copy, 'onnx/model.onnx'));
    expect(await constela(['similarity', 'cat', 'dog', '--model', copy])).toMatchObject({
      code: 2,
      err: expect.stringMatching(
        /^constela: The weights onnx\/model\.onnx of the model broken keep 1 of their tensors in another file .*\n$/,
      ),
    });
    await writeFile(path('no.zip'), 'no archive');
    expect((await constela(['similarity', 'cat', 'dog', '--model', path('no.zip')])).err).toContain(
      'no.zip is damaged',
    );
    const nowhere = await constela(['similarity', 'cat', 'dog', '--model', path('nowhere')]);
    expect(nowhere).toMatchObject({ code: 2, err: expect.stringContaining('There is no model called') });
  });
});
