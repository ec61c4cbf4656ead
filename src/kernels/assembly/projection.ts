/** What the projection calls: one module, compiled by scripts/vite/kernels.ts, typed by ../projection.ts. */
export { nearestInBlock } from './neighbours';
export { layoutEdges } from './layout';
