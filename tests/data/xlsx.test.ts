/** Excel workbooks. */
import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { openFile } from '../../src/data/open';
import { previewFile } from '../../src/data/preview';
import type { ReadingOptions } from '../../src/reading';
import { names, type Parts, workbook } from './workbooks';

const open = (parts: Parts, options?: ReadingOptions) =>
  openFile({ name: 'a.xlsx', bytes: workbook(parts) }, undefined, options);
const text = (value: string) => `<c t="inlineStr"><is><t>${value}</t></is></c>`;
const number = (value: number, style = 0) => `<c s="${style}"><v>${value}</v></c>`;
const row = (...cells: readonly string[]) => `<row>${cells.join('')}</row>`;

describe('a sheet', () => {
  it('is read with its header, kinds and gaps', async () => {
    const { items } = await open({
      shared:
        '<si><t>text</t></si><si><t>group</t></si><si><t>count</t></si><si><t>known</t></si><si/>' +
        '<si><r><t xml:space="preserve">olá </t></r><r><rPr><b/></rPr><t>&amp; adeus</t></r><rPh><t>spoken</t></rPh></si>',
      sheets: {
        One:
          '<row r="2"><c r="B2" t="s"><v>0</v></c><c r="C2" t="s"><v>1</v></c><c r="D2" t="s"><v>2</v></c><c r="E2" t="s"><v>3</v></c></row>' +
          '<row r="3"><c r="B3" t="s"><v>5</v></c><c r="D3"><v>1.5</v></c><c r="E3" t="b"><v>1</v></c></row>' +
          '<row r="5"><c r="B5" t="str"><f>"a"</f><v>line_x000A_end _x005F_x0041_</v></c><c r="C5" t="s"><v>4</v></c><c r="D5" t="e"><v>#N/A</v></c></row>' +
          '<row r="6"><c r="C6" t="inlineStr"><is><t>g</t></is></c></row>',
      },
    });
    expect(items).toEqual([
      { text: 'olá & adeus', columns: { count: 1.5, known: true } },
      { text: 'line\nend _x0041_' },
    ]);
  });

  it('needs no header, no addresses and no shared texts', async () => {
    const sheets = { One: row(text('cat'), number(1)) + row(text('dog'), number(2)) };
    expect((await open({ sheets })).items).toEqual([
      { text: 'cat', columns: { 'column 2': 1 } },
      { text: 'dog', columns: { 'column 2': 2 } },
    ]);
    const { items } = await open({ sheets }, { header: true });
    expect(items).toEqual([{ text: 'dog', columns: { '1': 2 } }]);
  });

  it('has the columns that are chosen, vectors and positions too', async () => {
    const head = row(...['a', 'b', 'v0', 'v1', 'x', 'y'].map(text));
    const body = row(text('cat'), text('tier'), number(1), number(0.5), number(-1), number(2));
    const dataset = await open({ sheets: { One: head + body } }, { textColumn: 'b', groupColumn: 'a' });
    expect(dataset.items).toEqual([{ text: 'tier', group: 'cat' }]);
    expect([...dataset.vectors!.data]).toEqual([1, 0.5]);
    expect([...dataset.positions!.data]).toEqual([-1, 2]);
    await expect(open({ sheets: { One: head + body } }, { textColumn: 'c' })).rejects.toMatchObject({
      code: 'columnMissing',
    });
  });

  it('is the first visible one that has a text', async () => {
    const sheets = { Notes: row(text('no')), Numbers: row(number(1)), Words: row(text('yes')), More: row(text('no')) };
    expect((await open({ sheets, hidden: 'Notes' })).items).toEqual([{ text: 'yes' }]);
    await expect(open({ sheets: { 'A &amp; B': '', C: row(number(1)) } })).rejects.toMatchObject({
      code: 'xlsxNoTexts',
      params: { sheets: 'A & B, C' },
    });
  });

  it('can be chosen by its name, and what is shown of it before is the same', async () => {
    const sheets = {
      One: row(text('oak')),
      Two: row(text('text'), text('n')) + row(text('cat'), number(1)),
      Three: row(number(1)),
    };
    expect((await open({ sheets }, { sheet: 'Two' })).items).toEqual([{ text: 'cat', columns: { n: 1 } }]);
    const look = (options?: ReadingOptions) =>
      previewFile('a.xlsx', new Blob([workbook({ sheets, hidden: 'Three' })]), options);
    expect(await look()).toMatchObject({ sheet: 'One', sheets: ['One', 'Two'], rows: [['oak']] });
    expect(await look({ sheet: 'Two' })).toMatchObject({ sheet: 'Two', names: ['text', 'n'], rows: [['cat', '1']] });
    await expect(open({ sheets }, { sheet: 'two' })).rejects.toThrow(
      'no sheet “two” in a.xlsx. Its sheets: One, Two, Three.',
    );
    await expect(open({ sheets }, { sheet: 'Three' })).rejects.toThrow(
      'No sheet of a.xlsx has a text (its sheets: Three)',
    );
    await expect(look({ sheet: 'Three' })).rejects.toThrow('Its sheets: One, Two.');
  });

  it('may have prefixes, as the strict form has', async () => {
    const sheet = `<x:worksheet xmlns:x="${names}"><x:sheetData><x:row r="1"><x:c r="A1" t="inlineStr"><x:is><x:t><![CDATA[<b>]]> &#233;</x:t></x:is></x:c></x:row></x:sheetData></x:worksheet>`;
    const { items } = await open({ sheets: { One: '' }, parts: { 'xl/worksheets/sheet1.xml': sheet } });
    expect(items).toEqual([{ text: '<b> é' }]);
  });

  it('holds only text, whatever it says', async () => {
    const sheets = { One: row(text('text'), text('__proto__')) + row(text('=1+1'), text('&lt;script&gt;')) };
    const [item] = (await open({ sheets })).items;
    expect(item!.text).toBe('=1+1');
    expect(Object.entries(item!.columns!)).toEqual([['__proto__', '<script>']]);
  });
});

