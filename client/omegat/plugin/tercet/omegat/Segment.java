package tercet.omegat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text with its inline codes beside it, as Tercet keeps them. OmegaT has them in the text, as
 * tags: {@code <b0>}.
 */
final class Segment {
  /** An inline code, and how many characters (code points) of the text are before it. */
  static final class Code {
    final String kind;
    final String content;
    final int offset;
    final Object attributes;

    Code(String kind, String content, int offset, Object attributes) {
      this.kind = kind;
      this.content = content;
      this.offset = offset;
      this.attributes = attributes;
    }

    /** Whether it is the same tag, in another text of the unit. */
    boolean isTwinOf(Code other) {
      return kind.equals(other.kind)
          && content.equals(other.content)
          && String.valueOf(attributes).equals(String.valueOf(other.attributes));
    }
  }

  final String text;
  final List<Code> codes;

  Segment(String text, List<Code> codes) {
    this.text = text;
    this.codes = codes;
  }

  /** An OmegaT text, in which the tags stand. */
  static Segment ofOmegaT(String source, List<String> tags) {
    // The longest first: one tag may begin as another one does.
    TreeSet<String> longestFirst =
        new TreeSet<>(
            Comparator.comparing((String tag) -> -tag.length())
                .thenComparing(Comparator.naturalOrder()));
    for (String tag : tags) {
      if (tag != null && !tag.isEmpty()) {
        longestFirst.add(tag);
      }
    }
    if (longestFirst.isEmpty()) {
      return new Segment(source, new ArrayList<>());
    }
    StringBuilder anyTag = new StringBuilder();
    for (String tag : longestFirst) {
      anyTag.append(anyTag.length() == 0 ? "" : "|").append(Pattern.quote(tag));
    }
    StringBuilder text = new StringBuilder();
    List<Code> codes = new ArrayList<>();
    Matcher tag = Pattern.compile(anyTag.toString()).matcher(source);
    int done = 0;
    while (tag.find()) {
      text.append(source, done, tag.start());
      int offset = text.codePointCount(0, text.length());
      codes.add(new Code(kindOf(tag.group()), tag.group(), offset, null));
      done = tag.end();
    }
    text.append(source.substring(done));
    return new Segment(text.toString(), codes);
  }

  /** A variant as the server sends it. */
  static Segment ofVariant(Map<String, Object> variant) {
    List<Code> codes = new ArrayList<>();
    for (Map<String, Object> code : Json.maps(variant.get("codes"))) {
      codes.add(
          new Code(
              Json.string(code.get("kind")),
              Json.string(code.get("content")),
              Json.integer(code.get("offset")),
              code.get("attributes")));
    }
    return new Segment(Json.string(variant.get("text")), codes);
  }

  /** The codes as the server reads them. */
  List<Map<String, Object>> codesForServer() {
    List<Map<String, Object>> all = new ArrayList<>();
    for (Code code : codes) {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("kind", code.kind);
      fields.put("offset", code.offset);
      fields.put("content", code.content);
      all.add(fields);
    }
    return all;
  }

  /**
   * A translation of this segment as OmegaT has it: the tags are this segment's where `stored`,
   * which resembles it, has the translation's. A code that has no counterpart is left out.
   */
  String withTags(Segment translation, Segment stored) {
    List<Integer> free = new ArrayList<>();
    for (int i = 0; i < codes.size() && stored.codes.size() == codes.size(); ++i) {
      free.add(i);
    }
    StringBuilder out = new StringBuilder();
    int done = 0;
    for (Code code : translation.codes) {
      int place = indexOf(translation.text, code.offset);
      out.append(translation.text, done, place);
      done = place;
      out.append(tagFor(code, stored, free));
    }
    return out.append(translation.text.substring(done)).toString();
  }

  private String tagFor(Code code, Segment stored, List<Integer> free) {
    for (Integer twin : free) {
      if (stored.codes.get(twin).isTwinOf(code)) {
        free.remove(twin);
        return codes.get(twin).content;
      }
    }
    for (Code own : codes) {
      if (own.content.equals(code.content)) {
        return own.content;
      }
    }
    return "";
  }

  /** Where the code point of this number begins; the end where there are fewer. */
  static int indexOf(String text, int codePoint) {
    int all = text.codePointCount(0, text.length());
    return text.offsetByCodePoints(0, Math.max(0, Math.min(codePoint, all)));
  }

  private static String kindOf(String tag) {
    if (tag.matches("</[^<>]*>")) {
      return "END_PAIRED";
    }
    return tag.matches("<[^<>]*[^<>/]>") ? "BEGIN_PAIRED" : "PLACEHOLDER";
  }
}
