package tercet.omegat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One question to the server: a segment between its neighbours. */
final class Lookup {
  private static final int CONNECT_TIMEOUT_MS = 3_000;
  private static final int READ_TIMEOUT_MS = 10_000;

  final Segment segment;
  private final Map<String, Object> request = new LinkedHashMap<>();

  /** The neighbours are empty at the ends of a document. */
  Lookup(Segment segment, String previous, String next, String source, String target) {
    this.segment = segment;
    Map<String, Object> query = new LinkedHashMap<>();
    query.put("languageCode", source);
    query.put("text", segment.text);
    query.put("codes", segment.codesForServer());
    query.put("previous", previous);
    query.put("next", next);
    request.put("query", query);
    request.put("targetLanguageCodes", Collections.singletonList(target));
  }

  /** Asks, and waits for the answer. The message of an IOException is for people. */
  List<Match> ask(Settings settings) throws IOException {
    List<Match> matches = new ArrayList<>();
    if (segment.text.trim().isEmpty()) {
      return matches;
    }
    request.put("minScore", settings.minScore);
    request.put("maxMatches", settings.maxMatches);
    String url = settings.url + "/v1/memories/" + settings.memory + ":lookupSegment";
    for (Map<String, Object> match : Json.maps(post(url).get("matches"))) {
      matches.add(new Match(segment, match));
    }
    return matches;
  }

  private Map<String, Object> post(String url) throws IOException {
    HttpURLConnection link = (HttpURLConnection) new URL(url).openConnection();
    link.setConnectTimeout(CONNECT_TIMEOUT_MS);
    link.setReadTimeout(READ_TIMEOUT_MS);
    link.setDoOutput(true);
    link.setRequestProperty("Content-Type", "application/json");
    link.getOutputStream().write(Json.write(request).getBytes(StandardCharsets.UTF_8));
    boolean done = link.getResponseCode() == HttpURLConnection.HTTP_OK;
    Map<String, Object> answer;
    try (InputStream in = done ? link.getInputStream() : link.getErrorStream()) {
      answer = Json.map(Json.parse(in == null ? "{}" : readAll(in)));
    } catch (IllegalArgumentException error) {
      throw new IOException("this is no Tercet server", error);
    }
    if (!done) {
      String message = Json.string(answer.get("message"));
      throw new IOException(
          message.isEmpty() ? "HTTP status " + link.getResponseCode() : message);
    }
    return answer;
  }

  private static String readAll(InputStream in) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] buffer = new byte[8192];
    for (int size = in.read(buffer); size >= 0; size = in.read(buffer)) {
      out.write(buffer, 0, size);
    }
    return new String(out.toByteArray(), StandardCharsets.UTF_8);
  }
}
