package tercet.omegat;

import java.awt.GridLayout;
import java.awt.event.InputEvent;
import java.awt.event.KeyEvent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.swing.JLabel;
import javax.swing.JMenu;
import javax.swing.JMenuItem;
import javax.swing.JOptionPane;
import javax.swing.JPanel;
import javax.swing.JSpinner;
import javax.swing.JTextField;
import javax.swing.KeyStroke;
import javax.swing.SpinnerNumberModel;
import javax.swing.SwingUtilities;
import org.omegat.core.Core;
import org.omegat.core.CoreEvents;
import org.omegat.core.data.ProjectProperties;
import org.omegat.core.data.ProtectedPart;
import org.omegat.core.data.SourceTextEntry;
import org.omegat.core.events.IApplicationEventListener;
import org.omegat.core.events.IEntryEventListener;
import org.omegat.core.events.IProjectEventListener;
import org.omegat.gui.main.DockableScrollPane;

/** A pane in OmegaT's window with the matches that a Tercet server has. */
public final class TercetPlugin
    implements IApplicationEventListener, IEntryEventListener, IProjectEventListener {
  /** Asks the server, a question at a time, while the event thread goes on. */
  private final ExecutorService asking =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread thread = new Thread(work, "tercet");
            thread.setDaemon(true);
            return thread;
          });

  private volatile SourceTextEntry current;
  private Settings settings;
  private MatchesPane pane;

  /** OmegaT calls this as it starts; without a window there is nothing to show. */
  public static void loadPlugins() {
    CoreEvents.registerApplicationEventListener(new TercetPlugin());
  }

  /** OmegaT calls this as it ends. */
  public static void unloadPlugins() {}

  @Override
  public void onApplicationStartup() {
    settings = Settings.load();
    pane = new MatchesPane();
    DockableScrollPane dockable = new DockableScrollPane("TERCET", "Tercet", pane, true);
    Core.getMainWindow().addDockable(dockable);
    // After OmegaT has laid out its panes.
    SwingUtilities.invokeLater(() -> PaneDock.open(dockable));
    Core.getMainWindow().getMainMenu().getToolsMenu().add(makeMenu(dockable));
    CoreEvents.registerEntryEventListener(this);
    CoreEvents.registerProjectChangeListener(this);
    CoreEvents.registerFontChangedEventListener(pane::setFont);
  }

  @Override
  public void onApplicationShutdown() {
    asking.shutdownNow();
  }

  @Override
  public void onNewFile(String activeFileName) {}

  @Override
  public void onEntryActivated(SourceTextEntry entry) {
    current = entry;
    pane.say("\u2026");
    ask(entry);
  }

  @Override
  public void onProjectChanged(PROJECT_CHANGE_TYPE event) {
    if (event == PROJECT_CHANGE_TYPE.CLOSE) {
      current = null;
      pane.say("");
    }
  }

  private void ask(SourceTextEntry entry) {
    Lookup lookup = lookupOf(entry);
    Settings how = settings;
    asking.execute(
        () -> {
          if (entry != current) {
            return; // The translator has gone on.
          }
          try {
            List<Match> matches = lookup.ask(how);
            show(entry, () -> present(matches, how));
          } catch (IOException | RuntimeException error) {
            show(entry, () -> pane.say(how.url + ": " + error.getMessage()));
          }
        });
  }

  private void show(SourceTextEntry entry, Runnable showing) {
    SwingUtilities.invokeLater(
        () -> {
          if (entry == current) {
            showing.run();
          }
        });
  }

  private void present(List<Match> matches, Settings how) {
    if (matches.isEmpty()) {
      pane.say("No match from " + how.minScore + " % up.");
    } else {
      pane.show(matches);
    }
  }

  private static Lookup lookupOf(SourceTextEntry entry) {
    ProjectProperties project = Core.getProject().getProjectProperties();
    return new Lookup(
        segmentOf(entry),
        neighbour(entry, -1),
        neighbour(entry, 1),
        project.getSourceLanguage().getLanguage(),
        project.getTargetLanguage().getLanguage());
  }

  /** The text that many entries further on in the same file; empty where there is none. */
  private static String neighbour(SourceTextEntry entry, int step) {
    List<SourceTextEntry> all = Core.getProject().getAllEntries();
    int place = entry.entryNum() - 1 + step; // They are counted from 1.
    if (place < 0 || place >= all.size()) {
      return "";
    }
    SourceTextEntry other = all.get(place);
    boolean sameFile = other.getKey().file.equals(entry.getKey().file);
    return sameFile ? segmentOf(other).text : "";
  }

  private static Segment segmentOf(SourceTextEntry entry) {
    List<String> tags = new ArrayList<>();
    for (ProtectedPart part : entry.getProtectedParts()) {
      tags.add(part.getTextInSourceSegment());
    }
    return Segment.ofOmegaT(entry.getSrcText(), tags);
  }

  // Alt+Shift: OmegaT itself has the rest, and Ctrl+Alt writes letters on some keyboards.
  private JMenu makeMenu(DockableScrollPane dockable) {
    JMenu menu = new JMenu("Tercet");
    add(menu, "Replace translation with match", KeyEvent.VK_R, pane::replaceTranslation);
    add(menu, "Insert match", KeyEvent.VK_I, pane::insertTranslation);
    add(menu, "Next match", KeyEvent.VK_DOWN, () -> pane.chooseNext(1));
    add(menu, "Previous match", KeyEvent.VK_UP, () -> pane.chooseNext(-1));
    menu.addSeparator();
    menu.add(new JMenuItem("Show pane")).addActionListener(event -> PaneDock.open(dockable));
    menu.add(new JMenuItem("Settings...")).addActionListener(event -> editSettings());
    return menu;
  }

  private static void add(JMenu menu, String title, int key, Runnable action) {
    JMenuItem item = menu.add(new JMenuItem(title));
    item.setAccelerator(
        KeyStroke.getKeyStroke(key, InputEvent.ALT_DOWN_MASK | InputEvent.SHIFT_DOWN_MASK));
    item.addActionListener(event -> action.run());
  }

  private void editSettings() {
    JTextField url = new JTextField(settings.url, 30);
    JTextField memory = new JTextField(settings.memory, 30);
    JSpinner minScore = new JSpinner(new SpinnerNumberModel(settings.minScore, 1, 100, 1));
    JSpinner maxMatches = new JSpinner(new SpinnerNumberModel(settings.maxMatches, 1, 100, 1));
    JPanel form = new JPanel(new GridLayout(0, 2, 8, 4));
    form.add(new JLabel("Server"));
    form.add(url);
    form.add(new JLabel("Memory (- for all)"));
    form.add(memory);
    form.add(new JLabel("Lowest score"));
    form.add(minScore);
    form.add(new JLabel("Most matches"));
    form.add(maxMatches);
    int answer =
        JOptionPane.showConfirmDialog(
            Core.getMainWindow().getApplicationFrame(),
            form,
            "Tercet",
            JOptionPane.OK_CANCEL_OPTION,
            JOptionPane.PLAIN_MESSAGE);
    if (answer != JOptionPane.OK_OPTION) {
      return;
    }
    settings =
        new Settings(
            url.getText(),
            memory.getText(),
            (Integer) minScore.getValue(),
            (Integer) maxMatches.getValue());
    settings.save();
    if (current != null) {
      ask(current);
    }
  }
}
