// The memories that the server has, shared by all views.
import { listMemories } from '../api';
import { createStore } from '../store';
import type { Memory } from '../types';

export type MemoryList = { memories: Memory[] } | { error: unknown } | 'loading';

export const memoryList = createStore<MemoryList>('loading');

let reloads = 0;

export async function reloadMemories() {
  reloads += 1;
  const reload = reloads;
  const list = await listMemories().then(
    (memories) => ({ memories }),
    (error: unknown) => ({ error }),
  );
  // Else an older list that comes later would take the place of a newer one.
  if (reload === reloads) memoryList.set(list);
}

export const memoriesOf = (list: MemoryList): Memory[] =>
  list !== 'loading' && 'memories' in list ? list.memories : [];

export const idOf = (memory: Memory) => memory.name.replace('memories/', '');
export const titleOf = (memory: Memory) => memory.displayName || idOf(memory);

const baseOf = (code: string) => code.split('-')[0] ?? code;

// The three, then what else there is, without regions and scripts.
export function languagesOf(memories: Memory[]): string[] {
  const found = memories.flatMap((memory) =>
    (memory.languageCounts ?? []).map(({ languageCode }) => baseOf(languageCode)),
  );
  return [...new Set(['en', 'es', 'zh', ...found])];
}
