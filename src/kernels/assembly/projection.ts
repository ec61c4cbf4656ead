/** What the projection calls: one module, compiled by scripts/vite/kernels.ts, typed by ../projection.ts. */
export { compareRows, sketchRows, mergeLists } from './neighbours';
export { quantiseRows, rankLists } from './rank';
export { layoutEpochs } from './layout';
