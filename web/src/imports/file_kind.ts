// What a file is, by its name.

const ENDINGS: Record<string, string> = {
  tmx: 'TMX',
  tsv: 'TSV',
  tab: 'TSV',
  jsonl: 'JSONL',
  ndjson: 'JSONL',
};

export const ACCEPTED = Object.keys(ENDINGS)
  .map((ending) => `.${ending}`)
  .join(',');

// The format as the API names it; undefined where the name tells nothing.
export function formatOf(name: string): string | undefined {
  return ENDINGS[name.slice(name.lastIndexOf('.') + 1).toLowerCase()];
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
