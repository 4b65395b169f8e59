package io.tidemill.bench.suite;

import io.tidemill.local.process.LaunchException;

/**
 * How much of something a suite measures; a number that can be said on the command line.
 *
 * @param name with its two hyphens
 * @param usual what it is when nobody says
 * @param most what can be said at most; at least is 1
 */
public record Option(String name, int usual, int most) {
    /**
     * Reads the word after the name.
     *
     * @throws LaunchException when it is no such number
     */
    int number(String word) {
        if (!word.matches("[1-9]\\d{0,6}") || Integer.parseInt(word) > most) {
            throw new LaunchException(name + " needs a number from 1 to " + most);
        }
        return Integer.parseInt(word);
    }
}
