// A text of a memory with differences or hits marked, and its inline codes.
import type { Edit, InlineCode } from '../types';
import { t, tOr } from '../i18n';
import { cut, type Mark, type Piece } from '../text/pieces';

export interface MarkedTextProps {
  text: string;
  language: string;
  marks?: Mark[];
  codes?: InlineCode[] | undefined;
  changedCodes?: Set<number>;
}

export function MarkedText({ text, language, marks = [], codes, changedCodes }: MarkedTextProps) {
  return (
    <span class="text" lang={language} dir="auto">
      {cut(text, marks, codes, changedCodes).map((piece, i) => (
        <PieceOfText key={i} piece={piece} />
      ))}
    </span>
  );
}

const ELEMENTS = { insert: 'ins', delete: 'del', replace: 'mark', hit: 'mark' } as const;

function PieceOfText({ piece }: { piece: Piece }) {
  if (piece.type === 'code') {
    const native = piece.code.content ?? '';
    return (
      <span
        class={piece.changed ? 'code code-changed' : 'code'}
        title={native || t('code')}
      >
        {native.length > 0 && native.length <= 12 ? native : '◆'}
      </span>
    );
  }
  const { mark } = piece;
  if (!mark) return <>{piece.text}</>;
  const Element = ELEMENTS[mark.kind];
  return (
    <Element
      class={`edit edit-${mark.kind} ${mark.edit ? `what-${mark.edit.what.toLowerCase()}` : ''}`}
      title={mark.edit ? describe(mark.edit) : undefined}
    >
      {piece.text}
    </Element>
  );
}

const describe = (edit: Edit) => tOr(`what.${edit.what}`, edit.what);
