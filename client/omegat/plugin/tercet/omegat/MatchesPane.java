package tercet.omegat;

import java.awt.Color;
import java.awt.Point;
import java.awt.event.MouseAdapter;
import java.awt.event.MouseEvent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import javax.swing.JMenuItem;
import javax.swing.JPopupMenu;
import javax.swing.JTextPane;
import javax.swing.text.AttributeSet;
import javax.swing.text.BadLocationException;
import javax.swing.text.SimpleAttributeSet;
import javax.swing.text.StyleConstants;
import javax.swing.text.StyledDocument;
import org.omegat.core.Core;

/** Shows the matches of the segment in the editor; one of them is chosen. Event thread only. */
@SuppressWarnings("serial")
final class MatchesPane extends JTextPane {
  private final Map<Match.Style, AttributeSet> styles;
  private final AttributeSet chosenHead;
  private final List<Integer> begins = new ArrayList<>();
  private List<Match> matches = Collections.emptyList();
  private int chosen = 0;

  MatchesPane() {
    setEditable(false);
    setName("TERCET_MATCHES");
    setFont(Core.getMainWindow().getApplicationFont());
    styles = makeStyles(isDark(getBackground()));
    chosenHead = style(null, getSelectionColor(), true, false, false);
    addMouseListener(
        new MouseAdapter() {
          @Override
          public void mousePressed(MouseEvent event) {
            choose(matchAt(event.getPoint()));
            if (event.isPopupTrigger()) {
              showMenu(event.getPoint());
            }
          }

          @Override
          public void mouseReleased(MouseEvent event) {
            if (event.isPopupTrigger()) {
              showMenu(event.getPoint());
            }
          }

          @Override
          public void mouseClicked(MouseEvent event) {
            if (event.getClickCount() == 2) {
              replaceTranslation();
            }
          }
        });
  }

  void show(List<Match> found) {
    matches = found;
    chosen = 0;
    paintMatches();
    setCaretPosition(0);
  }

  /** Shows a sentence instead of matches. */
  void say(String sentence) {
    matches = Collections.emptyList();
    paintMatches();
    append(sentence, styles.get(Match.Style.REMARK));
    setCaretPosition(0);
  }

  void chooseNext(int step) {
    choose(chosen + step);
  }

  void replaceTranslation() {
    if (!matches.isEmpty()) {
      Core.getEditor().replaceEditText(matches.get(chosen).translation);
      Core.getEditor().requestFocus();
    }
  }

  void insertTranslation() {
    if (!matches.isEmpty()) {
      Core.getEditor().insertText(matches.get(chosen).translation);
      Core.getEditor().requestFocus();
    }
  }

  private void choose(int match) {
    if (match < 0 || match >= matches.size() || match == chosen) {
      return;
    }
    chosen = match;
    paintMatches();
    setCaretPosition(begins.get(match));
  }

  private int matchAt(Point point) {
    // viewToModel2D() is not there in Java 8.
    @SuppressWarnings("deprecation")
    int place = viewToModel(point);
    int match = begins.size() - 1;
    while (match > 0 && begins.get(match) > place) {
      --match;
    }
    return match;
  }

  private void showMenu(Point point) {
    if (matches.isEmpty()) {
      return;
    }
    JPopupMenu menu = new JPopupMenu();
    menu.add(new JMenuItem("Replace translation with match"))
        .addActionListener(event -> replaceTranslation());
    menu.add(new JMenuItem("Insert match")).addActionListener(event -> insertTranslation());
    menu.show(this, point.x, point.y);
  }

  private void paintMatches() {
    setText("");
    begins.clear();
    for (int i = 0; i < matches.size(); ++i) {
      begins.add(getDocument().getLength());
      append(i + 1 + ".  ", i == chosen ? chosenHead : styles.get(Match.Style.HEAD));
      for (Match.Run run : matches.get(i).runs()) {
        boolean mark = i == chosen && run.style == Match.Style.HEAD;
        append(run.text, mark ? chosenHead : styles.get(run.style));
      }
      append("\n", styles.get(Match.Style.SAME));
    }
  }

  private void append(String text, AttributeSet style) {
    StyledDocument document = getStyledDocument();
    try {
      document.insertString(document.getLength(), text, style);
    } catch (BadLocationException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static Map<Match.Style, AttributeSet> makeStyles(boolean dark) {
    Color old = dark ? new Color(0xff8a80) : new Color(0xb00020);
    Color fresh = dark ? new Color(0x81c995) : new Color(0x146c2e);
    Color quiet = dark ? new Color(0xa0a0a0) : new Color(0x606060);
    Map<Match.Style, AttributeSet> styles = new EnumMap<>(Match.Style.class);
    styles.put(Match.Style.HEAD, style(null, null, true, false, false));
    styles.put(Match.Style.SAME, style(null, null, false, false, false));
    styles.put(Match.Style.STORED_ONLY, style(old, null, false, true, false));
    styles.put(Match.Style.QUERY_ONLY, style(fresh, null, false, false, true));
    styles.put(Match.Style.TARGET, style(null, null, true, false, false));
    styles.put(Match.Style.REPLACED_TARGET, style(fresh, null, true, false, false));
    styles.put(Match.Style.REMARK, style(quiet, null, false, false, false));
    return styles;
  }

  private static AttributeSet style(
      Color text, Color background, boolean bold, boolean struck, boolean underlined) {
    SimpleAttributeSet style = new SimpleAttributeSet();
    if (text != null) {
      StyleConstants.setForeground(style, text);
    }
    if (background != null) {
      StyleConstants.setBackground(style, background);
    }
    StyleConstants.setBold(style, bold);
    StyleConstants.setStrikeThrough(style, struck);
    StyleConstants.setUnderline(style, underlined);
    return style;
  }

  private static boolean isDark(Color color) {
    return color.getRed() + color.getGreen() + color.getBlue() < 3 * 128;
  }
}
