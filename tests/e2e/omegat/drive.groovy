// Works in OmegaT's window as a translator does, and reports what is to be seen.
// The environment names the segments to visit (DRIVE_SEGMENTS), the JSON file of
// the report (DRIVE_REPORT) and, if wanted, a script to run before (DRIVE_SCRIPT) and
// the file of a picture (DRIVE_PICTURE).
import groovy.json.JsonOutput
import java.awt.Container
import java.awt.Frame
import java.awt.Robot
import java.awt.Toolkit
import java.awt.event.KeyEvent
import javax.imageio.ImageIO
import javax.swing.SwingUtilities
import org.omegat.core.Core
import org.omegat.gui.scripting.ScriptItem
import org.omegat.gui.scripting.ScriptRunner

def onEventThread(Closure work) {
    def result = null
    SwingUtilities.invokeAndWait { result = work() }
    result
}

void waitFor(String what, Closure holds) {
    for (int i = 0; i < 600; ++i) {
        if (onEventThread(holds)) return
        Thread.sleep(50)
    }
    throw new IllegalStateException("there is no $what")
}

def find(Container where, String name) {
    for (part in where.components) {
        if (part.name == name) return part
        def found = part instanceof Container ? find(part, name) : null
        if (found) return found
    }
    null
}

void press(int... keys) {
    def robot = new Robot()
    robot.autoDelay = 30
    keys.each { robot.keyPress(it) }
    (keys as List).reverse().each { robot.keyRelease(it) }
    robot.waitForIdle()
}

// Runs a script as the window Tools > Scripting does; what it said or threw.
String runScript(String file) {
    try {
        ScriptRunner.executeScript(new ScriptItem(new File(file)), [:])
    } catch (Exception error) {
        error.toString()
    }
}

def report = [segments: []]

void drive(Map report) {
    waitFor('project') { Core.project.projectLoaded && Core.editor.currentEntry }
    def frame = Core.mainWindow.applicationFrame
    def pane = null
    waitFor('pane') { pane = find(frame, 'TERCET_MATCHES') }
    def script = System.getenv('DRIVE_SCRIPT')
    if (script) {
        report.script = runScript(script)
        // Null where no segment is open to be edited.
        report.editing = onEventThread { Core.editor.currentTranslation }
    }
    System.getenv('DRIVE_SEGMENTS').split(',').each { number ->
        onEventThread { Core.editor.gotoEntry(number as int) }
        waitFor('answer') {
            Core.editor.currentEntry.entryNum() == (number as int) && pane.text != '…'
        }
        def seen = [source: onEventThread { Core.editor.currentEntry.srcText },
                    pane: onEventThread { pane.text }]
        onEventThread { Core.editor.requestFocus() }
        press(KeyEvent.VK_ALT, KeyEvent.VK_SHIFT, KeyEvent.VK_R)
        seen.translation = onEventThread { Core.editor.currentTranslation }
        report.segments << seen
    }
    def picture = System.getenv('DRIVE_PICTURE')
    if (picture) {
        Thread.sleep(1000)
        ImageIO.write(new Robot().createScreenCapture(frame.bounds), 'png',
                      new File(picture))
    }
}

Thread.start {
    try {
        drive(report)
    } catch (Throwable error) {
        report.error = error.toString()
    }
    new File(System.getenv('DRIVE_REPORT')).setText(JsonOutput.toJson(report), 'UTF-8')
    Runtime.runtime.halt(report.error ? 1 : 0)
}
