import { type ErrorCode, InputError } from '../../src/errors';

/** Code of the InputError that `act` throws; undefined if it throws none. Other errors go through. */
export function codeOf(act: () => unknown): ErrorCode | undefined {
  try {
    act();
  } catch (error) {
    if (error instanceof InputError) return error.code;
    throw error;
  }
  return undefined;
}
