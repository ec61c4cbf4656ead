/** The cells of tables as values of a collection. */
import type { Cell } from '../types';

/** A text cell as an own column holds it: a number only where writing it again gives the same text (007 stays a text). */
export function readTextCell(cell: unknown): Cell | undefined {
  if (typeof cell !== 'string' || cell === '') return undefined;
  const number = Number(cell);
  return Number.isFinite(number) && String(number) === cell ? number : cell;
}

/** A JSON value as an own column holds it: arrays and objects as their JSON text. */
export function readJsonCell(value: unknown): Cell | undefined {
  if (value === undefined || value === null) return value;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  return jsonOf(value) ?? null;
}

/** A value of a format with types as an own column holds it: dates in ISO 8601, whole numbers that float64 cannot hold as texts. */
export function readColumnarCell(value: unknown): Cell | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? undefined : value.toISOString();
  return ArrayBuffer.isView(value) ? undefined : jsonOf(value);
}

/** JSON of a value that came from a file. Arrays in each other, thousands deep, can be read and not written again: `[…]` stands for them. */
function jsonOf(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    return '[…]';
  }
}

/** Rows of a format with types, for messages: as JSON objects. */
export function writeColumnarRow(names: readonly string[]): (cells: readonly unknown[]) => string {
  return (cells) => JSON.stringify(Object.fromEntries(names.map((name, i) => [name, readColumnarCell(cells[i])])));
}

/** The object that is written as JSON; undefined where it is none. */
export function parseJsonObject(json: string): object | undefined {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** The beginning of a JSON value, for messages. */
export function excerpt(value: unknown): string {
  const text = jsonOf(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

/** The text of a cell; empty where it holds none. */
export function cellText(cell: unknown): string {
  return typeof cell === 'string' ? cell : typeof cell === 'number' ? String(cell) : '';
}

/** The float32 of a cell, NaN where it holds no finite number. */
export function cellNumber(cell: unknown): number {
  const number = typeof cell === 'number' ? cell : typeof cell === 'string' && cell.trim() !== '' ? Number(cell) : NaN;
  const rounded = Math.fround(number);
  return Number.isFinite(rounded) ? rounded : NaN;
}

/** The value of a cell that may hold a JSON array as text. */
export function parseArray(cell: unknown): unknown {
  if (typeof cell !== 'string' || !cell.trimStart().startsWith('[')) return cell;
  try {
    return JSON.parse(cell);
  } catch {
    return cell;
  }
}
