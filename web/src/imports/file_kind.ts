// What a file is, by its name.

// Of these the name is believed; of the others the content tells.
const NAMED: Record<string, string> = {
  tmx: 'TMX',
  tsv: 'TSV',
  tab: 'TSV',
  jsonl: 'JSONL',
  ndjson: 'JSONL',
};
const TOLD_BY_CONTENT = ['csv', 'xlf', 'xliff', 'po', 'pot', 'gz', 'zst', 'zip'];

export const ACCEPTED = [...Object.keys(NAMED), ...TOLD_BY_CONTENT]
  .map((ending) => `.${ending}`)
  .join(',');

function endingOf(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1).toLowerCase();
}

// What a person calls it; undefined where the name tells nothing.
export function kindOf(name: string): string | undefined {
  const ending = endingOf(name);
  if (TOLD_BY_CONTENT.includes(ending)) return ending.toUpperCase();
  return NAMED[ending];
}

// The format as the API names it.
export function formatOf(name: string): string {
  return NAMED[endingOf(name)] ?? 'FILE_FORMAT_UNSPECIFIED';
}

// A memory's id made of a file's name: `Press 2026.tmx` gives `press-2026`.
export function memoryIdFor(name: string): string {
  const stem = name.includes('.') ? name.slice(0, name.lastIndexOf('.')) : name;
  const id = stem
    .normalize('NFD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 63)
    .replace(/^-+|-+$/g, '');
  return id || 'imported';
}
