/** Where the models run: WebAssembly for everyone, WebGPU where the browser has a hardware adapter and the canary passes. */
import { isAbort } from '../../errors';
import { readImported } from '../../imported';
import type { Device, WorkerEngine } from '../../workers/engine';
import type { Jobs } from './jobs.svelte';
import type { Notices } from './notices.svelte';
import type { Preferences } from './preferences.svelte';

export class Devices {
  current = $state.raw<Device>('wasm');
  /** Whether this browser offers WebGPU on hardware; undefined until it was asked. */
  hasWebGpu = $state.raw<boolean | undefined>();
  /** The model that was loaded last. */
  loaded: string | undefined;
  /** Threads that WebAssembly may use: one where the page is not cross-origin isolated. */
  readonly threads = globalThis.crossOriginIsolated ? Math.min(4, navigator.hardwareConcurrency || 1) : 1;

  #webGpuFailed = false;
  /** The load that failed, until another is begun. */
  #failed = $state.raw<{ readonly modelId: string; readonly error: unknown } | undefined>();
  /** The load that was begun last. */
  #loading: { readonly modelId: string; readonly device: Device; readonly done: Promise<void> } | undefined;

  constructor(
    private readonly engine: WorkerEngine,
    private readonly jobs: Jobs,
    private readonly preferences: Preferences,
    private readonly notices: Notices,
  ) {}

  /** Follows the setting: 'auto' takes WebGPU where there is hardware for it. */
  async choose(): Promise<void> {
    this.hasWebGpu ??= await findHardwareAdapter();
    const wish = this.preferences.device;
    const device = wish === 'webgpu' || (wish === 'auto' && this.hasWebGpu && !this.#webGpuFailed) ? 'webgpu' : 'wasm';
    if (device === this.current) return;
    this.current = device;
    this.loaded = undefined;
    this.engine.setDevice(device);
  }

  /**
   * Loads the model before it is needed, once for all who ask meanwhile; imported vectors have none. A failure is kept and shown in place; a
   * failing WebGPU falls back to wasm.
   */
  load(modelId: string): Promise<void> {
    const { current: device } = this;
    const last = this.#loading;
    if (last?.modelId === modelId && last.device === device && this.jobs.isRunning('model')) return last.done;
    const done = this.#load(modelId, device);
    this.#loading = { modelId, device, done };
    return done;
  }

  /** Whether a text can be embedded at once, after a load where that is needed: not after one that was cancelled or failed. */
  async prepare(modelId: string): Promise<boolean> {
    if (readImported(modelId)) return true;
    if (this.loaded !== modelId) await this.load(modelId);
    return this.loaded === modelId;
  }

  /** Why the model could not be loaded, which is said, with another try on offer; undefined while it can be, or has not been needed. */
  failureOf(modelId: string): unknown {
    return this.#failed?.modelId === modelId ? this.#failed.error : undefined;
  }

  async #load(modelId: string, device: Device): Promise<void> {
    this.#failed = undefined;
    if (readImported(modelId)) return;
    try {
      const done = await this.jobs.run('model', async (signal, onProgress) => {
        this.loaded = undefined;
        await this.engine.load(modelId, onProgress, signal);
        return true;
      });
      if (done) this.loaded = modelId;
    } catch (error) {
      // Whoever chose another device meanwhile loads the model there.
      if (isAbort(error) || device !== this.current) return;
      if (device === 'webgpu') {
        this.fallBack();
        await this.load(modelId);
      } else {
        this.#failed = { modelId, error };
      }
    }
  }

  /** WebGPU failed, perhaps while a text was embedded: wasm from now on, with a word. */
  fallBack(): void {
    this.#webGpuFailed = true;
    this.current = 'wasm';
    this.loaded = undefined;
    this.engine.setDevice('wasm');
    this.notices.say('webGpuFailed');
  }
}

async function findHardwareAdapter(): Promise<boolean> {
  const gpu: unknown = Reflect.get(navigator, 'gpu');
  if (!isGpu(gpu)) return false;
  try {
    const adapter = await gpu.requestAdapter();
    return adapter !== null && adapter.isFallbackAdapter !== true && adapter.info?.isFallbackAdapter !== true;
  } catch {
    return false;
  }
}

interface Adapter {
  readonly isFallbackAdapter?: boolean;
  readonly info?: { readonly isFallbackAdapter?: boolean };
}

function isGpu(value: unknown): value is { requestAdapter(): Promise<Adapter | null> } {
  return (
    typeof value === 'object' &&
    value !== null &&
    'requestAdapter' in value &&
    typeof value.requestAdapter === 'function'
  );
}
