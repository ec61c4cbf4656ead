/** What the benchmark uses of a package that need not be installed. */
declare module 'hnswlib-wasm' {
  interface HierarchicalNSW {
    initIndex(most: number, m: number, efConstruction: number, seed: number): void;
    addPoint(point: Float32Array, label: number, replaceDeleted: boolean): void;
    setEfSearch(ef: number): void;
    searchKnn(query: Float32Array, k: number, filter: undefined): { readonly neighbors: readonly number[] };
  }
  interface Hnswlib {
    readonly HierarchicalNSW: new (space: 'ip', dim: number, autoSave: string) => HierarchicalNSW;
  }
  export function loadHnswlib(): Promise<Hnswlib>;
}
