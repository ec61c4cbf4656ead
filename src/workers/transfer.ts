/**
 * How things that structured clone cannot carry cross between the page and its workers: signals and callbacks by a
 * port of their own, our errors with their code.
 */
import { transfer, transferHandlers, type TransferHandler } from 'comlink';
import { errorTexts, InputError, type ErrorCode, type ErrorParams } from '../errors';

type Callback = (value: unknown) => void;

const signalHandler: TransferHandler<AbortSignal, { aborted: boolean; port: MessagePort }> = {
  canHandle: (value): value is AbortSignal => value instanceof AbortSignal,
  serialize: (signal) => {
    const { port1, port2 } = new MessageChannel();
    signal.addEventListener('abort', () => port1.postMessage('abort'), { once: true });
    return [{ aborted: signal.aborted, port: port2 }, [port2]];
  },
  deserialize: ({ aborted, port }) => {
    const controller = new AbortController();
    if (aborted) controller.abort();
    port.onmessage = () => controller.abort();
    return controller.signal;
  },
};

/** One way: a progress report expects no answer, so it costs one message and no bookkeeping. */
const callbackHandler: TransferHandler<Callback, MessagePort> = {
  canHandle: (value): value is Callback => typeof value === 'function',
  serialize: (callback) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => callback(data);
    return [port2, [port2]];
  },
  deserialize: (port) => (value) => port.postMessage(value, ownedBuffers(value)),
};

/** A layout's frame owns its positions: they are handed over, not copied. */
function ownedBuffers(value: unknown): Transferable[] {
  const positions = typeof value === 'object' && value && 'positions' in value ? value.positions : undefined;
  const data = typeof positions === 'object' && positions && 'data' in positions ? positions.data : undefined;
  return data instanceof Float32Array && data.buffer instanceof ArrayBuffer ? [data.buffer] : [];
}

interface SerializedError {
  readonly name: string;
  readonly message: string;
  readonly code: ErrorCode | undefined;
  readonly params: ErrorParams;
}

/** Comlink's own handler for thrown values knows which they are (by a private mark), but would lose our codes. */
function errorHandler(original: TransferHandler<unknown, unknown>): TransferHandler<unknown, SerializedError> {
  return {
    canHandle: (value): value is unknown => original.canHandle(value),
    serialize: (thrown) => {
      const value = typeof thrown === 'object' && thrown !== null && 'value' in thrown ? thrown.value : thrown;
      const error = value instanceof Error ? value : new Error(String(value));
      const ours = error instanceof InputError ? error : undefined;
      return [{ name: error.name, message: error.message, code: ours?.code, params: ours?.params ?? {} }, []];
    },
    deserialize: ({ name, message, code, params }) => {
      if (code !== undefined && Object.hasOwn(errorTexts, code)) throw new InputError(code, params);
      if (name === 'AbortError') throw new DOMException(message, 'AbortError');
      throw Object.assign(new Error(message), { name });
    },
  };
}

/** Both sides call this once, before they talk. */
export function registerTransfer(): void {
  const thrown = transferHandlers.get('throw');
  if (!thrown) throw new Error('this version of comlink has no handler for thrown values');
  transferHandlers.set('signal', signalHandler);
  transferHandlers.set('callback', callbackHandler);
  transferHandlers.set('throw', errorHandler(thrown));
}

/** Hands the rows over instead of copying them: the sender's buffer is gone afterwards. */
export function handOver<T extends { readonly data: Float32Array<ArrayBuffer> | Uint8Array<ArrayBuffer> }>(
  value: T,
): T {
  return transfer(value, [value.data.buffer]);
}

/** The same for every array of numbers in `value`, however deep it lies among its objects and lists. */
export function handOverAll<T extends object>(value: T): T {
  const buffers = new Set<ArrayBuffer>();
  const collect = (part: unknown): void => {
    if (ArrayBuffer.isView(part)) {
      if (part.buffer instanceof ArrayBuffer) buffers.add(part.buffer);
    } else if (typeof part === 'object' && part !== null) Object.values(part).forEach(collect);
  };
  collect(value);
  return transfer(value, [...buffers]);
}
