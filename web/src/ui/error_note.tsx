// What went wrong, in the person's language where we know the reason, with the
// server's own words, which name the values.
import { ApiError } from '../api';
import { t, tOr } from '../i18n';

export function ErrorNote({ error }: { error: unknown }) {
  const known = error instanceof ApiError ? error : new ApiError(0, 'PAGE', String(error));
  const title = tOr(`error.${known.reason}`, t('error'));
  return (
    <div class="note note-error" role="alert">
      <strong>{title}</strong>
      {known.reason !== 'NETWORK' && <p lang="en">{known.message}</p>}
      {known.violations.length > 0 && (
        <ul lang="en">
          {known.violations.map(({ field, description }) => (
            <li key={field}>
              <code>{field}</code> {description}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
