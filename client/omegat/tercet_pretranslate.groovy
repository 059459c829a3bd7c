/* :name=Tercet: pre-translate :description=Translates what Tercet knows
 *
 * Fills the untranslated segments of an OmegaT project with what a Tercet
 * server finds. Without a window, where it runs as the project is loaded:
 *
 *   omegat PROJECT --mode=console-translate --script=tercet_pretranslate.groovy
 *
 * or from Tools > Scripting. It needs nothing but OmegaT. The
 * environment says how:
 *
 *   TERCET_URL           http://127.0.0.1:7734
 *   TERCET_MEMORY        the one memory to ask; all of them
 *   TERCET_MIN_SCORE     the lowest score to take, 1 to 100; 100
 *   TERCET_FUZZY_PREFIX  stands before what is below 100; "[fuzzy] "
 *
 * A translation gets a note that says where it is from. Where only numbers and
 * dates differ, it has those of the segment, if that is beyond doubt, and no
 * prefix. When the server does not answer, OmegaT ends with 1.
 */
import groovy.json.JsonOutput
import groovy.json.JsonSlurper
import java.util.regex.Pattern
import javax.swing.SwingUtilities
import org.omegat.core.data.PrepareTMXEntry

class Settings {
    String url = read('TERCET_URL', 'http://127.0.0.1:7734').replaceAll('/+$', '')
    String memory = read('TERCET_MEMORY', '-')
    int minScore = read('TERCET_MIN_SCORE', '100') as int
    String prefix = read('TERCET_FUZZY_PREFIX', '[fuzzy] ')

    private static String read(String name, String otherwise) {
        System.getenv(name) ?: otherwise
    }
}

/** A segment's text, with its tags beside it as Tercet keeps them. */
class Segment {
    String text
    List codes = []

    Segment(entry) {
        def tags = entry.protectedParts*.textInSourceSegment.findAll { it }
        def source = entry.srcText
        int done = 0
        text = ''
        if (tags) {
            // The longest first: one tag may begin as another one does.
            def anyTag = tags.unique().sort { -it.size() }.collect { Pattern.quote(it) }
            def found = source =~ anyTag.join('|')
            while (found.find()) {
                text += source.substring(done, found.start())
                codes << [kind: kindOf(found.group()), content: found.group(),
                          offset: text.codePointCount(0, text.size())]
                done = found.end()
            }
        }
        text += source.substring(done)
    }

    static String kindOf(String tag) {
        if (tag ==~ /<\/[^<>]*>/) return 'END_PAIRED'
        tag ==~ /<[^<>]*[^<>\/]>/ ? 'BEGIN_PAIRED' : 'PLACEHOLDER'
    }

    /** The translation, with this segment's tags where it has its own. */
    String withTags(String text, List theirs, List stored) {
        def free = stored.size() == codes.size() ? (0..<stored.size()).toList() : []
        def out = new StringBuilder()
        int done = 0
        for (code in theirs) {
            int place = text.offsetByCodePoints(0, code.offset ?: 0)
            out << text.substring(done, place)
            done = place
            def twin = free.find { alike(stored[it], code) }
            if (twin != null) free.remove((Object) twin)
            out << (twin != null ? codes[twin].content
                                 : codes*.content.find { it == code.content } ?: '')
        }
        out << text.substring(done)
    }

    private static boolean alike(one, other) {
        one.kind == other.kind && one.content == other.content &&
            one.attributes == other.attributes
    }
}

class Tercet {
    Settings settings
    String source
    String target

    /** The best matches, in order; null where there is none. */
    List bestOf(List queries) {
        def requests = queries.collect {
            [query: it + [languageCode: source], targetLanguageCodes: [target],
             minScore: settings.minScore, maxMatches: 1]
        }
        post("memories/$settings.memory:batchLookupSegments",
             [requests: requests]).responses.collect { it.matches?.first() }
    }

