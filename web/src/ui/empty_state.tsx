// What a view says before anything was asked.
import { t } from '../i18n';
import { addressOf } from '../router';
import { Icon } from './icons';

export function EmptyState({ kind }: { kind: 'no-memories' | 'lookup' | 'search' }) {
  if (kind === 'no-memories') {
    return (
      <div class="empty">
        <p class="empty-title">{t('empty.memories')}</p>
        <p>{t('empty.memories.do')}</p>
        <a class="button button-main" href={addressOf('memories')}>
          <Icon name="upload" />
          {t('import.title')}
        </a>
      </div>
    );
  }
  return (
    <div class="empty">
      <p class="empty-title">{t(`empty.${kind}`)}</p>
      <p>{t(`empty.${kind}.do`)}</p>
    </div>
  );
}
