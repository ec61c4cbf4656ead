/** The direct engine: everything in this process, each stage timed. */
import { Embedder } from '../embedding/embedder';
import type { EmbeddingHost, LayoutHost, SpaceHost } from '../engine/hosts';
import type { Engine } from '../engine/contract';
import { ComposedEngine } from '../engine/engine';
import { Spaces } from '../engine/spaces';
import { layoutGraph } from '../projection/layout';
import { alone, fewestSharedRows, type Crew } from '../kernels/crew';
import type { Context } from './context';
import { startCrew } from './crew';
import { modelReader } from './modelReader';
import { noteTrial } from './notes';
import type { ProgressLine } from './progress';
import { createNodeRuntime } from './runtime';
import type { Timings } from './timings';

/** `threads` share the projection's work. */
export function createEngine(context: Context, timings: Timings, threads: number, progress: ProgressLine): Engine {
  let crew: Promise<Crew> | undefined;
  const crewFor = async (rows: number) => (rows < fewestSharedRows ? alone : (crew ??= startCrew(threads)));
  return new ComposedEngine(
    createEmbeddingHost(context, timings, progress),
    timeNeighbours(new Spaces(crewFor), timings),
    createLayoutHost(timings, crewFor),
  );
}

function createEmbeddingHost({ modelsFolder }: Context, timings: Timings, progress: ProgressLine): EmbeddingHost {
  const embedder = new Embedder({
    createRuntime: createNodeRuntime,
    readFile: modelReader(modelsFolder),
    onTried: (entry, trial) => noteTrial(entry, trial, progress),
  });
  return {
    embed: async (texts, spec, onProgress, signal) => {
      await timings.time('model', () => embedder.load(spec.modelId, onProgress, signal));
      return timings.time('embedding', () => embedder.embed(texts, spec, onProgress, signal));
    },
    embedLayers: async (texts, spec, onProgress, signal) => {
      await timings.time('model', () => embedder.load(spec.modelId, onProgress, signal));
      return timings.time('embedding', () => embedder.embedLayers(texts, spec, onProgress, signal));
    },
    inspect: async (spec, inspection, onProgress, signal) => {
      await timings.time('model', () => embedder.load(spec.modelId, onProgress, signal));
      return timings.time('embedding', () => embedder.inspect(spec, inspection, onProgress, signal));
    },
    holdAdapter: async (adapter) => embedder.holdAdapter(adapter),
    // One command, one process: nothing is remembered beyond it.
    remember: () => Promise.resolve(),
  };
}

function timeNeighbours(spaces: Spaces, timings: Timings): SpaceHost {
  return {
    update: (...given) => spaces.update(...given),
    vectors: (...given) => spaces.vectors(...given),
    place: (...given) => timings.time('layout', () => spaces.place(...given)),
    neighbours: (...given) => timings.time('neighbours', () => spaces.neighbours(...given)),
    ask: (...given) => timings.time('neighbours', () => spaces.ask(...given)),
    start: (...given) => timings.time('start', () => spaces.start(...given)),
  };
}

function createLayoutHost(timings: Timings, crewFor: (rows: number) => Promise<Crew>): LayoutHost {
  return {
    layout: (graph, start, request, onFrame, onProgress, signal) =>
      timings.time('layout', async () => {
        const onGraph = (milliseconds: number) => timings.shift('layout', 'graph', milliseconds);
        return layoutGraph(graph, start, request, {
          onFrame,
          onProgress,
          onGraph,
          signal,
          crew: await crewFor(graph.rows),
        });
      }),
  };
}
