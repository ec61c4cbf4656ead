/** XML by what stands in it, without a tree: the parts of a workbook are long and flat. */
import { Parser } from 'saxen';

/** What is told of a document, in order. Names come without their namespace's prefix. */
export interface XmlHooks {
  readonly open?: (name: string, attribute: (name: string) => string | undefined) => void;
  readonly close?: (name: string) => void;
  /** Between two tags; one text may come in pieces. */
  readonly text?: (text: string) => void;
  /** So many more bytes have been read. */
  readonly taken?: (bytes: number) => void;
}

/** Bytes that are decoded in one go: a part of 200 MB never stands as one string. */
const step = 1 << 20;

/** Reads a document in UTF-8, or in UTF-16 with a byte order mark. Throws an Error where it is not well formed, and what a hook throws. */
export function readXml(bytes: Uint8Array, { open, close, text, taken }: XmlHooks): void {
  const parser = new Parser();
  if (open) {
    parser.on('openTag', (name, attributes, decode) => {
      let given: Record<string, string> | undefined;
      open(localName(name), (wanted) => {
        given ??= attributes();
        // Most have no prefix: a million cells are asked for three attributes each.
        const key = Object.hasOwn(given, wanted) ? wanted : Object.keys(given).find((key) => isNamed(key, wanted));
        return key === undefined ? undefined : decode(given[key]!);
      });
    });
  }
  if (close) parser.on('closeTag', (name) => close(localName(name)));
  if (text) {
    parser.on('text', (found, decode) => text(decode(found)));
    parser.on('cdata', text);
  }
  const decoder = new TextDecoder(encodingOf(bytes), { fatal: true });
  for (let at = 0; at < bytes.length; at += step) {
    const piece = bytes.subarray(at, at + step);
    parser.write(decoder.decode(piece, { stream: true }));
    taken?.(piece.length);
  }
  parser.write(decoder.decode());
  parser.end();
}

function encodingOf([first, second]: Uint8Array): string {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

function isNamed(attribute: string, name: string): boolean {
  return attribute.endsWith(`:${name}`) && !attribute.startsWith('xmlns:');
}
