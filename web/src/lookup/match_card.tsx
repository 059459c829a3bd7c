// One match: its score, how its source differs, its targets, and why.
import { useId, useState } from 'preact/hooks';
import { memoryOf } from '../api';
import { languageName, t, tOr } from '../i18n';
import { isLetterKey } from '../keys';
import { changesIn } from '../text/changes';
import { changedCodesOf, marksOf } from '../text/pieces';
import type { AdaptedTarget, Match, Variant } from '../types';
import { CopyButton, copy } from '../ui/copy';
import { Icon } from '../ui/icons';
import { LanguageTag } from '../ui/language_tag';
import { MarkedText } from '../ui/marked_text';
import { ResultItem } from '../ui/result_list';
import { openUnit } from '../unit/open_unit';
import { Explanation } from './explanation';
import type { Query } from './query';
import { gradeOf, Score } from './score';

export interface MatchCardProps {
  match: Match;
  query: Query;
  first: boolean;
}

// A target with its adapted form, if there is one.
interface Target {
  stored: Variant;
  adapted?: AdaptedTarget;
}

function targetsOf(match: Match): Target[] {
  return (match.targets ?? []).map((stored, i) => {
    const adapted = match.adaptedTargets?.find(({ target = 0 }) => target === i);
    return adapted ? { stored, adapted } : { stored };
  });
}

const bestText = ({ stored, adapted }: Target) => (adapted ?? stored).text;

export function MatchCard({ match, query, first }: MatchCardProps) {
  const [open, setOpen] = useState(false);
  const explanation = useId();
  const targets = targetsOf(match);
  const edit = () => openUnit(match.unit.name);
  const onKey = (event: KeyboardEvent) => {
    if (!isLetterKey(event)) return;
    const number = event.key === 'c' ? 1 : Number(event.key);
    const target = targets[number - 1];
    if (target) void copy(bestText(target));
    else if (event.key === 'x') setOpen(!open);
    else if (event.key === 'e') edit();
    else return;
    event.preventDefault();
  };
  return (
    <ResultItem
      first={first}
      label={`${t('score')} ${match.score ?? 0}, ${kindName(match)}: ${match.source.text}`}
      onKey={onKey}
    >
      <div class="match">
        <Score match={match} />
        <div class="match-body">
          <Facts match={match} />
          <Source match={match} query={query} />
          <ol class="targets">
            {targets.map((target, i) => (
              <TargetRow key={i} target={target} />
            ))}
          </ol>
          <div class="actions">
            <button
              type="button"
              class="button button-quiet"
              aria-expanded={open}
              aria-controls={explanation}
              onClick={() => setOpen(!open)}
            >
              <Icon name="chevron" />
              {t('match.why', { score: match.score ?? 0 })}
            </button>
            <button type="button" class="button button-quiet" onClick={edit}>
              <Icon name="edit" />
              {t('match.edit')}
            </button>
          </div>
          <div id={explanation}>{open && <Explanation match={match} query={query.text} />}</div>
        </div>
      </div>
    </ResultItem>
  );
}

const kindName = (match: Match) => tOr(`kind.${match.kind}`, match.kind);

function Facts({ match }: { match: Match }) {
  const { unit, penalties = [] } = match;
  const points = penalties.reduce((sum, penalty) => sum + (penalty.points ?? 0), 0);
  return (
    <p class="facts">
      <span class={`badge badge-${gradeOf(match.textScore ?? 0)}`}>{kindName(match)}</span>
      {points > 0 && (
        <span class="badge badge-warn">{t('match.penalty', { count: points })}</span>
      )}
      {unit.state && unit.state !== 'CONFIRMED' && (
        <span class="badge">{t(`state.${unit.state}`)}</span>
      )}
      <span class="fact">{memoryOf(unit.name)}</span>
      {unit.origin?.document && <span class="fact fact-document">{unit.origin.document}</span>}
    </p>
  );
}

// Both texts with what differs, one above the other; the same text but once.
function Source({ match, query }: { match: Match; query: Query }) {
  const { source, edits = [] } = match;
  const codes = source.codes ?? [];
  const stored = (
    <MarkedText
      text={source.text}
      language={source.languageCode}
      marks={marksOf(edits, 'stored')}
      codes={codes}
      changedCodes={changedCodesOf(edits, codes)}
    />
  );
  if (edits.length === 0) return <p class="source">{stored}</p>;
  return (
    <dl class="compare">
      <dt>{t('match.yours')}</dt>
      <dd>
        <MarkedText
          text={query.text}
          language={source.languageCode}
          marks={marksOf(edits, 'query')}
        />
      </dd>
      <dt>{t('match.stored')}</dt>
      <dd>{stored}</dd>
    </dl>
  );
}

function TargetRow({ target }: { target: Target }) {
  const { stored, adapted } = target;
  const language = stored.languageCode;
  return (
    <li class="target">
      <LanguageTag code={language} />
      <div class="target-texts">
        {adapted ? (
          <>
            <MarkedText
              text={adapted.text}
              language={language}
              marks={changesIn(stored.text, adapted.text)}
              codes={adapted.codes}
            />
            <p class="adapted">
              <span class="badge badge-adapted">{t('match.adapted')}</span>
              {t('match.adapted.from')}{' '}
              <MarkedText text={stored.text} language={language} codes={stored.codes} />
            </p>
          </>
        ) : (
          <MarkedText text={stored.text} language={language} codes={stored.codes} />
        )}
      </div>
      <CopyButton
        text={bestText(target)}
        label={t('copy.target', { language: languageName(language) })}
      />
    </li>
  );
}
