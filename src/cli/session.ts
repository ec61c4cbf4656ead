/** What every verb does around its work: progress while it runs, and the timings at its end. */
import { availableParallelism } from 'node:os';
import type { Engine } from '../engine/contract';
import type { Context } from './context';
import type { AdapterOption } from './adapter';
import type { CommonOptions } from './options';
import { createProgress, type ProgressLine } from './progress';
import { Timings } from './timings';

export interface Session extends Context {
  readonly engine: Engine;
  readonly progress: ProgressLine;
  readonly timings: Timings;
}

/** Runs `work`, which resolves to what goes to standard output. With `timings`, their line comes last of all. */
export async function runSession(
  context: Context,
  options: CommonOptions & AdapterOption,
  work: (session: Session) => Promise<string>,
): Promise<void> {
  // Loaded with the first work, so that help and errors come at once.
  const { createEngine } = await import('./engine');
  const timings = new Timings();
  const progress = createProgress(context.stderr, options.quiet);
  try {
    const engine = createEngine(context, timings, options.threads ?? availableParallelism(), progress);
    if (options.adapter) await engine.holdAdapter(options.adapter);
    const result = await work({ ...context, engine, progress, timings });
    context.signal.throwIfAborted();
    progress.clear();
    if (result !== '') context.stdout.write(result);
  } finally {
    progress.clear();
  }
  if (options.timings) context.stderr.write(`${timings.report()}\n`);
}
