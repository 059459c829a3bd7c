package tercet.omegat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A match, as the pane shows it: made of runs of text, each in one style. */
final class Match {
  /** What a run of text is. */
  enum Style {
    HEAD,
    SAME,
    STORED_ONLY,
    QUERY_ONLY,
    TARGET,
    REPLACED_TARGET,
    REMARK
  }

  /** Some text in one style. */
  static final class Run {
    final String text;
    final Style style;

    Run(String text, Style style) {
      this.text = text;
      this.style = style;
    }
  }

  final int score;

  /** What goes into the editor, with the segment's own tags. */
  final String translation;

  private final Map<String, Object> fields;
  private final Segment query;
  private final Segment stored;
  private final boolean numbersReplaced;

  /** The match of this segment, as the server sent it. */
  Match(Segment query, Map<String, Object> fields) {
    this.query = query;
    this.fields = fields;
    score = Json.integer(fields.get("score"));
    stored = Segment.ofVariant(Json.map(fields.get("source")));
    Map<String, Object> adapted = firstAdapted();
    numbersReplaced = adapted != null;
    Segment target = Segment.ofVariant(numbersReplaced ? adapted : firstTarget());
    translation = query.withTags(target, stored);
  }

  List<Run> runs() {
    List<Run> runs = new ArrayList<>();
    runs.add(new Run(headline() + "\n", Style.HEAD));
    runs.addAll(difference());
    runs.add(new Run("\n", Style.SAME));
    runs.add(new Run(translation, numbersReplaced ? Style.REPLACED_TARGET : Style.TARGET));
    runs.add(new Run("\n" + remark() + "\n", Style.REMARK));
    return runs;
  }

  /** How the stored text becomes the segment's: both are there, what is common once. */
  private List<Run> difference() {
    List<Run> runs = new ArrayList<>();
    int done = 0;
    int queryDone = 0;
    for (Map<String, Object> edit : Json.maps(fields.get("edits"))) {
      int begin = Json.integer(edit.get("storedBegin"));
      int end = Json.integer(edit.get("storedEnd"));
      int queryBegin = Json.integer(edit.get("queryBegin"));
      addSame(runs, slice(stored, done, begin), queryDone);
      done = Math.max(done, end);
      queryDone = Json.integer(edit.get("queryEnd"));
      if ("TAG".equals(edit.get("what"))) {
        boolean inQuery = "INSERT".equals(edit.get("op"));
        add(runs, inQuery ? tagAt(query, queryBegin) : tagAt(stored, begin),
            inQuery ? Style.QUERY_ONLY : Style.STORED_ONLY);
      } else {
        add(runs, slice(stored, begin, end), Style.STORED_ONLY);
        boolean apart = isSpace(query, queryBegin - 1) && !endsInSpace(runs);
        String piece = slice(query, queryBegin, queryDone);
        add(runs, apart && !piece.isEmpty() ? " " : "", Style.SAME);
        add(runs, piece, Style.QUERY_ONLY);
      }
    }
    addSame(runs, slice(stored, done, Integer.MAX_VALUE), queryDone);
    return runs;
  }

  /** Common text; behind what only the query has, with the query's space before it. */
  private void addSame(List<Run> runs, String text, int queryDone) {
    boolean behindQuery =
        !runs.isEmpty() && runs.get(runs.size() - 1).style == Style.QUERY_ONLY;
    boolean apart = behindQuery && isSpace(query, queryDone) && !text.startsWith(" ");
    add(runs, apart && !text.isEmpty() ? " " + text : text, Style.SAME);
  }

  private String headline() {
    StringBuilder out = new StringBuilder().append(score).append(" %");
    switch (Json.string(fields.get("kind"))) {
      case "EXACT_IN_CONTEXT":
        out.append("  exact, in context");
        break;
      case "EXACT":
        out.append("  exact");
        break;
      case "NEAR_EXACT":
        out.append(numbersReplaced ? "  numbers replaced" : "  same words");
        break;
      default:
        break;
    }
    for (Map<String, Object> penalty : Json.maps(fields.get("penalties"))) {
      out.append("  (").append(Json.string(penalty.get("reason"))).append(" \u2212")
          .append(Json.integer(penalty.get("points"))).append(')');
    }
    return out.toString();
  }

  /** Where it is from. */
  private String remark() {
    Map<String, Object> unit = Json.map(fields.get("unit"));
    String[] name = Json.string(unit.get("name")).split("/");
    String memory = name.length > 1 ? name[1] : "";
    String document = Json.string(Json.map(unit.get("origin")).get("document"));
    String person = Json.string(Json.map(unit.get("attribution")).get("changer"));
    if (person.isEmpty()) {
      person = Json.string(Json.map(unit.get("attribution")).get("creator"));
    }
    StringBuilder out = new StringBuilder(memory);
    for (String part : new String[] {document, person}) {
      out.append(part.isEmpty() ? "" : " \u00b7 ").append(part);
    }
    return out.toString();
  }

  private Map<String, Object> firstTarget() {
    List<Map<String, Object>> targets = Json.maps(fields.get("targets"));
    return targets.isEmpty() ? Json.map(null) : targets.get(0);
  }

  private Map<String, Object> firstAdapted() {
    for (Map<String, Object> adapted : Json.maps(fields.get("adaptedTargets"))) {
      if (Json.integer(adapted.get("target")) == 0) {
        return adapted;
      }
    }
    return null;
  }

  private static void add(List<Run> runs, String text, Style style) {
    if (!text.isEmpty()) {
      runs.add(new Run(text, style));
    }
  }

  private static String slice(Segment segment, int begin, int end) {
    int from = Segment.indexOf(segment.text, begin);
    return segment.text.substring(from, Math.max(from, Segment.indexOf(segment.text, end)));
  }

  private static boolean isSpace(Segment segment, int codePoint) {
    String one = codePoint < 0 ? "" : slice(segment, codePoint, codePoint + 1);
    return !one.isEmpty() && one.trim().isEmpty();
  }

  private static boolean endsInSpace(List<Run> runs) {
    return runs.isEmpty() || runs.get(runs.size() - 1).text.endsWith(" ");
  }

  private static String tagAt(Segment segment, int offset) {
    StringBuilder out = new StringBuilder();
    for (Segment.Code code : segment.codes) {
      if (code.offset == offset) {
        out.append(code.content);
      }
    }
    return out.toString();
  }
}
