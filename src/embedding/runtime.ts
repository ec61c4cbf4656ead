/**
 * What embedding needs of onnxruntime, so that the browser's build (wasm or WebGPU) and Node's native one serve alike.
 * The shells that own a runtime hand it in: `workers/embedding.worker.ts` and `cli/engine.ts`.
 */
export interface RuntimeTensor {
  readonly data: unknown;
  readonly dims: readonly number[];
  dispose?(): void;
}

export interface RuntimeSession {
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  run(feeds: Record<string, RuntimeTensor>, fetches: readonly string[]): Promise<Record<string, RuntimeTensor>>;
  release(): Promise<void>;
}

export interface Runtime {
  readonly device: 'wasm' | 'webgpu' | 'cpu';
  createSession(weights: Uint8Array<ArrayBuffer>): Promise<RuntimeSession>;
  createTensor(data: BigInt64Array<ArrayBuffer>, dims: readonly number[]): RuntimeTensor;
}

/** The feeds as a runtime's own tensors: `createTensor` made them; anything else is a mistake of ours, said at once. */
export function ownTensors<T>(
  feeds: Record<string, RuntimeTensor>,
  Tensor: abstract new (...parameters: never[]) => T,
): Record<string, T> {
  return Object.fromEntries(
    Object.entries(feeds).map(([name, tensor]) => {
      if (!(tensor instanceof Tensor)) throw new TypeError(`feed ${name} is no tensor of this runtime`);
      return [name, tensor];
    }),
  );
}
