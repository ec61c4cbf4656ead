/** Excel workbooks, made part by part. */
import { strToU8, zipSync } from 'fflate';

export const types = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
export const names = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const relations = (...list: readonly (readonly [id: string, type: string, target: string])[]) =>
  `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Relationships>${list
    .map(([id, type, target]) => `<Relationship Id="${id}" Type="${types}/${type}" Target="${target}"/>`)
    .join('')}</Relationships>`;

export interface Parts {
  /** The rows of each sheet, as XML. */
  readonly sheets?: Readonly<Record<string, string>>;
  readonly hidden?: string;
  readonly shared?: string;
  readonly styles?: string;
  readonly properties?: string;
  /** In place of a part, or besides. */
  readonly parts?: Readonly<Record<string, string>>;
}

/** A workbook as Excel packs it. */
export function workbook({
  sheets = {},
  hidden,
  shared,
  styles,
  properties = '',
  parts = {},
}: Parts): Uint8Array<ArrayBuffer> {
  const listed = Object.keys(sheets);
  const files: Record<string, string> = {
    '_rels/.rels': relations(['rId1', 'officeDocument', 'xl/workbook.xml']),
    'xl/workbook.xml': `<workbook xmlns="${names}" xmlns:r="${types}">${properties}<sheets>${listed
      .map((name, i) => `<sheet name="${name}" ${name === hidden ? 'state="hidden" ' : ''}r:id="rId${i + 1}"/>`)
      .join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': relations(
      ...listed.map((_, i) => [`rId${i + 1}`, 'worksheet', `worksheets/sheet${i + 1}.xml`] as const),
      ['rIdS', 'sharedStrings', '/xl/sharedStrings.xml'],
      ['rIdT', 'styles', 'styles.xml'],
    ),
    ...Object.fromEntries(
      Object.values(sheets).map((rows, i) => [
        `xl/worksheets/sheet${i + 1}.xml`,
        `<worksheet xmlns="${names}"><dimension ref="A1"/><sheetData>${rows}</sheetData></worksheet>`,
      ]),
    ),
    ...(shared !== undefined && { 'xl/sharedStrings.xml': `<sst xmlns="${names}">${shared}</sst>` }),
    ...(styles !== undefined && { 'xl/styles.xml': `<styleSheet xmlns="${names}">${styles}</styleSheet>` }),
    ...parts,
  };
  return zipSync(Object.fromEntries(Object.entries(files).map(([name, xml]) => [name, strToU8(xml)])));
}
