/** The page's side of opening a model: one worker for each, which takes nothing along when it hangs or dies. */
import { InputError } from '../errors';
import { WorkerHandle } from './handle';
import type { OwnSource, TriedModel } from './blobs';
import type { TrialWork } from './embedding.worker';

/**
 * For reading, making a session and running a few texts: on two shared cores MiniLM's 24 MB took 8 to 10 s, a BERT of base size with
 * 572 MB of fp32 weights 16 s.
 */
const patience = 120_000;

/**
 * Opens and tries the model called `name`. Rejects with an InputError that says what is wrong with it, that it took longer than two
 * minutes, or that its worker died; with the signal's reason when it was cancelled.
 */
export async function openModel(name: string, source: OwnSource, signal?: AbortSignal): Promise<TriedModel> {
  signal?.throwIfAborted();
  const trial = new WorkerHandle<TrialWork>(
    'trial',
    // The name is `trialName`; it stands here as it is, because the bundler reads it.
    () => new Worker(new URL('./embedding.worker.ts', import.meta.url), { type: 'module', name: 'trial' }),
    (remote, life) => remote.begin(life),
  );
  let timer: ReturnType<typeof setTimeout> | undefined;
  const given = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new InputError('ownTime', { model: name, seconds: patience / 1000 })), patience);
    signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
  try {
    return await Promise.race([trial.call((remote) => remote.open(name, source)), given]);
  } catch (error) {
    const isDead = error instanceof InputError && error.code === 'workerDied';
    throw isDead ? new InputError('ownDied', { model: name }) : error;
  } finally {
    clearTimeout(timer);
    trial.terminate();
  }
}
