import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/errors';
import { readOnnx } from '../../src/embedding/onnx';
import { ownLimits } from '../../src/embedding/ownFiles';
import { readOwnModel } from '../../src/embedding/ownModel';
import { modelIdentity } from '../../src/embedding/registry';
import { asGiven, jsonOf, readFixture, rename, tinyFiles } from './tiny';

/** What reading the tiny model with these changes is refused for. */
async function refusal(changes: Parameters<typeof tinyFiles>[0]): Promise<InputError> {
  const error: unknown = await readOwnModel('mine', asGiven(await tinyFiles(changes))).catch(
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof InputError)) throw new TypeError(`not refused: ${String(error)}`);
  return error;
}

const weights = () => readFixture('tiny/onnx/model.onnx');

describe('a model that is read', () => {
  it('has its entry from its own files, and an id from its name and weights', async () => {
    const { entry, files } = await readOwnModel('Meu modelo (ção).zip', asGiven(await tinyFiles()));
    // `sha256sum tests/fixtures/models/tiny/onnx/model.onnx`
    expect(entry.files['onnx/model.onnx']?.sha256).toMatch(/^0b312f237bb8/);
    expect(entry).toMatchObject({
      id: 'Meu-modelo-c-a-o-0b312f237bb8',
      name: 'Meu modelo (ção)',
      dim: 8,
      layers: 2,
      heads: 2,
      maxTokens: 32,
      prompt: '{text}',
      own: true,
      weights: 'onnx/model.onnx',
    });
    expect(entry.pooling).toBeUndefined();
    expect([...files.keys()].sort()).toEqual(Object.keys(entry.files).sort());
  });

  it('may lie one folder deep, beside files that are no part of it', async () => {
    const given = asGiven(await tinyFiles({ 'README.md': 'x', 'pytorch_model.bin': 'x' }), 'tiny/');
    const { entry } = await readOwnModel('mine', given);
    expect(Object.keys(entry.files).sort()).toEqual(
      ['config.json', 'onnx/model.onnx', 'tokenizer.json', 'tokenizer_config.json'].sort(),
    );
  });

  it('takes exact weights before compressed ones, and compressed ones where they are alone', async () => {
    const both = await readOwnModel('a', asGiven(await tinyFiles({ 'onnx/model_quantized.onnx': await weights() })));
    expect(both.entry.weights).toBe('onnx/model.onnx');
    const alone = { 'onnx/model.onnx': undefined, 'onnx/model_quantized.onnx': await weights() };
    expect((await readOwnModel('a', asGiven(await tinyFiles(alone)))).entry.weights).toBe('onnx/model_quantized.onnx');
  });

  it('takes limit, pooling and prompt from where sentence-transformers writes them', async () => {
    const { entry } = await readOwnModel(
      'a',
      asGiven(
        await tinyFiles({
          'sentence_bert_config.json': '{"max_seq_length": 16}',
          '1_Pooling/config.json': '{"pooling_mode_cls_token": true, "pooling_mode_mean_tokens": false}',
          'modules.json':
            '[{"type":"sentence_transformers.models.Transformer"},{"type":"sentence_transformers.models.Pooling"}]',
          'config_sentence_transformers.json': '{"prompts": {"query": "ask: "}, "default_prompt_name": "query"}',
        }),
      ),
    );
    expect(entry).toMatchObject({ maxTokens: 16, pooling: 'cls', prompt: 'ask: {text}' });
  });

  it('counts positions from where RoBERTa begins them, and reads no more than 2,048 tokens', async () => {
    const config = await jsonOf('tiny/config.json');
    const tokenizer = await jsonOf('tiny/tokenizer_config.json');
    const limit = async (more: object, modelMax: number) => {
      const files = await tinyFiles({
        'config.json': JSON.stringify({ ...config, ...more }),
        'tokenizer_config.json': JSON.stringify({ ...tokenizer, model_max_length: modelMax }),
      });
      return (await readOwnModel('a', asGiven(files))).entry.maxTokens;
    };
    expect(await limit({ model_type: 'xlm-roberta', max_position_embeddings: 514 }, 1e30)).toBe(512);
    expect(await limit({ max_position_embeddings: 8192 }, 1e30)).toBe(2048);
    expect(await limit({ max_position_embeddings: 512 }, 128)).toBe(128);
  });

  it('remembers no vectors under the name of other files with the same weights', async () => {
    const one = (await readOwnModel('a', asGiven(await tinyFiles()))).entry;
    const same = (await readOwnModel('a', asGiven(await tinyFiles(), 'deep/'))).entry;
    const cls = { '1_Pooling/config.json': '{"pooling_mode_cls_token": true}' };
    const pooled = (await readOwnModel('a', asGiven(await tinyFiles(cls)))).entry;
    expect(modelIdentity(same)).toBe(modelIdentity(one));
    expect(pooled.id).toBe(one.id);
    expect(modelIdentity(pooled)).not.toBe(modelIdentity(one));
  });
});

