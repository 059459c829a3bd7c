import { describe, expect, it } from 'vitest';
import { changesIn } from '../src/text/changes';
import { detectLanguage } from '../src/text/detect';
import { withMarkers, withoutMarkers } from '../src/text/markers';
import { changedCodesOf, cut, type Mark, marksOf } from '../src/text/pieces';
import type { Edit, InlineCode } from '../src/types';

// Small numbers, the same in every run.
function randomNumbers(seed: number) {
  return (below: number) => {
    seed = (seed * 1103515245 + 12345) % 2 ** 31;
    return Math.floor((seed / 2 ** 31) * below);
  };
}

describe('cut', () => {
  it('counts code points, not UTF-16 units', () => {
    expect(cut('😀 5%', [{ begin: 2, end: 4, kind: 'replace' }])).toEqual([
      { type: 'text', text: '😀 ' },
      { type: 'text', text: '5%', mark: { begin: 2, end: 4, kind: 'replace' } },
    ]);
  });

  it('puts codes at their places, inside marks too', () => {
    const codes: InlineCode[] = [
      { kind: 'BEGIN_PAIRED', content: '<b>' },
      { kind: 'END_PAIRED', content: '</b>', offset: 2 },
      { kind: 'PLACEHOLDER', content: '<br/>', offset: 4 },
    ];
    const pieces = cut('abcd', [{ begin: 1, end: 3, kind: 'delete' }], codes, new Set([1]));
    expect(pieces.map((p) => (p.type === 'code' ? `${p.code.content}${p.changed}` : p.text)))
      .toEqual(['<b>false', 'a', 'b', '</b>true', 'c', 'd', '<br/>false']);
  });

  it('loses nothing and marks just what it is told to', () => {
    const seed = 20261126;
    const random = randomNumbers(seed);
    for (let round = 0; round < 500; round++) {
      const text = Array.from({ length: random(12) }, () => 'a中😀é '.at(random(5)) ?? '').join('');
      const points = Array.from(text);
      const marks: Mark[] = [];
      for (let at = 0; at < points.length; at += 1 + random(4)) {
        const end = Math.min(points.length, at + 1 + random(3));
        marks.push({ begin: at, end, kind: 'hit' });
        at = end;
      }
      const codes: InlineCode[] = Array.from({ length: random(4) }, () => random(points.length + 1))
        .sort((a, b) => a - b)
        .map((offset) => ({ kind: 'PLACEHOLDER', offset }));
      const pieces = cut(text, marks, codes);
      const texts = pieces.filter((piece) => piece.type === 'text');
      const about = `seed ${seed}, round ${round}`;
      expect(texts.map((piece) => piece.text).join(''), about).toBe(text);
      const marked = (mark: Mark) =>
        texts.filter((piece) => piece.mark === mark).map((piece) => piece.text).join('');
      for (const mark of marks) {
        expect(marked(mark), about).toBe(points.slice(mark.begin, mark.end).join(''));
      }
      // The twin: where each code stands, counted in the pieces.
      let before = 0;
      const offsets: number[] = [];
      for (const piece of pieces) {
        if (piece.type === 'text') before += Array.from(piece.text).length;
        else offsets.push(before);
      }
      expect(offsets, about).toEqual(codes.map((code) => code.offset));
    }
  });
});

describe('edits', () => {
  const edits: Edit[] = [
    { op: 'DELETE', what: 'WORD', storedBegin: 0, storedEnd: 3, queryBegin: 0, queryEnd: 0 },
    { op: 'DELETE', what: 'TAG', storedBegin: 4, storedEnd: 4 },
    { op: 'REPLACE', what: 'PLACEABLE', storedBegin: 5, storedEnd: 6, queryBegin: 1, queryEnd: 3 },
  ];

  it('mark only the side that has them', () => {
    expect(marksOf(edits, 'stored').map((m) => [m.begin, m.end, m.kind])).toEqual([
      [0, 3, 'delete'],
      [5, 6, 'replace'],
    ]);
    expect(marksOf(edits, 'query').map((m) => [m.begin, m.end])).toEqual([[1, 3]]);
  });

  it('name the codes that are gone by their place', () => {
    const codes = [{ kind: 'PLACEHOLDER', offset: 4 }, { kind: 'PLACEHOLDER', offset: 4 }];
    expect(changedCodesOf(edits, codes)).toEqual(new Set([0]));
  });
});

describe('detectLanguage', () => {
  it.each([
    ['en', 'Rail freight volume rose 7.2 percent to 1.31 billion tons.'],
    ['en', 'President Nicolás Maduro met the delegation in Caracas.'],
    ['es', 'El volumen de carga ferroviaria creció un 7,2 %.'],
    ['es', 'Los dos paises firmaron un acuerdo'],
    ['zh', '铁路货运量增长7.2%，达13.1亿吨。'],
    ['zh', 'APEC第16次会议'],
    ['en', ''],
    ['en', '2008'],
  ])('says %s for %s', (language, text) => {
    expect(detectLanguage(text)).toBe(language);
  });
});

describe('changesIn', () => {
  const changed = (before: string, after: string) =>
    changesIn(before, after).map((m) => Array.from(after).slice(m.begin, m.end).join(''));

  it.each([
    ['出口额达1114.61亿元。', '出口额达1200亿元。', ['1200']],
    ['Llegaron 1,2 millones.', 'Llegaron 3,45 millones.', ['3,45']],
    ['on Nov. 21, 2008.', 'on March 5, 2009.', ['March', '5', '2009']],
    ['the same', 'the same', []],
    ['', 'all new', ['all new']],
  ])('of %s in %s', (before, after, wanted) => {
    expect(changed(before, after)).toEqual(wanted);
  });

  it('stays quick where texts are long', () => {
    const words = (word: string) => Array.from({ length: 20000 }, (_, i) => word + i).join(' ');
    expect(changesIn(words('a'), words('b')).length).toBeGreaterThan(0);
  });
});

describe('markers', () => {
  const codes: InlineCode[] = [
    { kind: 'BEGIN_PAIRED', content: '<b>', offset: 1 },
    { kind: 'END_PAIRED', content: '</b>', offset: 3 },
  ];

  it('stand where the codes are', () => {
    expect(withMarkers('😀bcd', codes).text).toBe('😀⟨1⟩bc⟨2⟩d');
  });

  it('come back as they were', () => {
    expect(withoutMarkers(withMarkers('😀bcd', codes), codes)).toEqual({ text: '😀bcd', codes });
  });

  it('move, vanish and never double', () => {
    const marked = { ...withMarkers('', codes), text: 'x⟨2⟩y⟨2⟩⟨7⟩' };
    expect(withoutMarkers(marked, codes)).toEqual({
      text: 'xy⟨2⟩⟨7⟩',
      codes: [{ kind: 'END_PAIRED', content: '</b>', offset: 1 }],
    });
  });

  it('give way to brackets of the text', () => {
    const marked = withMarkers('a⟨1⟩b', codes);
    expect(marked.text).toContain('⟦1⟧');
    expect(withoutMarkers(marked, codes).text).toBe('a⟨1⟩b');
  });
});
