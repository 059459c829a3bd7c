// A text cut into pieces at marked spans and inline codes, in order.
import type { Edit, InlineCode, TextSpan } from '../types';
import { CodePoints } from './code_points';

// How a span differs, or `hit` where it was searched for.
export type MarkKind = 'insert' | 'delete' | 'replace' | 'hit';

export interface Mark {
  begin: number; // In code points.
  end: number;
  kind: MarkKind;
  edit?: Edit;
}

export type Piece =
  | { type: 'text'; text: string; mark?: Mark }
  | { type: 'code'; code: InlineCode; changed: boolean };

// REQUIRES: marks in order, without overlaps; codes in order of their offset.
export function cut(
  text: string,
  marks: Mark[],
  codes: InlineCode[] = [],
  changedCodes: Set<number> = new Set(),
): Piece[] {
  const points = new CodePoints(text);
  const pieces: Piece[] = [];
  let position = 0;
  let nextCode = 0;

  const addText = (end: number, mark?: Mark) => {
    if (end <= position) return;
    pieces.push({ type: 'text', text: points.slice(position, end), ...(mark ? { mark } : {}) });
    position = end;
  };
  // All up to `end`, codes at their places; those at `end` itself come later.
  const addUpTo = (end: number, mark?: Mark) => {
    for (; nextCode < codes.length; nextCode++) {
      const code = codes[nextCode] as InlineCode;
      const offset = code.offset ?? 0;
      if (offset >= end) break;
      addText(offset, mark);
      pieces.push({ type: 'code', code, changed: changedCodes.has(nextCode) });
    }
    addText(end, mark);
  };

  for (const mark of marks) {
    addUpTo(mark.begin);
    addUpTo(mark.end, mark);
  }
  addUpTo(points.length);
  for (; nextCode < codes.length; nextCode++) {
    const code = codes[nextCode] as InlineCode;
    pieces.push({ type: 'code', code, changed: changedCodes.has(nextCode) });
  }
  return pieces;
}

const KINDS = { INSERT: 'insert', DELETE: 'delete', REPLACE: 'replace' } as const;

// The spans of the edits that have any width on one side.
export function marksOf(edits: Edit[], side: 'stored' | 'query'): Mark[] {
  return edits
    .map((edit) => ({
      begin: (side === 'stored' ? edit.storedBegin : edit.queryBegin) ?? 0,
      end: (side === 'stored' ? edit.storedEnd : edit.queryEnd) ?? 0,
      kind: KINDS[edit.op],
      edit,
    }))
    .filter((mark) => mark.end > mark.begin)
    .sort((a, b) => a.begin - b.begin);
}

export function marksOfHits(spans: TextSpan[]): Mark[] {
  return spans.map(({ begin = 0, end = 0 }) => ({ begin, end, kind: 'hit' as const }));
}

// Which inline codes of the stored text the edits take away. A code has no
// width, so an edit names only its place; of several codes there, the first.
export function changedCodesOf(edits: Edit[], codes: InlineCode[]): Set<number> {
  const changed = new Set<number>();
  for (const edit of edits) {
    if (edit.what !== 'TAG' || edit.op === 'INSERT') continue;
    const index = codes.findIndex(
      (code, i) => !changed.has(i) && (code.offset ?? 0) === (edit.storedBegin ?? 0),
    );
    if (index >= 0) changed.add(index);
  }
  return changed;
}
