// All units of a memory, page by page.
import { listUnits } from '../api';
import { t } from '../i18n';
import { Dialog } from '../ui/dialog';
import { ErrorNote } from '../ui/error_note';
import { LanguageTag } from '../ui/language_tag';
import { MarkedText } from '../ui/marked_text';
import { usePages } from '../ui/use_pages';
import { openUnit } from '../unit/open_unit';

export function UnitsDialog({ memory, onClose }: { memory: string; onClose: () => void }) {
  const { items, error, busy, more } = usePages(async (pageToken, signal) => {
    const { units = [], nextPageToken = '' } = await listUnits(memory, pageToken, signal);
    return { items: units, nextPageToken };
  });
  return (
    <Dialog title={t('memory.browse.title', { memory })} wide onClose={onClose}>
      <div class="dialog-body">
        {error !== undefined && <ErrorNote error={error} />}
        <ul class="units">
          {(items ?? []).map((unit) => (
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
        {more && (
          <button type="button" class="button more" disabled={busy} onClick={more}>
            {t('more')}
          </button>
        )}
      </div>
    </Dialog>
  );
}
