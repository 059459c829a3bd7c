// A unit while it is being edited.
import { type MarkedText, withMarkers, withoutMarkers } from '../text/markers';
import type { Unit, UnitState, Variant } from '../types';

export interface VariantDraft {
  key: number; // Tells rows apart on the page.
  stored: Variant; // As it was; a new one has no text.
  languageCode: string;
  marked: MarkedText;
}

export interface Draft {
  variants: VariantDraft[];
  state: UnitState;
  notes: string;
}

let keys = 0;

export function draftOfVariant(stored: Variant): VariantDraft {
  keys += 1;
  return {
    key: keys,
    stored,
    languageCode: stored.languageCode,
    marked: withMarkers(stored.text, stored.codes),
  };
}

export const draftOf = (unit: Unit): Draft => ({
  variants: (unit.variants ?? []).map(draftOfVariant),
  state: unit.state ?? 'CONFIRMED',
  notes: (unit.notes ?? []).join('\n'),
});

function variantOf({ stored, languageCode, marked }: VariantDraft): Variant {
  const { text, codes } = withoutMarkers(marked, stored.codes);
  const variant: Variant = { ...stored, languageCode, text };
  if (codes.length > 0) variant.codes = codes;
  else delete variant.codes;
  return variant;
}

// What is left out of the draft stays as it is in `unit`.
export const unitOf = (unit: Unit, draft: Draft): Unit => ({
  ...unit,
  variants: draft.variants.map(variantOf),
  state: draft.state,
  notes: draft.notes.split('\n').filter((line) => line.trim() !== ''),
});

export const isChanged = (unit: Unit, draft: Draft): boolean =>
  JSON.stringify(unitOf(unit, draft)) !== JSON.stringify(unitOf(unit, draftOf(unit)));

// How many of a variant's codes have no marker any more.
export function lostCodes(variant: VariantDraft): number {
  const before = variant.stored.codes?.length ?? 0;
  return before - (variantOf(variant).codes?.length ?? 0);
}
