// One file of an import: its progress while it runs, then its report.
import { formatBytes, formatNumber, formatPercent, formatSeconds, t } from '../i18n';
import { ErrorNote } from '../ui/error_note';
import { Report } from './report';
import type { Run } from './run';
import { UndoButton } from './undo_button';

export function RunPanel({ run, checkOnly }: { run: Run; checkOnly: boolean }) {
  const { file, phase } = run;
  const running = phase === 'running' || phase === 'waiting';
  return (
    <section class="run" aria-label={file.name}>
      <header class="run-head">
        <h3>{file.name}</h3>
        <span class={`badge badge-${phase}`}>
          {t(checkOnly && phase === 'done' ? 'import.phase.checked' : `import.phase.${phase}`)}
        </span>
      </header>
      {running && <Progress run={run} />}
      {run.error && <ErrorNote error={run.error} />}
      {!running && phase !== 'stopped' && <Report report={run.report} />}
      {phase === 'done' && <p class="quiet">{speedOf(run)}</p>}
      {phase === 'stopped' && <p>{t('import.stopped')}</p>}
      {phase !== 'waiting' && !running && run.name && <UndoButton name={run.name} />}
    </section>
  );
}

function Progress({ run }: { run: Run }) {
  const { file, bytesDone, progress, report } = run;
  const units = Number(progress.unitsRead ?? report.readCount ?? 0);
  const share = file.size > 0 ? Math.min(1, bytesDone / file.size) : 0;
  return (
    <>
      <progress max={1} value={share} aria-label={file.name} />
      <p class="run-line">
        <span>{formatPercent(Math.floor(share * 100))}</span>
        <span>{t('import.bytes', { done: formatBytes(bytesDone), all: formatBytes(file.size) })}</span>
        {units > 0 && <span>{t('server.units', { count: units })}</span>}
        <span>{formatSeconds(run.milliseconds / 1000)}</span>
      </p>
    </>
  );
}

function speedOf({ milliseconds, report }: Run): string {
  const seconds = Math.max(0.001, milliseconds / 1000);
  const count = Number(report.readCount ?? 0);
  return t('import.speed', {
    time: formatSeconds(seconds),
    speed: formatNumber(Math.round(count / seconds)),
  });
}
