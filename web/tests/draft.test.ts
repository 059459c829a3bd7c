import { expect, it } from 'vitest';
import type { Unit } from '../src/types';
import { draftOf, draftOfVariant, isChanged, lostCodes, unitOf } from '../src/unit/draft';

const unit: Unit = {
  name: 'memories/press/units/x',
  variants: [
    {
      languageCode: 'en',
      text: 'See Annex 2.',
      codes: [
        { kind: 'BEGIN_PAIRED', offset: 4, content: '<b>' },
        { kind: 'END_PAIRED', offset: 11, content: '</b>' },
      ],
    },
    { languageCode: 'zh-CN', text: '见附件2。' },
  ],
  state: 'DRAFT',
  notes: ['one', 'two'],
  externalId: 'kept',
  etag: '7',
};

it('changes nothing that nobody touched', () => {
  expect(unitOf(unit, draftOf(unit))).toEqual(unit);
  expect(isChanged(unit, draftOf(unit))).toBe(false);
});

it('keeps codes at their words, and all else as it was', () => {
  const draft = draftOf(unit);
  const first = draft.variants[0];
  if (!first) throw new Error('a draft without variants');
  first.marked.text = first.marked.text.replace('See', 'Please see');
  expect(isChanged(unit, draft)).toBe(true);
  const edited = unitOf(unit, draft);
  expect(edited.variants?.[0]?.text).toBe('Please see Annex 2.');
  expect(edited.variants?.[0]?.codes?.map((code) => code.offset)).toEqual([11, 18]);
  expect({ ...edited, variants: unit.variants }).toEqual(unit);
});

it('tells of codes whose marker was deleted', () => {
  const draft = draftOfVariant(unit.variants?.[0] ?? { languageCode: 'en', text: '' });
  draft.marked.text = draft.marked.text.replace('⟨2⟩', '');
  expect(lostCodes(draft)).toBe(1);
});
