import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URL;
import java.net.URLEncoder;

/**
 * Asks as OmegaT 6 does, whose connectors need no more than a setting, and prints the answer as it
 * reads it: with Java's own HTTP client, `|` as it is, and the encoding that `charset=` names.
 *
 * <pre>java AskAsOmegat6.java apertium|custom URL SOURCE TARGET TEXT</pre>
 */
final class AskAsOmegat6 {
  private static final int TIMEOUT_MS = 10_000;

  public static void main(String[] arguments) throws Exception {
    String text = URLEncoder.encode(arguments[4], "UTF-8");
    boolean apertium = arguments[0].equals("apertium");
    String address =
        apertium
            // Preferences > Machine Translation > Apertium > custom server.
            ? String.format(
                "%s/translate?q=%s&markUnknown=%s&langpair=%s|%s&key=%s",
                arguments[1], text, "no", arguments[2], arguments[3], "")
            // A connector with a GET to be named, whose answer is {"translation": ...}.
            : String.format(
                "%s?source=%s&target=%s&text=%s", arguments[1], arguments[2], arguments[3], text);
    HttpURLConnection link = (HttpURLConnection) new URL(address).openConnection();
    link.setConnectTimeout(TIMEOUT_MS);
    link.setReadTimeout(TIMEOUT_MS);
    try (InputStream in = link.getInputStream()) {
      String type = link.getHeaderField("Content-Type");
      String charset = apertium ? "UTF-8" : type.substring(type.indexOf("charset=") + 8);
      System.out.write(new String(in.readAllBytes(), charset).getBytes("UTF-8"));
    }
    System.out.flush();
  }
}
