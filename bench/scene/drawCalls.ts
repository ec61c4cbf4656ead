/** Counts what the graphics card is asked to draw, whoever asks. */

const calls = [
  'drawArrays',
  'drawElements',
  'drawArraysInstanced',
  'drawElementsInstanced',
  'drawRangeElements',
] as const;

/** Calls of WebGL2 that draw while `work` runs. */
export async function countDrawCalls(work: () => Promise<void>): Promise<number> {
  const { prototype } = WebGL2RenderingContext;
  let count = 0;
  const originals = calls.map((name) => [name, Object.getOwnPropertyDescriptor(prototype, name)] as const);
  for (const [name, original] of originals)
    Object.defineProperty(prototype, name, {
      configurable: true,
      value(...given: unknown[]) {
        count++;
        return Reflect.apply(original?.value, this, given);
      },
    });
  await work();
  for (const [name, original] of originals) if (original) Object.defineProperty(prototype, name, original);
  return count;
}
