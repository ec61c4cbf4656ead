import { describe, expect, it } from 'vitest';
import { createNodeRuntime } from '../../src/cli/runtime';
import { checkCanary } from '../../src/embedding/canary';
import { Model } from '../../src/embedding/model';
import { readOwnModel } from '../../src/embedding/ownModel';
import { canaryFile } from '../../src/embedding/registry';
import { batchTolerance, tryModel, type Trial } from '../../src/embedding/tryModel';
import { asGiven, jsonOf, readFixture, tinyFiles } from './tiny';

async function open(changes: Parameters<typeof tinyFiles>[0] = {}): Promise<Model> {
  const { entry, files } = await readOwnModel('mine', asGiven(await tinyFiles(changes)));
  return Model.create(entry, files, await createNodeRuntime());
}

async function attempt(changes: Parameters<typeof tinyFiles>[0] = {}): Promise<Trial> {
  return tryModel(await open(changes));
}

const edited = async (path: string, more: object) => JSON.stringify({ ...(await jsonOf(path)), ...more });

describe('a model that is tried', () => {
  it('gives a text one vector in any company, and a canary that it passes', async () => {
    const model = await open();
    const { shift, canary } = await tryModel(model);
    expect(shift).toBeLessThan(batchTolerance);
    await expect(checkCanary(model, new Map([[canaryFile, canary]]))).resolves.toBeUndefined();
    const turned = new TextDecoder()
      .decode(canary)
      .replace(/"vector":\[(-?)/, (_, sign) => `"vector":[${sign ? '' : '-'}9`);
    const wrong = new Map([[canaryFile, new TextEncoder().encode(turned)]]);
    await expect(checkCanary(model, wrong)).rejects.toMatchObject({ code: 'canaryVectors' });
  });

  it('is told from one whose activations are quantised by batch', async () => {
    const { shift } = await attempt({ 'onnx/model.onnx': await readFixture('by-batch.onnx') });
    expect(shift).toBeGreaterThan(batchTolerance);
  });

  it('pools by the first token where its files say so', async () => {
    const model = await open({ '1_Pooling/config.json': '{"pooling_mode_cls_token": true}' });
    const tokens = model.tokeniser.tokenise('cat and dog');
    const first = await model.run([tokens], ['last_hidden_state'], ({ outputs }) => [...outputs[0]!.slice(0, 8)]);
    const length = Math.hypot(...first);
    const [alone, batch] = [await model.embedBatch([tokens]), await model.embedBatch([tokens, tokens])];
    for (let i = 0; i < 8; i++) {
      expect(alone[i]).toBeCloseTo(first[i]! / length, 6);
      expect(batch[8 + i]).toBeCloseTo(first[i]! / length, 6);
    }
  });

  it('is refused with a tokenizer whose ids the weights do not know', async () => {
    const tokenizer = await jsonOf('tiny/tokenizer.json');
    const { model } = tokenizer;
    if (typeof model !== 'object' || model === null || !('vocab' in model)) throw new TypeError('no vocabulary');
    const vocab = Object.assign({}, model.vocab, { elephant: 60 });
    const wrong = JSON.stringify({ ...tokenizer, model: { ...model, vocab } });
    // 49 tokens: 5 special ones and 44 words.
    await expect(attempt({ 'tokenizer.json': wrong })).rejects.toMatchObject({
      code: 'ownTokenizerIds',
      params: { largest: 60, last: 48 },
    });
  });

  it('is refused with a tokenizer that is none, or has no words', async () => {
    const unusable = { code: 'tokenizerUnusable' };
    await expect(attempt({ 'tokenizer.json': '{"model": {"type": "Unheard"}}' })).rejects.toMatchObject(unusable);
    const empty = { model: { type: 'WordPiece', unk_token: '[UNK]', vocab: {} }, added_tokens: [] };
    await expect(attempt({ 'tokenizer.json': JSON.stringify(empty) })).rejects.toMatchObject(unusable);
  });

  it('is refused where config.json says other dimensions, or more tokens than there are positions', async () => {
    await expect(
      attempt({ 'config.json': await edited('tiny/config.json', { hidden_size: 16 }) }),
    ).rejects.toMatchObject({
      code: 'ownDimensions',
      params: { expected: 16, got: 8 },
    });
    const long = {
      'config.json': await edited('tiny/config.json', { max_position_embeddings: 64 }),
      'tokenizer_config.json': await edited('tiny/tokenizer_config.json', { model_max_length: 64 }),
    };
    await expect(attempt(long)).rejects.toMatchObject({ code: 'ownRun', params: { tokens: 64 } });
  });

  it('is refused with numbers that are not finite', async () => {
    const bytes = Buffer.from(await readFixture('tiny/onnx/model.onnx'));
    // The last bias of the first layer: its raw numbers (field 9) follow its name (field 8), or go before it.
    const at = bytes.indexOf('layer.0.outer.bias', bytes.lastIndexOf('layer.0.outer.bias') - 60);
    const raw = bytes.indexOf(Buffer.from([9 * 8 + 2, 32]), at) + 2;
    expect(raw - at).toBeLessThan(40);
    for (let i = 0; i < 8; i++) bytes.writeFloatLE(NaN, raw + 4 * i);
    await expect(attempt({ 'onnx/model.onnx': new Uint8Array(bytes) })).rejects.toMatchObject({ code: 'ownNotFinite' });
  });

  it('is refused where the runtime cannot make a session of its weights', async () => {
    const bytes = Buffer.from(await readFixture('tiny/onnx/model.onnx'));
    const unknown = Buffer.from(bytes.toString('latin1').replace('LayerNormalization', 'LayerNormalisation'), 'latin1');
    await expect(attempt({ 'onnx/model.onnx': new Uint8Array(unknown) })).rejects.toMatchObject({
      code: 'weightsUnusable',
    });
  });
});
