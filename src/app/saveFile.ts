/** Hands a file to the browser, to be kept where the person wishes. */
export function saveFile(blob: Blob, name: string, ending: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = fileNameOf(name, ending);
  link.click();
  // The download has its own hold on the data by then; a minute is far more than it needs.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** Of up to 3 bytes each they leave room for the ending in the 255 bytes that systems have for a name. */
const mostCharacters = 75;

/** A name is only a name: what a system would read as a path, a device or a hidden file is taken out. */
export function fileNameOf(name: string, ending: string): string {
  const safe = name.normalize('NFC').replace(/[^\p{L}\p{M}\p{N} ._-]+/gu, '-');
  const short = [...trim(safe)].slice(0, mostCharacters).join('');
  return `${trim(short) || 'constela'}.${ending}`;
}

function trim(name: string): string {
  return name.replace(/^[ .-]+|[ .-]+$/g, '');
}
