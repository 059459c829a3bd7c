// What became of the units of a file.
import { useState } from 'preact/hooks';
import { formatNumber, t, tOr } from '../i18n';
import type { ImportProblem, ImportReport } from '../types';

const COUNTS = [
  ['readCount', 'report.read'],
  ['createdCount', 'report.created'],
  ['updatedCount', 'report.updated'],
  ['variantsAddedCount', 'report.variants'],
  ['duplicateCount', 'report.duplicates'],
  ['skippedCount', 'report.skipped'],
  ['failedCount', 'report.failed'],
  ['warningCount', 'report.warnings'],
] as const;
const ALWAYS = new Set(['readCount', 'createdCount', 'duplicateCount']);
const BAD = new Set(['failedCount', 'skippedCount', 'warningCount']);
const FEW = 10;

export function Report({ report }: { report: ImportReport }) {
  const shown = COUNTS.filter(([name]) => ALWAYS.has(name) || Number(report[name] ?? 0) > 0);
  return (
    <>
      <dl class="tiles">
        {shown.map(([name, title]) => (
          <div key={name} class={BAD.has(name) ? 'tile tile-bad' : 'tile'}>
            <dt>{t(title)}</dt>
            <dd>{formatNumber(Number(report[name] ?? 0))}</dd>
          </div>
        ))}
      </dl>
      {(report.reasonCounts ?? []).length > 0 && <Reasons report={report} />}
      {(report.problems ?? []).length > 0 && <Problems problems={report.problems ?? []} />}
    </>
  );
}

function Reasons({ report }: { report: ImportReport }) {
  return (
    <ul class="reasons">
      {(report.reasonCounts ?? []).map(({ kind, reason, count }) => (
        <li key={kind + reason}>
          <span class="badge">{tOr(`problem.${kind}`, kind)}</span> <code>{reason}</code>{' '}
          <span class="number">{formatNumber(Number(count ?? 0))}</span>
        </li>
      ))}
    </ul>
  );
}

function Problems({ problems }: { problems: ImportProblem[] }) {
  const [all, setAll] = useState(false);
  const shown = all ? problems : problems.slice(0, FEW);
  return (
    <>
      <div class="table-scroll" tabIndex={0} role="region" aria-label={t('report.problems')}>
        <table>
          <thead>
            <tr>
              <th scope="col" class="number">
                {t('report.line')}
              </th>
              <th scope="col">{t('report.what')}</th>
              <th scope="col">{t('report.text')}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((problem, i) => (
              <tr key={i}>
                <td class="number">{problem.line ? formatNumber(Number(problem.line)) : ''}</td>
                <td>
                  <span class="badge">{tOr(`problem.${problem.kind}`, problem.kind ?? '')}</span>{' '}
                  <span lang="en">{problem.message ?? problem.reason}</span>
                </td>
                <td class="excerpt">
                  {problem.file && <code>{problem.file} </code>}
                  {problem.excerpt || problem.unitId}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {!all && problems.length > FEW && (
        <button type="button" class="button button-quiet" onClick={() => setAll(true)}>
          {t('report.all', { count: problems.length })}
        </button>
      )}
    </>
  );
}
