/** What is measured in Node, in a process of its own: the task comes as JSON in the first argument, the result as JSON. */
import { modelReader } from '../src/cli/modelReader';
import { createNodeRuntime } from '../src/cli/runtime';
import { measureEmbedding, type EmbeddingTask } from './embedding';
import { measureStages } from './stages';

export type NodeTask =
  | { readonly kind: 'embedding'; readonly modelsPath: string; readonly task: EmbeddingTask }
  | { readonly kind: 'stages'; readonly modelsPath: string; readonly texts: readonly string[] };

const given: NodeTask = JSON.parse(process.argv[2] ?? '');
const { modelsPath } = given;
const options = { createRuntime: createNodeRuntime, readFile: modelReader(modelsPath) };
const result =
  given.kind === 'embedding'
    ? await measureEmbedding(given.task, { options, modelsPath })
    : await measureStages(given.texts, options);
process.stdout.write(JSON.stringify(result));
