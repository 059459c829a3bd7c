// The shortcuts, and what the colours mean.
import { t } from '../i18n';
import { change, settings } from '../settings';
import { useStore } from '../store';
import { Dialog } from './dialog';

const SHORTCUTS = [
  [['/'], 'keys.field'],
  [['Enter'], 'keys.results'],
  [['↑', '↓', 'j', 'k'], 'keys.move'],
  [['c', '1', '2', '…'], 'keys.copy'],
  [['x'], 'keys.explain'],
  [['e'], 'keys.edit'],
  [['g l', 'g c', 'g m'], 'keys.views'],
  [['Ctrl+Enter'], 'keys.save'],
  [['Esc'], 'keys.close'],
  [['?'], 'keys.help'],
] as const;

const EDITS = ['insert', 'delete', 'replace'] as const;

export function HelpDialog({ onClose }: { onClose: () => void }) {
  const { letterKeys } = useStore(settings);
  return (
    <Dialog title={t('help')} onClose={onClose}>
      <div class="dialog-body">
        <h3>{t('keys')}</h3>
        <dl class="keys">
          {SHORTCUTS.map(([keys, does]) => (
            <div key={does}>
              <dt>
                {keys.map((key) => (
                  <kbd key={key}>{key}</kbd>
                ))}
              </dt>
              <dd>{t(does)}</dd>
            </div>
          ))}
        </dl>
        <label class="check">
          <input
            type="checkbox"
            checked={letterKeys}
            onChange={(event) => change({ letterKeys: event.currentTarget.checked })}
          />
          {t('keys.letters')}
        </label>
        <h3>{t('legend')}</h3>
        <ul class="legend">
          {EDITS.map((kind) => (
            <li key={kind}>
              <span class={`edit edit-${kind}`}>{t(`legend.${kind}`)}</span>
            </li>
          ))}
        </ul>
        <p class="quiet">{t('help.scores')}</p>
      </div>
    </Dialog>
  );
}
