/** What was dropped on the page, or chosen as a folder: files, and folders with what is in them. */

export interface Folder {
  readonly name: string;
  /** By path inside the folder; hidden files are left out, such as those of git. */
  readonly files: ReadonlyMap<string, File>;
}

/** Files of a folder that are listed before it is given up: one more than any model may have. */
const enough = 1001;

/** To be called in the event itself: what was dropped is gone afterwards. */
export function readDropped(transfer: DataTransfer | null): {
  readonly files: readonly File[];
  readonly folders: Promise<Folder>[];
} {
  const entries = [...(transfer?.items ?? [])].map((item) => item.webkitGetAsEntry());
  const folders = entries.filter((entry) => entry !== null).filter(isFolder);
  // A folder stands among the files as well, as one that cannot be read.
  const names = new Set(folders.map(({ name }) => name));
  const files = [...(transfer?.files ?? [])].filter(({ name }) => !names.has(name));
  return { files, folders: folders.map(readFolder) };
}

/** A folder that was chosen: its files all begin with its name. */
export function readChosen(list: Iterable<File>): Folder | undefined {
  const files = [...list];
  const name = files[0]?.webkitRelativePath.split('/')[0];
  if (name === undefined) return undefined;
  const inside = files.map((file) => [file.webkitRelativePath.slice(name.length + 1), file] as const);
  return { name, files: new Map(inside.filter(([path]) => !path.split('/').some(isHidden))) };
}

const isHidden = (name: string) => name.startsWith('.');
const isFolder = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory;
const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile;

async function readFolder(folder: FileSystemDirectoryEntry): Promise<Folder> {
  const files = new Map<string, File>();
  const visit = async (directory: FileSystemDirectoryEntry, before: string): Promise<void> => {
    for (const entry of await listFolder(directory)) {
      if (files.size >= enough || isHidden(entry.name)) continue;
      const path = before + entry.name;
      if (isFolder(entry)) await visit(entry, `${path}/`);
      else if (isFile(entry))
        files.set(path, await new Promise<File>((resolve, reject) => entry.file(resolve, reject)));
    }
  };
  await visit(folder, '');
  return { name: folder.name, files };
}

/** A reader gives at most 100 entries at a time, and none at the end. */
async function listFolder(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0 || all.length > enough) return all;
    all.push(...some);
  }
}
