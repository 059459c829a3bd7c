// One memory: its size by language, and what can be done with it.
import { useState } from 'preact/hooks';
import { exportAddress } from '../api';
import { formatNumber, languageName, t } from '../i18n';
import { ImportsDialog } from '../imports/imports_dialog';
import { addressOf } from '../router';
import type { LanguageCount, Memory } from '../types';
import { Icon } from '../ui/icons';
import { LanguageTag } from '../ui/language_tag';
import { MemoryDialog } from './memory_dialog';
import { idOf, titleOf } from './memory_list';
import { UnitsDialog } from './units_dialog';

const FORMATS = ['TMX', 'TSV', 'JSONL'] as const;

export function MemoryCard({ memory }: { memory: Memory }) {
  const [open, setOpen] = useState<'settings' | 'units' | 'imports' | null>(null);
  const id = idOf(memory);
  const close = () => setOpen(null);
  return (
    <li class="card memory" data-memory={id}>
      <header class="memory-head">
        <div>
          <h2>{titleOf(memory)}</h2>
          {memory.displayName && <p class="quiet">{id}</p>}
        </div>
        <p class="memory-size">
          <strong>{formatNumber(Number(memory.unitCount ?? 0))}</strong>{' '}
          {t('memory.units', { count: Number(memory.unitCount ?? 0) })}
        </p>
      </header>
      <Languages counts={memory.languageCounts ?? []} />
      {(memory.penalty ?? 0) > 0 && (
        <p class="facts">
          <span class="badge badge-warn">
            {t('match.penalty', { count: memory.penalty ?? 0 })}
          </span>
        </p>
      )}
      <div class="actions">
        <a class="button button-quiet" href={addressOf('lookup', { in: id })}>
          <Icon name="lookup" />
          {t('nav.lookup')}
        </a>
        <button type="button" class="button button-quiet" onClick={() => setOpen('units')}>
          <Icon name="list" />
          {t('memory.browse')}
        </button>
        <button type="button" class="button button-quiet" onClick={() => setOpen('imports')}>
          <Icon name="upload" />
          {t('imports')}
        </button>
        <button type="button" class="button button-quiet" onClick={() => setOpen('settings')}>
          <Icon name="edit" />
          {t('memory.settings')}
        </button>
        <span class="downloads">
          <Icon name="download" />
          {FORMATS.map((format) => (
            <a
              key={format}
              href={exportAddress(id, format)}
              download={`${id}.${format.toLowerCase()}`}
              aria-label={t('memory.export', { format })}
            >
              {format}
            </a>
          ))}
        </span>
      </div>
      {open === 'settings' && <MemoryDialog memory={memory} onClose={close} />}
      {open === 'imports' && <ImportsDialog memory={id} onClose={close} />}
      {open === 'units' && <UnitsDialog memory={id} onClose={close} />}
    </li>
  );
}

// A bar for each language, as long as its share of the longest.
function Languages({ counts }: { counts: LanguageCount[] }) {
  const most = Math.max(1, ...counts.map(({ variantCount }) => Number(variantCount ?? 0)));
  return (
    <ul class="bars">
      {counts.map(({ languageCode, variantCount }) => (
        <li key={languageCode}>
          <LanguageTag code={languageCode} />
          <span class="hidden">{languageName(languageCode)}: </span>
          <span class={`meter language-${languageCode.split('-')[0]}`} aria-hidden="true">
            <span style={{ width: `${(Number(variantCount ?? 0) / most) * 100}%` }} />
          </span>
          <span class="number">{formatNumber(Number(variantCount ?? 0))}</span>
        </li>
      ))}
    </ul>
  );
}
