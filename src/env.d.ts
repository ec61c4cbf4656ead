/// <reference types="vite/client" />

/** The WebGPU build of onnxruntime-web, which the build resolves by this name (see vite.config.ts). */
declare module 'ort-webgpu' {
  export * from 'onnxruntime-web/webgpu';
}
