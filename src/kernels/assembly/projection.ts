/** What the projection and the measures of similarity call: one module, compiled by scripts/vite/kernels.ts, typed by ../projection.ts. */
export { cosinesOfRows } from './cosines';
export { compareRows, siftRows, sketchRows, mergeLists } from './neighbours';
export { quantiseRows, rankLists } from './rank';
export { layoutEpochs } from './layout';
