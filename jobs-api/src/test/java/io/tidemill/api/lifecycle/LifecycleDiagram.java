package io.tidemill.api.lifecycle;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads the Mermaid state diagram of a document, for the test that compares it with the code. */
final class LifecycleDiagram {
    private static final Pattern DIAGRAM =
            Pattern.compile("```mermaid\nstateDiagram-v2\n(.*?)```", Pattern.DOTALL);
    private static final Pattern FRAME =
            Pattern.compile("state (\\w+) \\{\n(.*?)\\}", Pattern.DOTALL);
    private static final Pattern ARROW = Pattern.compile("(\\w+) --> (\\w+) : ([^\n]+)");

    private LifecycleDiagram() {}

    /**
     * Each move as {@code from --> to : signal}. An arrow that begins at a frame counts for every
     * state inside, an arrow with several signals for each of them.
     */
    static Set<String> movesIn(String document) {
        Matcher diagram = DIAGRAM.matcher(document);
        if (!diagram.find()) {
            throw new IllegalArgumentException("there is no state diagram");
        }
        Map<String, Set<String>> frames = framesIn(diagram.group(1));
        Set<String> moves = new TreeSet<>();
        Matcher arrow = ARROW.matcher(diagram.group(1));
        while (arrow.find()) {
            for (String from : frames.getOrDefault(arrow.group(1), Set.of(arrow.group(1)))) {
                for (String signal : List.of(arrow.group(3).strip().split(", "))) {
                    moves.add(from + " --> " + arrow.group(2) + " : " + signal);
                }
            }
        }
        return moves;
    }

    private static Map<String, Set<String>> framesIn(String diagram) {
        Map<String, Set<String>> frames = new TreeMap<>();
        Matcher frame = FRAME.matcher(diagram);
        while (frame.find()) {
            Set<String> inside = new TreeSet<>();
            ARROW.matcher(frame.group(2))
                    .results()
                    .flatMap(arrow -> Stream.of(arrow.group(1), arrow.group(2)))
                    .forEach(inside::add);
            frames.put(frame.group(1), inside);
        }
        return frames;
    }
}
