package tercet.omegat;

import org.omegat.util.Preferences;

/** What to ask and where; kept among OmegaT's own preferences. */
final class Settings {
  private static final String URL = "tercet_url";
  private static final String MEMORY = "tercet_memory";
  private static final String MIN_SCORE = "tercet_min_score";
  private static final String MAX_MATCHES = "tercet_max_matches";

  final String url;

  /** One memory's id; "-" means all. */
  final String memory;

  final int minScore;
  final int maxMatches;

  Settings(String url, String memory, int minScore, int maxMatches) {
    this.url = url.trim().replaceAll("/+$", "");
    this.memory = memory.trim().isEmpty() ? "-" : memory.trim();
    this.minScore = Math.max(1, Math.min(minScore, 100));
    this.maxMatches = Math.max(1, Math.min(maxMatches, 100));
  }

  /** What was saved; else what the environment says, as for the script. */
  static Settings load() {
    return new Settings(
        read(URL, "TERCET_URL", "http://127.0.0.1:7734"),
        read(MEMORY, "TERCET_MEMORY", "-"),
        readNumber(MIN_SCORE, 60),
        readNumber(MAX_MATCHES, 5));
  }

  void save() {
    Preferences.setPreference(URL, url);
    Preferences.setPreference(MEMORY, memory);
    Preferences.setPreference(MIN_SCORE, minScore);
    Preferences.setPreference(MAX_MATCHES, maxMatches);
    Preferences.save();
  }

  // Preferences.getPreferenceDefault() would save the default.
  private static String read(String preference, String variable, String otherwise) {
    String saved = Preferences.getPreference(preference);
    String set = saved.isEmpty() ? System.getenv(variable) : saved;
    return set == null || set.isEmpty() ? otherwise : set;
  }

  private static int readNumber(String preference, int otherwise) {
    try {
      return Integer.parseInt(Preferences.getPreference(preference));
    } catch (NumberFormatException none) {
      return otherwise;
    }
  }
}
