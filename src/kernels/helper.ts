/** The other side of a crew: a thread that runs a kernel's functions when it is told to. */

/** What a helper is told. Everything is shared or copied; nothing is answered but `HelperAnswer`. */
export type HelperOrder =
  | { readonly kind: 'kernel'; readonly module: WebAssembly.Module; readonly memory: WebAssembly.Memory }
  | {
      readonly kind: 'calls';
      readonly name: string;
      /** Arguments, call by call. */
      readonly calls: readonly (readonly number[])[];
      /** Two numbers: the next call that nobody has taken, and how many helpers have begun. */
      readonly turns: Int32Array<SharedArrayBuffer>;
    }
  | { readonly kind: 'forget' };

/** Sent at the beginning and after `calls`: what went wrong, if anything did. */
export interface HelperAnswer {
  readonly failed?: string;
}

/** Where a helper is heard and hears. */
export interface HelperPort {
  send(answer: HelperAnswer): void;
  receive(listener: (order: HelperOrder) => void): void;
}

/**
 * Serves orders for ever. Node starts its helpers from the text of this function (src/cli/crew.ts), so it refers to nothing
 * outside itself.
 */
export function serveOrders(port: HelperPort): void {
  let run: Record<string, unknown> = {};
  port.send({});
  port.receive((order) => {
    if (order.kind === 'forget') run = {};
    if (order.kind === 'kernel')
      run = new WebAssembly.Instance(order.module, { env: { memory: order.memory } }).exports;
    if (order.kind !== 'calls') return;
    Atomics.add(order.turns, 1, 1);
    try {
      const called = run[order.name];
      if (typeof called !== 'function') throw new Error(`the kernel has no function ${order.name}`);
      for (let i = Atomics.add(order.turns, 0, 1); i < order.calls.length; i = Atomics.add(order.turns, 0, 1))
        called(...order.calls[i]!);
      port.send({});
    } catch (error) {
      port.send({ failed: String(error) });
    }
  });
}
