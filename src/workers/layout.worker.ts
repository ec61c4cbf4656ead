/** The layout worker: a graph to positions. It holds nothing between two requests, so that it can be ended at any time. */
import { expose } from 'comlink';
import { layoutGraph } from '../projection/layout';
import type { KnnGraph, LayoutFrame, LayoutRequest, OnProgress, Positions } from '../types';
import { crewFor } from './crew';
import { holdLife } from './life';
import { registerTransfer } from './transfer';

registerTransfer();

const work = {
  begin: async (life: string) => holdLife(life),
  layout: async (
    graph: KnnGraph,
    start: Positions,
    request: LayoutRequest,
    onFrame: ((frame: LayoutFrame) => void) | undefined,
    onProgress: OnProgress | undefined,
  ) => layoutGraph(graph, start, request, { onFrame, onProgress, crew: await crewFor(graph.rows) }),
};

export type LayoutWork = typeof work;

expose(work);
