// A score as a number in a ring that is as full as the score is high.
import { t } from '../i18n';
import type { Match } from '../types';

const RADIUS = 19;
const LENGTH = 2 * Math.PI * RADIUS;

// Which of four looks; the number and the kind say the same in words.
export function gradeOf(score: number): string {
  if (score === 100) return 'exact';
  if (score >= 95) return 'near';
  return score >= 85 ? 'good' : 'fair';
}

export function Score({ match }: { match: Match }) {
  const score = match.score ?? 0;
  return (
    <div class={`score score-${gradeOf(score)}`}>
      <svg viewBox="0 0 44 44" aria-hidden="true" focusable="false">
        <circle cx="22" cy="22" r={RADIUS} class="score-track" />
        <circle
          cx="22"
          cy="22"
          r={RADIUS}
          class="score-arc"
          stroke-dasharray={`${(score / 100) * LENGTH} ${LENGTH}`}
          transform="rotate(-90 22 22)"
        />
      </svg>
      <span class="score-number">
        <span class="hidden">{t('score')} </span>
        {score}
      </span>
    </div>
  );
}
