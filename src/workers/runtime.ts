/** onnxruntime in the browser: wasm for everyone, WebGPU where it was asked for. */
import * as wasmRuntime from 'onnxruntime-web/wasm';
import mjsUrl from 'onnxruntime-web/ort-wasm-simd-threaded.mjs?url';
import wasmUrl from 'onnxruntime-web/ort-wasm-simd-threaded.wasm?url';
import { ownTensors, type Runtime, type RuntimeSession } from '../embedding/runtime';

/** Threads of one session: past four, a model of this size gains little, and the page needs a core for itself. */
const maxThreads = 4;

export async function createBrowserRuntime(device: 'wasm' | 'webgpu'): Promise<Runtime> {
  const ort = device === 'webgpu' ? await loadWebGpu() : loadWasm();
  // Without cross-origin isolation there is no shared memory: one thread, the same results.
  ort.env.wasm.numThreads = crossOriginIsolated ? Math.min(maxThreads, navigator.hardwareConcurrency || 1) : 1;
  return {
    device,
    createSession: async (weights): Promise<RuntimeSession> => {
      const session = await ort.InferenceSession.create(weights, {
        executionProviders: [device],
        graphOptimizationLevel: 'all',
        // Errors only: its warnings about nodes kept on the processor are expected and of no use to a person.
        logSeverityLevel: 3,
      });
      return {
        inputNames: session.inputNames,
        outputNames: session.outputNames,
        run: (feeds, fetches) => session.run(ownTensors(feeds, ort.Tensor), fetches),
        release: () => session.release(),
      };
    },
    createTensor: (data, dims) => new ort.Tensor('int64', data, dims),
  };
}

/** transformers.js loads this build in any case, so asking for it late would save nothing. */
function loadWasm() {
  wasmRuntime.env.wasm.wasmPaths = { mjs: mjsUrl, wasm: wasmUrl };
  return wasmRuntime;
}

async function loadWebGpu() {
  const [ort, mjs, wasm] = await Promise.all([
    import('ort-webgpu'),
    import('onnxruntime-web/ort-wasm-simd-threaded.asyncify.mjs?url'),
    import('onnxruntime-web/ort-wasm-simd-threaded.asyncify.wasm?url'),
  ]);
  ort.env.wasm.wasmPaths = { mjs: mjs.default, wasm: wasm.default };
  return ort;
}
