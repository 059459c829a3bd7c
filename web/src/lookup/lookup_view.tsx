// Looks up one sentence.
import { useEffect } from 'preact/hooks';
import { formatNumber, t } from '../i18n';
import { memoriesOf, memoryList } from '../memories/memory_list';
import { place, set } from '../router';
import { useStore } from '../store';
import type { Match } from '../types';
import { announce } from '../ui/announce';
import { EmptyState } from '../ui/empty_state';
import { ErrorNote } from '../ui/error_note';
import { ResultList } from '../ui/result_list';
import { unitsChanged } from '../unit/open_unit';
import { LookupForm } from './lookup_form';
import { MatchCard } from './match_card';
import { type Query, toParameters, toQuery } from './query';
import { type Found, useLookup } from './use_lookup';

export function LookupView() {
  const query = toQuery(useStore(place).parameters);
  const changes = useStore(unitsChanged);
  const { found, busy } = useLookup(query, changes);
  const change = (part: Partial<Query>) => set(toParameters({ ...query, ...part }));
  useEffect(() => {
    if (found.state === 'done') announce(summaryOf(found.matches));
  }, [found]);
  return (
    <>
      <h1 class="hidden">{t('nav.lookup')}</h1>
      <LookupForm query={query} busy={busy} onChange={change} />
      <Results found={found} onLower={() => change({ minScore: 40 })} />
    </>
  );
}

function summaryOf(matches: Match[]): string {
  if (matches.length === 0) return t('lookup.none');
  return t('lookup.summary', {
    matches: t('lookup.matches', { count: matches.length }),
    score: matches[0]?.score ?? 0,
  });
}

function Results({ found, onLower }: { found: Found; onLower: () => void }) {
  const list = useStore(memoryList);
  if (found.state === 'error') return <ErrorNote error={found.error} />;
  if (found.state === 'empty') {
    const empty = list !== 'loading' && 'memories' in list && memoriesOf(list).length === 0;
    return <EmptyState kind={empty ? 'no-memories' : 'lookup'} />;
  }
  const { query, matches, milliseconds } = found;
  if (matches.length === 0) {
    return (
      <div class="empty">
        <p>{t('lookup.none')}</p>
        {query.minScore > 40 && (
          <button type="button" class="button" onClick={onLower}>
            {t('lookup.lower', { score: 40 })}
          </button>
        )}
      </div>
    );
  }
  return (
    <section aria-label={t('lookup.results')}>
      <h2 class="hidden">{t('lookup.results')}</h2>
      <p class="summary">
        <strong>{t('lookup.matches', { count: matches.length })}</strong>
        <span>{t('lookup.took', { time: formatNumber(milliseconds, milliseconds < 10 ? 1 : 0) })}</span>
      </p>
      <ResultList label={t('lookup.results')}>
        {matches.map((match, i) => (
          <MatchCard key={match.unit.name} match={match} query={query} first={i === 0} />
        ))}
      </ResultList>
    </section>
  );
}
