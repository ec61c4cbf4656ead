/** What is measured in Node, in a process of its own: the task comes as JSON in the first argument, the result as JSON. */
import { modelReader } from '../src/cli/modelReader';
import { createNodeRuntime } from '../src/cli/runtime';
import { measureEmbedding, type EmbeddingTask } from './embedding';
import { measureProjection, type ProjectionTask } from './projection';
import { measureStages } from './stages';

export type NodeTask =
  | { readonly kind: 'embedding'; readonly modelsPath: string; readonly task: EmbeddingTask }
  | { readonly kind: 'stages'; readonly modelsPath: string; readonly texts: readonly string[] }
  | { readonly kind: 'projection'; readonly task: ProjectionTask };

const given: NodeTask = JSON.parse(process.argv[2] ?? '');
process.stdout.write(JSON.stringify(await measure()));

function measure(): Promise<unknown> {
  if (given.kind === 'projection') return measureProjection(given.task);
  const { modelsPath } = given;
  const options = { createRuntime: createNodeRuntime, readFile: modelReader(modelsPath) };
  return given.kind === 'embedding'
    ? measureEmbedding(given.task, { options, modelsPath })
    : measureStages(given.texts, options);
}
