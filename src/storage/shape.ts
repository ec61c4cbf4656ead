/** The check of what comes back from storage, field by field. */

export type Fields = Readonly<Record<string, unknown>>;

export class Misshapen extends Error {}

/** Stops at the first field that is not what it should be; `where` is its path. */
export function check(condition: boolean, where: string): asserts condition {
  if (!condition) throw new Misshapen(where);
}

export const isRecord = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !ArrayBuffer.isView(value);
export const isNumber = (value: unknown): value is number => Number.isFinite(value);

export function readFields(value: unknown, where: string): Fields {
  check(isRecord(value), where);
  return value;
}
