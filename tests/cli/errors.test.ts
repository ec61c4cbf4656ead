/** What is wrong with arguments and files is said in one line, with exit code 2, and leaves nothing behind. */
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { constela, scratch } from './terminal';

const spoken: [title: string, argv: string[], says: RegExp][] = [
  ['no verb', [], /Give a verb: embed, map/],
  ['an unknown verb', ['embde'], /unknown verb 'embde'.*embed/],
  ['the help of an unknown verb', ['help', 'nothing'], /Give a verb/],
  ['an unknown option', ['map', 'in.csv', '--out', 'o.csv', '--bogus'], /unknown option '--bogus'/],
  ['no output', ['map', 'in.csv'], /--out/],
  ['no --of', ['neighbours', 'in.csv'], /--of .*--out/],
  ['--of and --out', ['neighbours', 'in.csv', '--of', 'x', '--out', 'o.gexf'], /not both/],
  ['neighbours without a place', ['convert', 'in.npz', 'o.csv', '--neighbours', '3'], /o\.csv .*--neighbours.*\.gexf/],
  ['neighbours 0', ['convert', 'in.npz', 'o.gexf', '--neighbours', '0'], /--neighbours is “0”.*1 to 200/],
  ['lists without a place', ['neighbours', 'in.npz', '--out', 'o.csv'], /o\.csv .*\.neighbours\.csv/],
  ['columns of what has none', ['convert', 'in.npz', 'o.vec', '--columns', 'a'], /o\.vec .*--columns.*\.csv/],
  ['too many inputs of neighbours', ['neighbours', 'a.csv', 'b.csv', '--of', 'x'], /Expected 1 argument but got 2/],
  ['one text', ['similarity', 'cat'], /two texts \(given: 1\)/],
  ['three texts', ['similarity', 'a', 'b', 'c'], /two texts \(given: 3\)/],
  ['texts and pairs', ['similarity', 'a', 'b', '--pairs', 'p.tsv'], /not both/],
  ['a blank text', ['similarity', 'a', ' '], /empty/],
  ['a blank --of', ['neighbours', 'in.csv', '--of', ' \t'], /--of is empty/],
  ['an unknown model', ['similarity', 'a', 'b', '--model', 'gpt'], /no model called “gpt”.*all-MiniLM-L6-v2/],
  ['a prompt without {text}', ['similarity', 'a', 'b', '--prompt', 'query: '], /“query: ” has no \{text\}/],
  ['dims 4', ['map', 'in.csv', '--out', 'o.csv', '--dims', '4'], /--dims is “4”.*2 to 3/],
  ['neighbours 1', ['map', 'in.csv', '--out', 'o.csv', '--neighbours', '1'], /--neighbours is “1”.*2 to 200/],
  ['neighbours 2.5', ['map', 'in.csv', '--out', 'o.csv', '--neighbours', '2.5'], /--neighbours is “2.5”.*whole/],
  ['a negative distance', ['map', 'in.csv', '--out', 'o.csv', '--min-dist', '-0.1'], /--min-dist is “-0.1”.*0 to 1/],
  ['a seed that is no number', ['map', 'in.csv', '--out', 'o.csv', '--seed', 'x'], /--seed is “x”.*4294967295/],
  ['an unknown supervision', ['map', 'in.csv', '--out', 'o.csv', '--supervise', 'year'], /is “year”.*column:NAME/],
  ['a target weight 2', ['map', 'in.csv', '--out', 'o.csv', '--target-weight', '2'], /--target-weight is “2”.*0 to 1/],
  ['a density weight 11', ['map', 'in.csv', '--out', 'o.csv', '--density-weight', '11'], /is “11”.*0 to 10/],
  ['a density shift 0', ['map', 'in.csv', '--out', 'o.csv', '--density-shift', '0'], /is “0”.*0.001 to 10/],
  [
    'densities by an engine that keeps none',
    ['map', 'in.csv', '--out', 'o.csv', '--density-weight', '2', '--engine', 'umap-js'],
    /engine umap-js cannot keep densities\. Choose umap, or/,
  ],
  [
    'supervision of an engine that has none',
    ['map', 'in.csv', '--out', 'o.csv', '--supervise', 'group', '--engine', 'random'],
    /engine random cannot be supervised\. Choose umap, umap-js/,
  ],
  ['k 0', ['neighbours', 'in.csv', '--of', 'x', '-k', '0'], /-k is “0”.*1 to/],
];

