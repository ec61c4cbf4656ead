/** Files that were chosen or dropped together, in pairs where one is a matrix and another has its texts. */

/** What a matrix without labels is called; `data/open.ts` decides by the same ending. */
const matrix = /\.npy(\.gz)?$/i;

/** Each file, and with a matrix the file of its texts: the one that is called like it, or else the first that is no matrix. */
export function pairFiles<F extends { readonly name: string }>(files: readonly F[]): [F, F | undefined][] {
  const labels = files.filter(({ name }) => !matrix.test(name));
  const pairs = files
    .filter(({ name }) => matrix.test(name))
    .map((file): [F, F | undefined] => {
      const stem = file.name.replace(matrix, '');
      const at = labels.findIndex(({ name }) => name.startsWith(`${stem}.`));
      return [file, labels.splice(Math.max(at, 0), 1)[0]];
    });
  return [...pairs, ...labels.map((file): [F, undefined] => [file, undefined])];
}
