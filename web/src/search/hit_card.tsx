// A unit with the phrase marked, in all its languages.
import { memoryOf } from '../api';
import { languageName, t } from '../i18n';
import { isLetterKey } from '../keys';
import { marksOfHits } from '../text/pieces';
import type { SearchHit, Variant } from '../types';
import { CopyButton, copy } from '../ui/copy';
import { Icon } from '../ui/icons';
import { LanguageTag } from '../ui/language_tag';
import { MarkedText } from '../ui/marked_text';
import { ResultItem } from '../ui/result_list';
import { openUnit } from '../unit/open_unit';
import type { Phrase } from './phrase';

export interface HitCardProps {
  hit: SearchHit;
  phrase: Phrase;
  first: boolean;
}

export function HitCard({ hit, phrase, first }: HitCardProps) {
  const { unit } = hit;
  const spansOf = (index: number) =>
    hit.variantHits?.find(({ variantIndex = 0 }) => variantIndex === index)?.spans ?? [];
  const variants = (unit.variants ?? []).map((variant, i) => ({ variant, spans: spansOf(i) }));
  // What was found stands above its translations.
  const ordered = [
    ...variants.filter(({ spans }) => spans.length > 0),
    ...variants.filter(({ spans }) => spans.length === 0),
  ];
  const edit = () => openUnit(unit.name);
  const onKey = (event: KeyboardEvent) => {
    if (!isLetterKey(event)) return;
    const chosen = ordered[(event.key === 'c' ? 1 : Number(event.key)) - 1];
    if (chosen) void copy(chosen.variant.text);
    else if (event.key === 'e') edit();
    else return;
    event.preventDefault();
  };
  return (
    <ResultItem first={first} label={ordered[0]?.variant.text ?? phrase.text} onKey={onKey}>
      <ol class="targets">
        {ordered.map(({ variant, spans }, i) => (
          <li key={i} class={spans.length > 0 ? 'target target-hit' : 'target'}>
            <LanguageTag code={variant.languageCode} />
            <MarkedVariant variant={variant} spans={spans} />
            <CopyButton
              text={variant.text}
              label={t('copy.target', { language: languageName(variant.languageCode) })}
            />
          </li>
        ))}
      </ol>
      <div class="actions">
        <span class="facts">
          <span class="fact">{memoryOf(unit.name)}</span>
          {unit.origin?.document && <span class="fact fact-document">{unit.origin.document}</span>}
        </span>
        <button type="button" class="button button-quiet" onClick={edit}>
          <Icon name="edit" />
          {t('match.edit')}
        </button>
      </div>
    </ResultItem>
  );
}

function MarkedVariant({
  variant,
  spans,
}: {
  variant: Variant;
  spans: { begin?: number; end?: number }[];
}) {
  return (
    <MarkedText
      text={variant.text}
      language={variant.languageCode}
      marks={marksOfHits(spans)}
      codes={variant.codes}
    />
  );
}
