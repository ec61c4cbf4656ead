/** How far the work is, for a person at a terminal or in a log. */
import type { OnProgress, Progress, Stage } from '../types';
import type { Output } from './context';
import { oneLine } from './oneLine';

const labels: Record<Stage, (total: number) => string> = {
  reading: () => 'reading',
  model: () => 'loading model',
  embedding: (total) => `embedding ${count(total, 'text')}`,
  neighbours: (total) => `finding neighbours of ${count(total, 'text')}`,
  training: (total) => `training, ${total} epochs`,
  layout: (total) => `layout, ${total} epochs`,
  permutations: (total) => `drawing ${count(total, 'partition')}`,
};

export interface ProgressLine {
  readonly onProgress: OnProgress;
  /** Something that the person should know, on a line of its own. */
  note(message: string): void;
  /** Wipes the line that is being rewritten; called before anything else is printed. */
  clear(): void;
}

/** One line that is rewritten on a terminal; elsewhere one line a stage. With `quiet`, nothing. */
export function createProgress(output: Output, quiet = false): ProgressLine {
  if (quiet) return { onProgress: () => undefined, note: () => undefined, clear: () => undefined };
  let shown = '';
  const show = (line: string) => {
    if (line === shown) return;
    shown = line;
    if (output.isTTY) output.write(`\r\x1b[K${line.slice(0, (output.columns ?? 80) - 1)}`);
    else output.write(`${line}\n`);
  };
  const clear = () => {
    if (output.isTTY && shown !== '') output.write('\r\x1b[K');
    shown = '';
  };
  return {
    onProgress: (progress) =>
      show(output.isTTY ? describe(progress) : `constela: ${labels[progress.stage](progress.total)}`),
    note: (message) => {
      clear();
      output.write(`constela: ${oneLine(message)}\n`);
    },
    clear,
  };
}

/** `1 text`, `2 texts`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

function describe({ stage, done, total }: Progress): string {
  const share = total > 0 ? ` ${Math.floor((100 * done) / total)} %` : '';
  return `constela: ${labels[stage](total)}${share}`;
}
