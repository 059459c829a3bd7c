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

  static Settings load() {
    return new Settings(
        Preferences.getPreferenceDefault(URL, fromEnvironment("TERCET_URL", "http://127.0.0.1:7734")),
        Preferences.getPreferenceDefault(MEMORY, fromEnvironment("TERCET_MEMORY", "-")),
        Preferences.getPreferenceDefault(MIN_SCORE, 60),
        Preferences.getPreferenceDefault(MAX_MATCHES, 5));
  }

  void save() {
    Preferences.setPreference(URL, url);
    Preferences.setPreference(MEMORY, memory);
    Preferences.setPreference(MIN_SCORE, minScore);
    Preferences.setPreference(MAX_MATCHES, maxMatches);
    Preferences.save();
  }

  private static String fromEnvironment(String name, String otherwise) {
    String value = System.getenv(name);
    return value == null || value.isEmpty() ? otherwise : value;
  }
}
