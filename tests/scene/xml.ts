/** A strict reader of the XML that the project writes: elements, attributes and text, as XML 1.0 has them; no more than that. */

export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: XmlElement[];
  text: string;
}

/** The outermost element. Throws for what is not well-formed. */
export function parseXml(xml: string): XmlElement {
  const control = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u.exec(xml);
  if (control) throw new Error(`U+${control[0].codePointAt(0)!.toString(16)} at ${control.index}`);
  const root: XmlElement = { name: '', attributes: {}, children: [], text: '' };
  const open = [root];
  let at = /^<\?xml version="1.0" encoding="UTF-8"\?>\n/.exec(xml)?.[0].length ?? 0;
  while (at < xml.length) {
    const parent = open.at(-1)!;
    if (xml[at] !== '<') {
      const end = xml.indexOf('<', at);
      parent.text += unescapeXml(xml.slice(at, end < 0 ? undefined : end));
      at = end < 0 ? xml.length : end;
      continue;
    }
    const tag = /^<(\/?)([a-z][A-Za-z:]*)((?: [a-zA-Z0-9:.-]+="[^"<]*")*)(\/?)>/.exec(xml.slice(at, at + 1000));
    if (!tag) throw new Error(`no tag: ${xml.slice(at, at + 40)}`);
    const [whole, closing, name, given, empty] = tag;
    at += whole.length;
    if (closing) {
      if (open.pop()!.name !== name || given || empty) throw new Error(`</${name}> closes another element`);
      continue;
    }
    const pairs = [...given!.matchAll(/ ([a-zA-Z0-9:.-]+)="([^"]*)"/g)].map(([, key, value]) => [
      key!,
      unescapeXml(value!),
    ]);
    const attributes = Object.fromEntries(pairs) as Record<string, string>;
    if (Object.keys(attributes).length !== pairs.length) throw new Error(`an attribute twice: ${whole}`);
    const element: XmlElement = { name: name!, attributes, children: [], text: '' };
    parent.children.push(element);
    if (!empty) open.push(element);
  }
  if (open.length !== 1 || root.children.length !== 1 || root.text.trim() !== '') throw new Error('not one element');
  return root.children[0]!;
}

/** All elements of a name, in the order of the document. */
export function findAll(element: XmlElement, name: string): XmlElement[] {
  const inside = element.children.flatMap((child) => findAll(child, name));
  return element.name === name ? [element, ...inside] : inside;
}

function unescapeXml(text: string): string {
  if (text.includes(']]>')) throw new Error('a section ends that never began');
  return text.replace(/&([#\w]*);?/g, (whole, name: string) => {
    const value = { amp: '&', lt: '<', gt: '>', quot: '"', '#9': '\t', '#10': '\n', '#13': '\r' }[name];
    if (value === undefined || !whole.endsWith(';')) throw new Error(`no entity: ${whole}`);
    return value;
  });
}
