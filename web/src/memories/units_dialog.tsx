// All units of a memory, page by page.
import { useEffect, useState } from 'preact/hooks';
import { listUnits } from '../api';
import { t } from '../i18n';
import type { Unit } from '../types';
import { Dialog } from '../ui/dialog';
import { ErrorNote } from '../ui/error_note';
import { LanguageTag } from '../ui/language_tag';
import { MarkedText } from '../ui/marked_text';
import { openUnit } from '../unit/open_unit';

export function UnitsDialog({ memory, onClose }: { memory: string; onClose: () => void }) {
  const [units, setUnits] = useState<Unit[]>([]);
  const [next, setNext] = useState('');
  const [error, setError] = useState<unknown>(undefined);
  const load = async (pageToken: string) => {
    try {
      const page = await listUnits(memory, pageToken);
      setUnits((before) => [...before, ...(page.units ?? [])]);
      setNext(page.nextPageToken ?? '');
    } catch (problem) {
      setError(problem);
    }
  };
  useEffect(() => void load(''), [memory]);
  return (
    <Dialog title={t('memory.browse.title', { memory })} wide onClose={onClose}>
      <div class="dialog-body">
        {error !== undefined && <ErrorNote error={error} />}
        <ul class="units">
          {units.map((unit) => (
            <li key={unit.name}>
              <button
                type="button"
                class="unit-row"
                onClick={() => {
                  onClose();
                  openUnit(unit.name);
                }}
              >
                {(unit.variants ?? []).map((variant, i) => (
                  <span key={i} class="unit-line">
                    <LanguageTag code={variant.languageCode} />
                    <MarkedText
                      text={variant.text}
                      language={variant.languageCode}
                      codes={variant.codes}
                    />
                  </span>
                ))}
              </button>
            </li>
          ))}
        </ul>
        {next && (
          <button type="button" class="button more" onClick={() => void load(next)}>
            {t('more')}
          </button>
        )}
      </div>
    </Dialog>
  );
}
