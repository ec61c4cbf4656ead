/** Hands a file to the browser, to be kept where the person wishes. A name is only a name: what a system would read as a path is taken out. */
export function saveFile(blob: Blob, name: string, ending: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = `${name.replace(/[^\p{L}\p{N} ._-]+/gu, '-').trim() || 'constela'}.${ending}`;
  link.click();
  // The download has its own hold on the data by then; a minute is far more than it needs.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