    private post(String path, body) {
        def link = new URL("$settings.url/v1/$path").openConnection()
        link.requestMethod = 'POST'
        link.connectTimeout = 10000
        link.readTimeout = 120000
        link.doOutput = true
        link.setRequestProperty('Content-Type', 'application/json')
        try {
            link.connect()
        } catch (IOException error) {
            throw new IOException("no answer from $settings.url: $error.message")
        }
        link.outputStream.withStream { it << JsonOutput.toJson(body).getBytes('UTF-8') }
        if (link.responseCode == 200) {
            return new JsonSlurper().parseText(link.inputStream.getText('UTF-8'))
        }
        def answer = link.errorStream?.getText('UTF-8') ?: ''
        def said = answer.startsWith('{') ? new JsonSlurper().parseText(answer).message
                                          : null
        throw new IOException(said ?: "HTTP status $link.responseCode")
    }
}

/** What to enter for a match. */
PrepareTMXEntry translationBy(match, Segment segment, entry, Settings settings) {
    def variant = match.targets.first()
    def adapted = match.adaptedTargets?.find { (it.target ?: 0) == 0 }
    def made = new PrepareTMXEntry()
    made.source = entry.srcText
    made.translation =
        segment.withTags((adapted ?: variant).text, (adapted ?: variant).codes ?: [],
                         match.source.codes ?: [])
    if (match.score < 100 && !adapted) {
        made.translation = settings.prefix + made.translation
    }
    made.note = "Tercet $match.score: ${match.unit.name}" +
        (adapted ? ', its numbers replaced' : '')
    made
}

// What was done, in a sentence.
String preTranslate(project) {
    def settings = new Settings()
    def properties = project.projectProperties
    def tercet = new Tercet(settings: settings,
                            source: properties.sourceLanguage.language,
                            target: properties.targetLanguage.language)
    def entries = project.allEntries
    def segments = entries.collect { new Segment(it) }
    def wanted = (0..<entries.size()).findAll {
        segments[it].text.trim() &&
            !project.getTranslationInfo(entries[it]).translated
    }
    // A neighbour is a segment of the same file.
    def neighbour = { int from, int to ->
        to in 0..<entries.size() && entries[to].key.file == entries[from].key.file
            ? segments[to].text : ''
    }
    int count = 0
    wanted.collate(200).each { batch ->
        def matches = tercet.bestOf(batch.collect {
            [text: segments[it].text, codes: segments[it].codes,
             previous: neighbour(it, it - 1), next: neighbour(it, it + 1)]
        })
        [batch, matches].transpose().each { place, match ->
            def entry = entries[place]
            // A repetition may have been translated a moment ago.
            if (!match || project.getTranslationInfo(entry).translated) return
            def made = translationBy(match, segments[place], entry, settings)
            project.setTranslation(entry, made, true, null)
            ++count
        }
    }
    "Tercet: $count of ${wanted.size()} untranslated segments translated"
}

void onEventThread(Closure action) {
    if (SwingUtilities.eventDispatchThread) {
        action()
    } else {
        SwingUtilities.invokeAndWait(action)
    }
}

boolean console = binding.hasVariable('eventType')
if (!console) {
    // What is being typed is a translation; the editor shows what it read before.
    onEventThread { editor.commitAndDeactivate() }
    String said = null
    try {
        said = preTranslate(project)
    } finally {
        // Also when the server fails: without it nothing can be typed any more.
        onEventThread { editor.refreshView(false) }
    }
    said
} else if (eventType.toString() == 'LOAD') {
    try {
        println preTranslate(project)
        // saveProject() wants a window.
        project.projectTMX.save(
            project.projectProperties,
            "${project.projectProperties.projectInternal}project_save.tmx".toString(),
            true)
    } catch (Exception error) {
        // OmegaT itself would go on, and write documents without translations.
        System.err.println("Tercet: $error.message")
        System.exit(1)
    }
}
