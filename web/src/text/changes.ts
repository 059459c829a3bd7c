// What an adapted text changed of the stored one: words and numbers of `after`
// that are not in `before`, by their longest common subsequence.
import type { Mark } from './pieces';

// A number with its separators is one token, so that all of it is marked.
const TOKEN = /\p{Nd}+(?:[.,:/]\p{Nd}+)*|[\p{Script=Latin}\p{M}]+|./gsu;
const MAX_CELLS = 1_000_000;

export function changesIn(before: string, after: string): Mark[] {
  const old = before.match(TOKEN) ?? [];
  const now = after.match(TOKEN) ?? [];
  let head = 0;
  while (head < old.length && head < now.length && old[head] === now[head]) head++;
  let tail = 0;
  while (
    tail < old.length - head &&
    tail < now.length - head &&
    old[old.length - 1 - tail] === now[now.length - 1 - tail]
  ) {
    tail++;
  }
  const kept = commonTokens(
    old.slice(head, old.length - tail),
    now.slice(head, now.length - tail),
  );
  const marks: Mark[] = [];
  let position = 0;
  now.forEach((token, i) => {
    const end = position + Array.from(token).length;
    const changed = i >= head && i < now.length - tail && !kept[i - head];
    const last = marks.at(-1);
    if (changed && last?.end === position) last.end = end;
    else if (changed) marks.push({ begin: position, end, kind: 'replace' });
    position = end;
  });
  return marks;
}

// Which tokens of `now` are common with `old`; none where that is too much to
// work out, so that all of the middle is marked.
function commonTokens(old: string[], now: string[]): boolean[] {
  const kept = now.map(() => false);
  const width = now.length + 1;
  if ((old.length + 1) * width > MAX_CELLS) return kept;
  const lengths = new Uint32Array((old.length + 1) * width);
  const at = (i: number, j: number) => lengths[i * width + j] ?? 0;
  for (let i = old.length - 1; i >= 0; i--) {
    for (let j = now.length - 1; j >= 0; j--) {
      lengths[i * width + j] =
        old[i] === now[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  for (let i = 0, j = 0; i < old.length && j < now.length; ) {
    if (old[i] === now[j]) {
      kept[j] = true;
      i++;
      j++;
    } else if (at(i + 1, j) >= at(i, j + 1)) i++;
    else j++;
  }
  return kept;
}
