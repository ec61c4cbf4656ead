/** What is measured in Node, in a process of its own: the task comes as JSON in the first argument, the result as JSON. */
import { modelReader } from '../src/cli/modelReader';
import { createNodeRuntime } from '../src/cli/runtime';
import { measureEmbedding, type EmbeddingTask } from './embedding';
import { measureLayers, type LayersTask } from './layers';
import { measureStages } from './stages';

export type NodeTask =
  | { readonly kind: 'embedding'; readonly modelsPath: string; readonly task: EmbeddingTask }
  | { readonly kind: 'layers'; readonly modelsPath: string; readonly task: LayersTask }
  | { readonly kind: 'stages'; readonly modelsPath: string; readonly texts: readonly string[] };

const given: NodeTask = JSON.parse(process.argv[2] ?? '');
const { modelsPath } = given;
const options = { createRuntime: createNodeRuntime, readFile: modelReader(modelsPath) };
process.stdout.write(JSON.stringify(await measure()));

function measure() {
  if (given.kind === 'embedding') return measureEmbedding(given.task, { options, modelsPath });
  if (given.kind === 'layers') return measureLayers(given.task, options);
  return measureStages(given.texts, options);
}
