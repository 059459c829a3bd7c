// How a score comes about (docs/scoring.md), as a sum that can be checked.
import { formatList, formatNumber, t, tOr } from '../i18n';
import { CodePoints } from '../text/code_points';
import type { Edit, EditWhat, Match, PlaceableDifference } from '../types';

const BEST_FUZZY = 94;

export function Explanation({ match, query }: { match: Match; query: string }) {
  const { edits = [], penalties = [], placeables = [] } = match;
  return (
    <div class="explanation">
      {edits.length > 0 && <Edits match={match} query={query} />}
      {placeables.length > 0 && <Placeables match={match} query={query} />}
      <h3>{t('why.sum')}</h3>
      <dl class="sum">
        <dt>{textSum(match)}</dt>
        <dd>{formatNumber(match.textScore ?? 0)}</dd>
        {penalties.map(({ reason, points = 0 }) => (
          <Penalty key={reason} reason={reason} points={points} />
        ))}
        <dt class="total">{t('score')}</dt>
        <dd class="total">{formatNumber(match.score ?? 0)}</dd>
      </dl>
    </div>
  );
}

function Penalty({ reason, points }: { reason: string; points: number }) {
  return (
    <>
      <dt>{tOr(`penalty.${reason}`, reason)}</dt>
      <dd>−{formatNumber(points)}</dd>
    </>
  );
}

// The rule that gave the text score, with the match's numbers.
function textSum(match: Match): string {
  const { edits = [], editCost = 0, length = 1 } = match;
  if (match.kind === 'NEAR_EXACT') {
    const sorts = [...new Set(edits.map((edit) => edit.what))].map(sortName);
    return t('why.near', { count: sorts.length, sorts: formatList(sorts) });
  }
  if (match.kind !== 'FUZZY') return t('why.exact');
  const cost = editCost / 100;
  const formula = `100 × (1 − ${formatNumber(cost, 2)} ÷ ${formatNumber(length)})`;
  const capped = 100 * (1 - cost / Math.max(1, length)) >= BEST_FUZZY + 0.5;
  return capped
    ? t('why.fuzzy.capped', { formula, most: BEST_FUZZY })
    : t('why.fuzzy', { formula });
}

const sortName = (what: EditWhat) => tOr(`what.${what}`, what);

function Edits({ match, query }: { match: Match; query: string }) {
  const stored = new CodePoints(match.source.text);
  const asked = new CodePoints(query);
  const { edits = [], editCost = 0 } = match;
  return (
    <table>
      <caption>{t('why.edits')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('why.difference')}</th>
          <th scope="col">{t('match.stored')}</th>
          <th scope="col">{t('match.yours')}</th>
          <th scope="col" class="number">
            {t('why.cost')}
          </th>
        </tr>
      </thead>
      <tbody>
        {edits.map((edit, i) => (
          <tr key={i}>
            <th scope="row">{sortName(edit.what)}</th>
            <td lang={match.source.languageCode}>
              {cell(edit, 'INSERT', stored.slice(edit.storedBegin ?? 0, edit.storedEnd ?? 0))}
            </td>
            <td lang={match.source.languageCode}>
              {cell(edit, 'DELETE', asked.slice(edit.queryBegin ?? 0, edit.queryEnd ?? 0))}
            </td>
            <td class="number">{formatNumber((edit.cost ?? 0) / 100, 2)}</td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row" colSpan={3}>
            {t('why.cost.sum', { count: match.length ?? 0 })}
          </th>
          <td class="number">{formatNumber(editCost / 100, 2)}</td>
        </tr>
      </tfoot>
    </table>
  );
}

// One side of an edit; `absent` is the operation that this side has nothing of.
function cell(edit: Edit, absent: 'INSERT' | 'DELETE', text: string) {
  if (edit.what === 'TAG') return edit.op === absent ? '—' : '◆';
  if (edit.op === absent || text === '') return '—';
  return <q class="quoted">{text.replaceAll(' ', edit.what === 'SPACING' ? '␣' : ' ')}</q>;
}

function Placeables({ match, query }: { match: Match; query: string }) {
  const stored = new CodePoints(match.source.text);
  const asked = new CodePoints(query);
  const side = (value: string | undefined, text: string) =>
    value ? (
      <>
        <q class="quoted">{text}</q> <code>{value}</code>
      </>
    ) : (
      '—'
    );
  const row = (item: PlaceableDifference, i: number) => (
    <tr key={i}>
      <th scope="row">{tOr(`placeable.${item.kind}`, item.kind)}</th>
      <td>{side(item.storedValue, stored.slice(item.storedBegin ?? 0, item.storedEnd ?? 0))}</td>
      <td>{side(item.queryValue, asked.slice(item.queryBegin ?? 0, item.queryEnd ?? 0))}</td>
      <td>{item.carriesOver ? t('why.carries') : t('why.carries.not')}</td>
    </tr>
  );
  return (
    <table>
      <caption>{t('why.values')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('why.value')}</th>
          <th scope="col">{t('match.stored')}</th>
          <th scope="col">{t('match.yours')}</th>
          <th scope="col">{t('why.transfer')}</th>
        </tr>
      </thead>
      <tbody>{(match.placeables ?? []).map(row)}</tbody>
    </table>
  );
}
