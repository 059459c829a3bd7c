// Inline codes in a text that is being edited: each is shown as ⟨1⟩, ⟨2⟩, ... and
// may be moved like a word.
import type { InlineCode } from '../types';
import { CodePoints } from './code_points';

// The first pair that the text does not use itself.
const BRACKETS = [
  ['⟨', '⟩'],
  ['⟦', '⟧'],
  ['⦅', '⦆'],
  ['⦃', '⦄'],
] as const;

export interface MarkedText {
  text: string; // With markers.
  open: string;
  close: string;
}

export function withMarkers(text: string, codes: InlineCode[] = []): MarkedText {
  const [open, close] =
    BRACKETS.find(([left, right]) => !text.includes(left) && !text.includes(right)) ?? BRACKETS[0];
  const points = new CodePoints(text);
  let marked = '';
  let position = 0;
  codes.forEach((code, i) => {
    const offset = code.offset ?? 0;
    marked += `${points.slice(position, offset)}${open}${i + 1}${close}`;
    position = offset;
  });
  return { text: marked + points.slice(position, points.length), open, close };
}

// The text without markers, the codes where their markers stand now. Codes whose
// marker is gone are gone; a number that no code has is an ordinary text.
export function withoutMarkers(
  { text, open, close }: MarkedText,
  codes: InlineCode[] = [],
): { text: string; codes: InlineCode[] } {
  const placed: InlineCode[] = [];
  const used = new Set<number>();
  let plain = '';
  for (const part of text.split(new RegExp(`(${open}\\d+${close})`, 'u'))) {
    const number = part.startsWith(open) ? Number(part.slice(open.length, -close.length)) : 0;
    const code = codes[number - 1];
    if (code && !used.has(number)) {
      used.add(number);
      placed.push({ ...code, offset: new CodePoints(plain).length });
    } else {
      plain += part;
    }
  }
  return { text: plain, codes: placed };
}