describe('a model that is refused', () => {
  it.each(['config.json', 'tokenizer.json', 'tokenizer_config.json', 'onnx/model.onnx'])(
    'for a missing %s',
    async (file) => {
      const { code, params } = await refusal({ [file]: undefined });
      expect([code, params['file']]).toEqual(['ownFileMissing', file]);
    },
  );

  it('for holding nothing of a model, for too many files and for too large ones', async () => {
    const none = { 'config.json': undefined, 'tokenizer.json': undefined, 'tokenizer_config.json': undefined };
    expect((await refusal({ ...none, 'onnx/model.onnx': undefined, 'a.txt': 'x' })).code).toBe('ownNone');
    const many = Object.fromEntries(Array.from({ length: ownLimits.files }, (_, i) => [`${i}.txt`, 'x']));
    expect((await refusal(many)).params).toMatchObject({ found: ownLimits.files + 4, limit: ownLimits.files });
    const given = asGiven(await tinyFiles());
    const never = () => Promise.reject(new Error('too large to be read'));
    given.set('onnx/model.onnx', { bytes: ownLimits.bytes, read: never });
    await expect(readOwnModel('large', given)).rejects.toMatchObject({
      code: 'ownFilesLarge',
      params: { name: 'large', found: 601, limit: 600 },
    });
  });

  it('for JSON that is none, and a configuration without its sizes', async () => {
    expect((await refusal({ 'tokenizer.json': '{"model": ' })).params['file']).toBe('tokenizer.json');
    expect((await refusal({ 'config.json': '{}' })).params).toMatchObject({ field: 'hidden_size', found: '-' });
    const config = JSON.stringify({ ...(await jsonOf('tiny/config.json')), num_attention_heads: 0.5 });
    expect((await refusal({ 'config.json': config })).params).toMatchObject({
      field: 'num_attention_heads',
      found: '0.5',
    });
  });

  it('for weights that are cut short anywhere, or no ONNX at all', async () => {
    const whole = await weights();
    for (const share of [0.01, 0.3, 0.6, 0.99]) {
      const cut = whole.slice(0, Math.floor(whole.length * share));
      const { code, params } = await refusal({ 'onnx/model.onnx': cut });
      expect([code, params['bytes']]).toEqual(['ownOnnx', cut.length]);
    }
    expect((await refusal({ 'onnx/model.onnx': 'version https://git-lfs.github.com/spec/v1' })).code).toBe('ownOnnx');
    expect((await refusal({ 'onnx/model.onnx': '' })).params['reason']).toBe('no graph in it');
  });

  it('for tensors in another file', async () => {
    const { code, params } = await refusal({ 'onnx/model.onnx': await readFixture('external.onnx') });
    expect([code, params['count'], params['location']]).toEqual(['ownExternal', 1, 'model.onnx_data']);
  });

  it('for an input that is not known, or missing, or of another type', async () => {
    const strange = rename(await weights(), 'token_type_ids', 'pixel_values_x');
    expect((await refusal({ 'onnx/model.onnx': strange })).params).toMatchObject({
      input: 'pixel_values_x',
      found: 'input_ids, attention_mask, pixel_values_x',
    });
    const { code, params } = await refusal({ 'onnx/model.onnx': rename(await weights(), 'input_ids', 'input_idx') });
    expect([code, params['input']]).toEqual(['ownInput', 'input_idx']);
    // The type of a graph's input: its name, then in `type` the element type 7 (int64), which becomes 6 (int32).
    const bytes = Buffer.from(await weights());
    const at = bytes.lastIndexOf('input_ids', bytes.lastIndexOf('attention_mask'));
    const type = bytes.indexOf(Buffer.from([0x08, 0x07]), at);
    expect(type - at).toBeLessThan(20);
    bytes[type + 1] = 6;
    expect((await refusal({ 'onnx/model.onnx': new Uint8Array(bytes) })).params).toMatchObject({
      value: 'input_ids',
      type: 'int32',
      expected: 'int64',
    });
  });

  it('for another output, which is named', async () => {
    const other = rename(await weights(), 'last_hidden_state', 'sentence_embeddin');
    expect((await refusal({ 'onnx/model.onnx': other })).params).toMatchObject({
      output: 'last_hidden_state',
      found: 'sentence_embeddin',
    });
  });

  it('for a pooling or a layer after it that would be left out', async () => {
    const pooling = (fields: object) => refusal({ '1_Pooling/config.json': JSON.stringify(fields) });
    expect((await pooling({ pooling_mode_max_tokens: true })).params['pooling']).toBe('max_tokens');
    expect((await pooling({ pooling_mode_mean_tokens: true, pooling_mode_cls_token: true })).code).toBe('ownPooling');
    expect((await pooling({ pooling_mode_mean_tokens: true, include_prompt: false })).code).toBe('ownPooling');
    const dense = await refusal({ 'modules.json': '[{"type": "sentence_transformers.models.Dense"}]' });
    expect(dense.params['module']).toBe('sentence_transformers.models.Dense');
  });
});

describe('the outline of an ONNX file', () => {
  it('is that of the onnx package: inputs without weights, outputs, types', async () => {
    // onnx.load(...).graph, as make.py wrote it.
    expect(readOnnx('tiny', 'model.onnx', await weights())).toEqual({
      inputs: ['input_ids', 'attention_mask', 'token_type_ids'].map((name) => ({ name, type: 'int64' })),
      outputs: [{ name: 'last_hidden_state', type: 'float32' }],
      external: { tensors: 0, location: '?' },
    });
  });

  it('finds a tensor elsewhere also in a node’s attribute, in a branch', () => {
    const field = (number: number, bytes: readonly number[]) => [number * 8 + 2, bytes.length, ...bytes];
    const tensor = [14 * 8, 1];
    const constant = field(1, field(5, field(5, tensor)));
    const branch = field(1, field(5, field(6, constant)));
    const outline = readOnnx('m', 'f', Uint8Array.from(field(7, branch)));
    expect(outline.external).toEqual({ tensors: 1, location: '?' });
  });
});
