package tercet.omegat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * JSON as maps, lists, strings, doubles, booleans and nulls. OmegaT's versions bring different
 * libraries for it, and a plugin that brings its own can clash with them.
 */
final class Json {
  private static final int MAX_DEPTH = 100;

  private final String text;
  private int place = 0;
  private int depth = 0;

  private Json(String text) {
    this.text = text;
  }

  /** Throws IllegalArgumentException where the text is no JSON. */
  static Object parse(String text) {
    Json json = new Json(text);
    Object value = json.readValue();
    json.skipSpace();
    if (json.place < text.length()) {
      throw json.wrong("the end");
    }
    return value;
  }

  static String write(Object value) {
    StringBuilder out = new StringBuilder();
    append(out, value);
    return out.toString();
  }

  // What an answer holds. Proto3 JSON leaves out what has its default value.

  @SuppressWarnings("unchecked")
  static Map<String, Object> map(Object value) {
    return value instanceof Map ? (Map<String, Object>) value : new LinkedHashMap<>();
  }

  static List<Map<String, Object>> maps(Object value) {
    List<Map<String, Object>> found = new ArrayList<>();
    if (value instanceof List) {
      for (Object element : (List<?>) value) {
        found.add(map(element));
      }
    }
    return found;
  }

  static String string(Object value) {
    return value instanceof String ? (String) value : "";
  }

  static int integer(Object value) {
    return value instanceof Double ? ((Double) value).intValue() : 0;
  }

  private static void append(StringBuilder out, Object value) {
    if (value instanceof Map) {
      String separator = "{";
      for (Map.Entry<?, ?> entry : ((Map<?, ?>) value).entrySet()) {
        out.append(separator);
        appendString(out, (String) entry.getKey());
        out.append(':');
        append(out, entry.getValue());
        separator = ",";
      }
      out.append(separator.equals("{") ? "{}" : "}");
    } else if (value instanceof List) {
      String separator = "[";
      for (Object element : (List<?>) value) {
        out.append(separator);
        append(out, element);
        separator = ",";
      }
      out.append(separator.equals("[") ? "[]" : "]");
    } else if (value instanceof String) {
      appendString(out, (String) value);
    } else {
      out.append(value);
    }
  }

  private static void appendString(StringBuilder out, String text) {
    out.append('"');
    for (int i = 0; i < text.length(); ++i) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < ' ') {
        out.append(String.format("\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    out.append('"');
  }

  private Object readValue() {
    switch (peek()) {
      case '{':
        return readMap();
      case '[':
        return readList();
      case '"':
        return readString();
      case 't':
        return readWord("true", Boolean.TRUE);
      case 'f':
        return readWord("false", Boolean.FALSE);
      case 'n':
        return readWord("null", null);
      default:
        return readNumber();
    }
  }

  private Map<String, Object> readMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    enter();
    while (peek() != '}') {
      if (!map.isEmpty()) {
        expect(',');
      }
      if (peek() != '"') {
        throw wrong("a name");
      }
      String name = readString();
      expect(':');
      map.put(name, readValue());
    }
    leave();
    return map;
  }

  private List<Object> readList() {
    List<Object> list = new ArrayList<>();
    enter();
    while (peek() != ']') {
      if (!list.isEmpty()) {
        expect(',');
      }
      list.add(readValue());
    }
    leave();
    return list;
  }

  private String readString() {
    StringBuilder out = new StringBuilder();
    ++place;
    while (place < text.length()) {
      char c = text.charAt(place++);
      if (c == '"') {
        return out.toString();
      }
      out.append(c == '\\' ? readEscape() : c);
    }
    throw wrong("a quotation mark");
  }

  private char readEscape() {
    char c = place < text.length() ? text.charAt(place++) : ' ';
    switch (c) {
      case 'b':
        return '\b';
      case 'f':
        return '\f';
      case 'n':
        return '\n';
      case 'r':
        return '\r';
      case 't':
        return '\t';
      case 'u':
        if (place + 4 > text.length()) {
          throw wrong("four digits");
        }
        place += 4;
        return (char) Integer.parseInt(text.substring(place - 4, place), 16);
      default:
        return c;
    }
  }

  private Object readWord(String word, Object value) {
    if (!text.startsWith(word, place)) {
      throw wrong(word);
    }
    place += word.length();
    return value;
  }

  private Double readNumber() {
    int begin = place;
    while (place < text.length() && "+-.eE0123456789".indexOf(text.charAt(place)) >= 0) {
      ++place;
    }
    if (begin == place) {
      throw wrong("a value");
    }
    return Double.valueOf(text.substring(begin, place));
  }

  /** The next character that is no space. */
  private char peek() {
    skipSpace();
    if (place == text.length()) {
      throw wrong("more");
    }
    return text.charAt(place);
  }

  private void expect(char c) {
    if (peek() != c) {
      throw wrong("'" + c + "'");
    }
    ++place;
  }

  private void enter() {
    if (++depth > MAX_DEPTH) {
      throw wrong("less depth");
    }
    ++place;
  }

  private void leave() {
    --depth;
    ++place;
  }

  private void skipSpace() {
    while (place < text.length() && text.charAt(place) <= ' ') {
      ++place;
    }
  }

  private IllegalArgumentException wrong(String wanted) {
    return new IllegalArgumentException("no JSON: expected " + wanted + " at " + place);
  }
}