describe('dates', () => {
  const styles =
    '<numFmts><numFmt numFmtId="164" formatCode="[$-409]d\\-mmm\\-yyyy"/><numFmt numFmtId="165" formatCode="[h]:mm"/>' +
    '<numFmt numFmtId="166" formatCode="0.0&quot; days&quot;;[Red]\\d"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>' +
    `<cellXfs>${[0, 14, 164, 22, 20, 165, 166].map((id) => `<xf numFmtId="${id}"/>`).join('')}</cellXfs>`;
  const dated = async (serial: number, style: number, properties = '') => {
    const sheets = { One: row(text('text'), text('when')) + row(text('cat'), number(serial, style)) };
    return (await open({ sheets, styles, properties })).items[0]!.columns!.when;
  };

  it.each([
    [45413, 1, '2024-05-01'],
    [45413, 2, '2024-05-01'],
    [45413.4375, 3, '2024-05-01T10:30:00'],
    [0.4375, 4, '10:30:00'],
    [1, 1, '1900-01-01'],
    [59, 1, '1900-02-28'],
    [61, 1, '1900-03-01'],
    [2958465, 1, '9999-12-31'],
    // No dates: without a format, of elapsed time, with letters in quotes, below 0.
    [45413, 0, 45413],
    [1.5, 5, 1.5],
    [1.5, 6, 1.5],
    [-1, 1, -1],
  ])('%d in style %d is %s', async (serial, style, expected) => {
    expect(await dated(serial, style)).toBe(expected);
  });

  it('are counted from 1904 where the workbook says so', async () => {
    expect(await dated(43951, 1, '<workbookPr date1904="1"/>')).toBe('2024-05-01');
    expect(await dated(0, 1, '<workbookPr date1904="true"/>')).toBe('1904-01-01');
  });
});

describe('what is no workbook', () => {
  const one = { One: row(text('cat')) };
  const failing = (bytes: Uint8Array<ArrayBuffer>) => expect(openFile({ name: 'a.xlsx', bytes })).rejects;

  it('says what it is', async () => {
    await failing(new Uint8Array()).toMatchObject({ code: 'fileEmpty' });
    await failing(strToU8('text,group\n')).toMatchObject({ code: 'fileNotZip' });
    await failing(strToU8('%PDF-1.7')).toMatchObject({ code: 'fileOtherKind', params: { kind: 'PDF' } });
    const old = Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0);
    await failing(old).toMatchObject({ code: 'xlsxLocked' });
    await failing(zipSync({ 'word/document.xml': strToU8('<a/>') })).toMatchObject({ code: 'xlsxNone' });
  });

  it('says which part is damaged, and where', async () => {
    const cells = (xml: string) => expect(open({ sheets: { One: xml } })).rejects;
    const damaged = (reason: string) => ({
      code: 'xlsxDamaged',
      params: { part: 'xl/worksheets/sheet1.xml', reason: expect.stringContaining(reason) as string },
    });
    await cells('<row><c t="s"><v>3</v></c></row>').toMatchObject(damaged('row 1, column 1: text 3 of 0'));
    await cells('<row><c><v>abc</v></c></row>').toMatchObject(damaged('“abc” is no number'));
    for (const r of ['0', '1048577', '1e9', 'x', '1.5'])
      await cells(`<row r="${r}">${text('cat')}</row>`).toMatchObject(damaged(`row “${r}”`));
    for (const r of ['XFE1', 'ZZZZ1', '12', 'a1', '~~~1'])
      await cells(`<row><c r="${r}"><v>1</v></c></row>`).toMatchObject(damaged(`cell “${r}”`));
    await cells(text('cat')).toMatchObject(damaged('a cell outside of a row'));
    await cells('<row>').toMatchObject(damaged(''));
    const parts = { 'xl/workbook.xml': '<workbook><sheets>' };
    await expect(open({ sheets: one, parts })).rejects.toMatchObject({ params: { part: 'xl/workbook.xml' } });
  });

  it('refuses what would fill the memory', async () => {
    const far = Array.from({ length: 4000 }, () => '<row><c r="XFD1"><v>1</v></c></row>').join('');
    await expect(open({ sheets: { One: far } })).rejects.toMatchObject({
      code: 'xlsxTooLarge',
      params: { sheet: 'One', columns: 16384 },
    });
    const bomb = workbook({ sheets: { One: ' '.repeat(101_000_000) } });
    await failing(bomb).toMatchObject({ code: 'zipTooLarge' });
  });

  it('ends in an error or in a reading whichever byte is another', async () => {
    const bytes = workbook({ sheets: { One: row(text('cat'), number(1)) }, shared: '<si><t>a</t></si>' });
    for (let at = 0; at < bytes.length; at += 3) {
      const bent = bytes.slice();
      bent[at]! ^= 0xff;
      const end = await openFile({ name: 'a.xlsx', bytes: bent }).then(
        ({ items }) => items.length === 1,
        (error: unknown) => error instanceof Error && error.name === 'InputError',
      );
      expect(end, `byte ${at}`).toBe(true);
    }
    for (let length = 1; length < bytes.length; length += 41)
      await failing(bytes.slice(0, length)).toMatchObject({ name: 'InputError' });
  });
});
