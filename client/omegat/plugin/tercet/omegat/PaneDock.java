package tercet.omegat;

import com.vlsolutions.swing.docking.Dockable;
import com.vlsolutions.swing.docking.DockableState;
import com.vlsolutions.swing.docking.DockingConstants;
import com.vlsolutions.swing.docking.DockingDesktop;
import java.awt.Component;
import java.awt.Container;
import org.omegat.core.Core;

/** A pane's place in OmegaT's window. Event thread only. */
final class PaneDock {
  private static final double HALF = 0.5;

  private PaneDock() {}

  /**
   * Opens the pane under the fuzzy matches, unless it is open: a layout that OmegaT saved has a
   * place for it, OmegaT's own default layout has none.
   */
  static void open(Dockable pane) {
    DockingDesktop desktop = desktopIn(Core.getMainWindow().getApplicationFrame());
    if (desktop == null || isOpen(desktop, pane)) {
      return;
    }
    Dockable matches = desktop.getContext().getDockableByKey("MATCHES");
    if (matches != null && isDocked(desktop, matches)) {
      desktop.split(matches, pane, DockingConstants.SPLIT_BOTTOM, HALF);
      return;
    }
    Dockable editor = desktop.getContext().getDockableByKey("EDITOR");
    if (editor != null && isDocked(desktop, editor)) {
      desktop.split(editor, pane, DockingConstants.SPLIT_BOTTOM, HALF);
    }
  }

  private static boolean isOpen(DockingDesktop desktop, Dockable pane) {
    DockableState state = desktop.getDockableState(pane);
    return state != null && !state.isClosed();
  }

  private static boolean isDocked(DockingDesktop desktop, Dockable pane) {
    DockableState state = desktop.getDockableState(pane);
    return state != null && state.isDocked();
  }

  private static DockingDesktop desktopIn(Container container) {
    if (container instanceof DockingDesktop) {
      return (DockingDesktop) container;
    }
    for (Component part : container.getComponents()) {
      DockingDesktop found = part instanceof Container ? desktopIn((Container) part) : null;
      if (found != null) {
        return found;
      }
    }
    return null;
  }
}