describe('arguments', () => {
  test.each(spoken)('%s', async (_, argv, says) => {
    const { code, out, err } = await constela(argv);
    expect(err).toMatch(says);
    expect(err).toMatch(/^constela: [^\n]+\n$/);
    expect({ code, out }).toEqual({ code: 2, out: '' });
  });
});

describe('files', () => {
  const files: [title: string, argv: string[], says: RegExp][] = [
    ['a missing input', ['map', 'missing.csv', '--out', 'o.csv'], /no file .*missing\.csv/],
    ['a folder as input', ['map', 'folder', '--out', 'o.csv'], /folder is a folder/],
    ['an empty input', ['map', 'empty.csv', '--out', 'o.csv'], /empty\.csv is empty/],
    ['an input without texts', ['map', 'blank.txt', '--out', 'o.csv'], /no texts in .*blank\.txt/],
    ['a binary input', ['map', 'picture.csv', '--out', 'o.csv'], /picture\.csv is not text: it looks like PNG/],
    ['invalid UTF-8', ['embed', 'latin.txt', '--out', 'o.npz'], /latin\.txt is not valid UTF-8/],
    ['an input of unknown ending', ['map', 'words.doc', '--out', 'o.csv'], /words\.doc cannot be opened/],
    ['one bad input of several', ['map', 'words.txt', 'empty.csv', '--out', 'o.csv'], /empty\.csv is empty/],
    [
      'an output of unknown ending',
      ['map', 'words.txt', '--out', 'o.xlsx'],
      /o\.xlsx.*\.csv \.tsv \.json \.jsonl \.npz/,
    ],
    ['embed to CSV', ['embed', 'words.txt', '--out', 'o.csv'], /o\.csv does not end in \.npz/],
    ['an output folder that is not there', ['map', 'words.txt', '--out', 'no/o.csv'], /folder .*no of the output/],
    ['an output that is a folder', ['map', 'words.txt', '--out', 'folder.csv'], /folder\.csv is there already/],
    ['a missing file of pairs', ['similarity', '--pairs', 'missing.tsv'], /no file .*missing\.tsv/],
    ['an empty file of pairs', ['similarity', '--pairs', 'empty.csv'], /is empty/],
    ['a pair of one', ['similarity', '--pairs', 'pairs.tsv'], /line 3 is no pair/],
    [
      'a model that is not installed',
      ['embed', 'words.txt', '--out', 'o.npz'],
      /of the model all-MiniLM-L6-v2 is missing/,
    ],
  ];

  test.each(files)('%s', async (_, argv, says) => {
    const at = await scratch();
    await Promise.all([
      mkdir(at('folder')),
      mkdir(at('folder.csv')),
      writeFile(at('empty.csv'), ''),
      writeFile(at('blank.txt'), ' \n\n'),
      writeFile(at('picture.csv'), Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')),
      writeFile(at('latin.txt'), Buffer.from('caf\xe9\n', 'latin1')),
      writeFile(at('words.doc'), 'cat\n'),
      writeFile(at('words.txt'), 'cat\ndog\n'),
      writeFile(at('pairs.tsv'), 'cat\tdog\n\nking\nqueen\tking\n'),
    ]);
    const before = (await readdir(at(), { recursive: true })).sort();
    const named = argv.map((argument, i) => (i > 0 && !argument.startsWith('--') ? at(argument) : argument));
    const { code, out, err } = await constela([...named, '--quiet']);
    expect(err).toMatch(says);
    expect(err).toMatch(/^constela: [^\n]+\n$/);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect((await readdir(at(), { recursive: true })).sort()).toEqual(before);
  });
});
